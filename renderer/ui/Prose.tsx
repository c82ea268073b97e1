import { Code, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { type ProseSpan, parseProse } from './prose.ts';

/** A driver's Markdown, as elements: nothing of it is ever taken for HTML. */
export function Prose({ markdown }: { readonly markdown: string }) {
  return (
    <Stack gap="xs">
      {parseProse(markdown).map((block) =>
        block.kind === 'code' ? (
          <Code key={block.text} block className="hf-command">
            {block.text}
          </Code>
        ) : (
          <Text key={JSON.stringify(block.spans)} size="sm">
            {block.spans.map((span, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a text's parts never move.
              <Fragment key={place}>{spanElement(span)}</Fragment>
            ))}
          </Text>
        ),
      )}
    </Stack>
  );
}

function spanElement({ style, text }: ProseSpan) {
  if (style === 'bold') return <b>{text}</b>;
  return style === 'code' ? <Code>{text}</Code> : text;
}
