import type { KeyboardEvent, ReactNode } from 'react';

/**
 * A few fields with a button of their own that may stand within a form, such as a wizard's step: HTML has no form in
 * a form. Enter in one of its fields does what its button does, and nothing to the form around it. The button is of
 * type `button`.
 */
export function SubForm(props: {
  readonly className?: string | undefined;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    // While characters are being composed, Enter takes them.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    props.onSubmit();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of its fields.
    <div className={props.className} onKeyDown={onKeyDown}>
      {props.children}
    </div>
  );
}
