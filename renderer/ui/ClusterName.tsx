import type { ClusterColour } from '../../shared/model/cluster.ts';
import classes from './cluster-name.module.css';

/** The colour that people know a cluster by; its name always stands beside it. */
export function ColourDot({ colour }: { readonly colour: ClusterColour }) {
  return <span className={classes.dot} data-colour={colour} aria-hidden />;
}

/** A cluster's name with its colour. */
export function ClusterName(props: { readonly name: string; readonly colour?: ClusterColour | undefined }) {
  return (
    <span className={classes.name}>
      {props.colour !== undefined && <ColourDot colour={props.colour} />}
      {props.name}
    </span>
  );
}
