import { StringDecoder } from 'node:string_decoder';

/** Characters of one event. */
const LONGEST = 1024 * 1024;

/**
 * The data of each message of a stream of server-sent events (WHATWG HTML, 9.2), parsed as JSON. Ends with the
 * stream or at its event `done`.
 * @throws Error at its event `error`
 */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.write(Buffer.from(chunk));
    const blocks = rest.replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    if (rest.length > LONGEST) throw new Error('an event is too long');
    for (const block of blocks) {
      const { name, data } = fieldsOf(block);
      if (name === 'done') return;
      if (name === 'error') throw new Error('the host ended the stream with an error');
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}

function fieldsOf(block: string): { readonly name: string; readonly data?: string } {
  const values = (field: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  const data = values('data');
  return {
    name: values('event').at(-1) ?? 'message',
    ...(data.length === 0 ? {} : { data: data.join('\n') }),
  };
}
