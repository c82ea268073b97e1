import { Fragment, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { columnsOf, movedBy, paneOf, rememberedShares, rememberShares, type Share } from './shares.ts';
import classes from './split.module.css';

/** How far an arrow key moves a separator. */
const KEY_STEP = 0.02;

export interface SplitPanesProps {
  /** Under which the widths are remembered, in this browser. */
  readonly id: string;
  readonly first: readonly Share[];
  readonly panes: readonly ReactNode[];
  readonly className?: string | undefined;
}

/** Panes side by side, with separators to drag or to move by the arrow keys; a double click sets them back. */
export function SplitPanes({ id, first, panes, className }: SplitPanesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [shares, setShares] = useState(() => rememberedShares(id, first));
  const change = (changed: readonly Share[]) => {
    setShares(changed);
    rememberShares(id, changed);
  };
  return (
    <div
      ref={frame}
      className={`${classes.panes} ${className ?? ''}`}
      style={{ gridTemplateColumns: columnsOf(shares) }}
    >
      {panes.map((pane, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: panes never move.
        <Fragment key={index}>
          {index > 0 && (
            <Separator
              shares={shares}
              index={index - 1}
              frame={() => frame.current?.clientWidth ?? 1}
              onMove={(part) => change(movedBy(shares, index - 1, part))}
              onReset={() => change(first)}
            />
          )}
          <div className={classes.pane}>{pane}</div>
        </Fragment>
      ))}
    </div>
  );
}

function Separator(props: {
  readonly shares: readonly Share[];
  readonly index: number;
  readonly frame: () => number;
  readonly onMove: (part: number) => void;
  readonly onReset: () => void;
}) {
  const { t } = useText();
  const { shares, index, frame, onMove } = props;
  const share = shares[paneOf(shares, index)];
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(event.movementX / frame());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -KEY_STEP : event.key === 'ArrowRight' ? KEY_STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    onMove(step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>.
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('common:splitter')}
      aria-valuenow={Math.round((typeof share === 'number' ? share : 0) * 100)}
      className={classes.separator}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      onDoubleClick={props.onReset}
    />
  );
}
