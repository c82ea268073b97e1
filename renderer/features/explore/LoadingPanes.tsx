import { LoadingTable } from '../../ui/Skeletons.tsx';
import classes from './explore.module.css';

/** Stands where the panes will be. */
export function LoadingPanes() {
  return (
    <div className={classes.panes}>
      <LoadingTable rows={8} />
      <LoadingTable rows={12} />
      <LoadingTable rows={5} />
    </div>
  );
}
