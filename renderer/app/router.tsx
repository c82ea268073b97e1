import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
} from '@tanstack/react-router';
import { clusterSearch, clustersSearch, newClusterSearch } from '../features/clusters/search.ts';
import { compareSearch } from '../features/compare/search.ts';
import { exploreSearch } from '../features/explore/search.ts';
import { pointsSearch } from '../features/points/search.ts';
import { restoreSearch } from '../features/restore/search.ts';
import { runSearch, runsSearch } from '../features/runs/search.ts';
import { settingsSearch } from '../features/settings/search.ts';
import { storageSearch, storagesSearch } from '../features/storages/search.ts';
import { taskSearch, tasksSearch, wizardSearch } from '../features/tasks/search.ts';
import { verifySearch } from '../features/verify/search.ts';
import { NotFound } from './NotFound.tsx';
import { ScreenError } from './ScreenError.tsx';
import { ScreenLoading } from './ScreenLoading.tsx';
import { Shell } from './shell/Shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazy(() => import('../features/overview/OverviewScreen.tsx'), 'OverviewScreen'),
});

const clusters = createRoute({
  getParentRoute: () => root,
  path: '/clusters',
  validateSearch: clustersSearch,
  component: lazy(() => import('../features/clusters/ClustersScreen.tsx'), 'ClustersScreen'),
});

const newCluster = createRoute({
  getParentRoute: () => root,
  path: '/clusters/new',
  validateSearch: newClusterSearch,
  component: lazy(() => import('../features/clusters/NewClusterScreen.tsx'), 'NewClusterScreen'),
});

const cluster = createRoute({
  getParentRoute: () => root,
  path: '/clusters/$name',
  validateSearch: clusterSearch,
  component: lazy(() => import('../features/clusters/ClusterScreen.tsx'), 'ClusterScreen'),
});

const editCluster = createRoute({
  getParentRoute: () => root,
  path: '/clusters/$name/edit',
  component: lazy(() => import('../features/clusters/EditClusterScreen.tsx'), 'EditClusterScreen'),
});

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: tasksSearch,
  component: lazy(() => import('../features/tasks/TasksScreen.tsx'), 'TasksScreen'),
});

const newTask = createRoute({
  getParentRoute: () => root,
  path: '/tasks/new',
  validateSearch: wizardSearch,
  component: lazy(() => import('../features/tasks/NewTaskScreen.tsx'), 'NewTaskScreen'),
});

const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$name',
  validateSearch: taskSearch,
  component: lazy(() => import('../features/tasks/TaskScreen.tsx'), 'TaskScreen'),
});

const editTask = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$name/edit',
  validateSearch: wizardSearch,
  component: lazy(() => import('../features/tasks/EditTaskScreen.tsx'), 'EditTaskScreen'),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: runsSearch,
  component: lazy(() => import('../features/runs/RunsScreen.tsx'), 'RunsScreen'),
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id',
  validateSearch: runSearch,
  component: lazy(() => import('../features/runs/RunScreen.tsx'), 'RunScreen'),
});

const points = createRoute({
  getParentRoute: () => root,
  path: '/points',
  validateSearch: pointsSearch,
  component: lazy(() => import('../features/points/PointsScreen.tsx'), 'PointsScreen'),
});

const point = createRoute({
  getParentRoute: () => root,
  path: '/points/$id',
  component: lazy(() => import('../features/points/PointScreen.tsx'), 'PointScreen'),
});

const storages = createRoute({
  getParentRoute: () => root,
  path: '/storages',
  validateSearch: storagesSearch,
  component: lazy(() => import('../features/storages/StoragesScreen.tsx'), 'StoragesScreen'),
});

const newStorage = createRoute({
  getParentRoute: () => root,
  path: '/storages/new',
  component: lazy(() => import('../features/storages/NewStorageScreen.tsx'), 'NewStorageScreen'),
});

const storage = createRoute({
  getParentRoute: () => root,
  path: '/storages/$name',
  validateSearch: storageSearch,
  component: lazy(() => import('../features/storages/StorageScreen.tsx'), 'StorageScreen'),
});

const editStorage = createRoute({
  getParentRoute: () => root,
  path: '/storages/$name/edit',
  component: lazy(() => import('../features/storages/EditStorageScreen.tsx'), 'EditStorageScreen'),
});

const explore = createRoute({
  getParentRoute: () => root,
  path: '/explore',
  validateSearch: exploreSearch,
  component: lazy(() => import('../features/explore/ExploreScreen.tsx'), 'ExploreScreen'),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: compareSearch,
  component: lazy(() => import('../features/compare/CompareScreen.tsx'), 'CompareScreen'),
});

const restore = createRoute({
  getParentRoute: () => root,
  path: '/restore',
  validateSearch: restoreSearch,
  component: lazy(() => import('../features/restore/RestoreScreen.tsx'), 'RestoreScreen'),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: verifySearch,
  component: lazy(() => import('../features/verify/VerifyScreen.tsx'), 'VerifyScreen'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazy(() => import('../features/settings/SettingsScreen.tsx'), 'SettingsScreen'),
});

const routeTree = root.addChildren([
  overview,
  clusters,
  newCluster,
  cluster,
  editCluster,
  tasks,
  newTask,
  task,
  editTask,
  runs,
  run,
  points,
  point,
  storages,
  newStorage,
  storage,
  editStorage,
  explore,
  compare,
  restore,
  verify,
  settings,
]);

/** Every screen by its path; what a screen shows stands in its search parameters, so that it can be linked to. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: ScreenLoading,
  defaultErrorComponent: ScreenError,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
