import { getRouteApi } from '@tanstack/react-router';
import { useSubject } from '../../ui/target/subject.ts';
import { OpenedScreen } from './OpenedScreen.tsx';
import { StartScreen } from './StartScreen.tsx';

const route = getRouteApi('/explore');

/** Looks into a live cluster, a recovery point or an archive file, whichever the address names; else asks which. */
export function ExploreScreen() {
  const { target } = route.useSearch();
  const subject = useSubject(target);
  return subject === undefined ? <StartScreen /> : <OpenedScreen key={subject.text} subject={subject} />;
}
