import { describe, expect, it } from 'vitest';
import { inOrder, readAhead } from '../../../main/sources/kafka/lookahead.ts';

describe('work in order', () => {
  it('gives results in the order of the items, however long each takes, with so many under way', async () => {
    let underWay = 0;
    let most = 0;
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
    const results = Array.fromAsync(
      inOrder([0, 1, 2, 3, 4, 5], 3, async (item) => {
        most = Math.max(most, ++underWay);
        await gates[item]?.promise;
        underWay--;
        return item * 10;
      }),
    );
    for (const gate of gates.toReversed()) gate.resolve();
    expect(await results).toEqual([0, 10, 20, 30, 40, 50]);
    expect(most).toBe(3);
  });

  it('a failure comes in its turn', async () => {
    const seen: number[] = [];
    const failing = async () => {
      for await (const item of inOrder([0, 1, 2], 3, async (each) => {
        if (each === 1) throw new Error('second');
        return each;
      })) {
        seen.push(item);
      }
    };
    await expect(failing()).rejects.toThrow('second');
    expect(seen).toEqual([0]);
  });
});

describe('reading ahead', () => {
  it('begins before it is asked, and no further than it may', async () => {
    let read = 0;
    async function* source(): AsyncGenerator<number> {
      for (; read < 10; ) yield read++;
    }
    const ahead = readAhead(source(), 3);
    await expect.poll(() => read).toBe(3);
    expect(await Array.fromAsync(ahead)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('given back unread, it ends its source after what is under way', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<number> {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        ended = true;
      }
    }
    await readAhead(source(), 2).return();
    expect(ended).toBe(true);
  });
});
