import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef } from 'react';

type AnchorLinkProps = Omit<AnchorProps, 'href'> & React.ComponentPropsWithoutRef<'a'>;

const AnchorBase = forwardRef<HTMLAnchorElement, AnchorLinkProps>((props, ref) => (
  <Anchor ref={ref} {...props} />
));

const ButtonBase = forwardRef<HTMLAnchorElement, ButtonProps & React.ComponentPropsWithoutRef<'a'>>(
  (props, ref) => <Button ref={ref} component="a" {...props} />,
);

/** A link to a screen, in text. Its target and search parameters are checked by the compiler. */
export const TextLink = createLink(AnchorBase);

/** A link to a screen that looks like a button. */
export const ButtonLink = createLink(ButtonBase);
