import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { base64Lines, bytesOf, hexLines } from '../../../renderer/ui/entry/bytes.ts';
import { readJavaStream } from '../../../renderer/ui/entry/java-stream.ts';
import { prettyJson } from '../../../renderer/ui/entry/json-text.ts';
import { formText, recognise } from '../../../renderer/ui/entry/value-form.ts';
import { javaPointer } from '../../e2e/support/java-pointer.ts';

const whole = (bytes: Uint8Array | string) => ({ bytes: Buffer.from(bytes), offset: 0, whole: true });

describe('what a value may be read as', () => {
  test.each([
    ['{"a":1}', 'json'],
    [' [1, 2]\n', 'json'],
    ['12', 'text'],
    ['{"a":', 'text'],
    ['PLAIN\twords\r\n', 'text'],
    ['Grüße, 你好 🙂', 'text'],
    [Buffer.from([0xff, 0xfe, 0x00]), 'hex'],
    ['esc \u001b[31m', 'hex'],
    [javaPointer('file:/x'), 'java'],
  ])('%j is shown as %s', (value, form) => {
    expect(recognise(whole(value)).forms[0]).toBe(form);
  });

  test('bytes can always be seen', () => {
    expect(recognise(whole('{}')).forms.slice(-2)).toEqual(['hex', 'base64']);
  });

  test('a range that begins and ends within a character is text all the same, but not JSON', () => {
    const bytes = Buffer.from('["你好你好"]').subarray(3, 12);
    const { forms, text } = recognise({ bytes, offset: 3, whole: false });
    expect(forms[0]).toBe('text');
    expect(text).toMatch(/^好你好?$/);
    expect(recognise({ bytes: Buffer.from('{}'), offset: 0, whole: false }).forms).not.toContain('json');
  });
});

describe('JSON', () => {
  test('is laid out without changing what it says', () => {
    const text =
      '{"big":12345678901234567890,"e":1.0E+2,"s":"a,\\"b\\": {}","n":[],"o":{},"l":[1,{"x":null}]}';
    expect(prettyJson(text)).toBe(
      [
        '{',
        '  "big": 12345678901234567890,',
        '  "e": 1.0E+2,',
        '  "s": "a,\\"b\\": {}",',
        '  "n": [],',
        '  "o": {},',
        '  "l": [',
        '    1,',
        '    {',
        '      "x": null',
        '    }',
        '  ]',
        '}',
      ].join('\n'),
    );
  });

  test('of real records stays the same value', async () => {
    const lines = await readFile(
      join(import.meta.dirname, '../../fixtures/1.0/plain.expected.ndjson'),
      'utf8',
    );
    for (const line of lines.trim().split('\n').slice(0, 200)) {
      expect(JSON.parse(prettyJson(line) ?? '')).toEqual(JSON.parse(line));
    }
  });
});

describe('bytes', () => {
  test('as hex with offsets and characters', () => {
    expect(hexLines(Buffer.from('0123456789\n'), 0x40)).toBe(
      '00000040  30 31 32 33 34 35 36 37  01234567\n00000048  38 39 0a                 89·',
    );
  });

  test('as base64 in lines that read back', () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256));
    const lines = base64Lines(bytes);
    expect(Math.max(...lines.split('\n').map((line) => line.length))).toBe(76);
    expect(Buffer.from(bytesOf(lines.replaceAll('\n', '')))).toEqual(bytes);
    expect(formText('base64', whole('hi'), recognise(whole('hi')))).toBe('aGk=');
  });
});

describe('serialised Java objects', () => {
  test('a pointer tells its classes and the file that it names', () => {
    expect(readJavaStream(javaPointer('hdfs:///ha/checkpoint-1'))).toEqual({
      classes: [
        'org.apache.flink.runtime.state.RetrievableStreamStateHandle',
        'org.apache.flink.runtime.state.filesystem.FileStateHandle',
      ],
      texts: ['hdfs:///ha/checkpoint-1'],
    });
  });

  test('one that is cut off or damaged is read as far as it goes', () => {
    const pointer = javaPointer('hdfs:///ha/checkpoint-1');
    for (let length = 4; length < pointer.length; length++) {
      expect(readJavaStream(pointer.subarray(0, length))?.texts).toEqual([]);
    }
  });

  test('nothing else is taken for one', () => {
    expect(readJavaStream(Buffer.from([0xac, 0xed, 0x00]))).toBeUndefined();
    expect(readJavaStream(Buffer.from('java'))).toBeUndefined();
  });
});
