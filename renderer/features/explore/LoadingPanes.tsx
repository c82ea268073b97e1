import { LoadingTable } from '../../ui/Skeletons.tsx';
import { SplitPanes } from '../../ui/split/SplitPanes.tsx';
import { PANES } from './Browser.tsx';
import classes from './explore.module.css';

/** Stands where the panes will be. */
export function LoadingPanes() {
  return (
    <SplitPanes
      id="explore"
      first={PANES}
      className={classes.panes}
      panes={[8, 12, 5].map((rows) => <LoadingTable key={rows} rows={rows} />)}
    />
  );
}
