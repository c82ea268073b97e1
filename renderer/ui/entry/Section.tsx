import type { ReactNode } from 'react';
import classes from './entry.module.css';

/** A part of what is told of an entry. */
export function Section({
  title,
  children,
  aside,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** Stands at the right of the heading. */
  readonly aside?: ReactNode;
}) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.bar}>
        <h3 className={classes.heading}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
