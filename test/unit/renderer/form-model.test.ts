import { describe, expect, test } from 'vitest';
import {
  blamedField,
  groupFields,
  isVisible,
  missingFields,
  optionsToAdd,
  optionsToChange,
  startValues,
} from '../../../renderer/forms/form-model.ts';
import type { DriverField } from '../../../shared/model/driver.ts';

function field(name: string, more: Partial<DriverField> = {}): DriverField {
  return {
    name,
    flag: name,
    type: { kind: 'text' },
    required: false,
    label: { en: name, zh: name },
    secret: false,
    advanced: false,
    ...more,
  };
}

const fields = [
  field('connectString', { required: true }),
  field('auth', { type: { kind: 'choice', choices: ['none', 'digest'] }, default: 'none' }),
  field('password', { secret: true, required: true, visibleWhen: { field: 'auth', oneOf: ['digest'] } }),
  field('tls', { type: { kind: 'boolean' }, default: false, group: 'tls' }),
  field('authority', { group: 'tls', visibleWhen: { field: 'tls', oneOf: [true] } }),
  field('timeout', { type: { kind: 'integer' }, default: 30 }),
  field('topics', { type: { kind: 'list' } }),
];

describe('values of a form', () => {
  test('start with defaults, or with what is stored; never with a secret', () => {
    expect(startValues(fields)).toEqual({
      connectString: '',
      auth: 'none',
      password: '',
      tls: false,
      authority: '',
      timeout: '30',
      topics: [],
    });
    const stored = { connectString: 'zk:2181', password: '***', topics: ['a'] };
    expect(startValues(fields, stored)).toMatchObject({
      connectString: 'zk:2181',
      password: '',
      topics: ['a'],
    });
  });

  test('a field is seen while the one that it depends on has such a value', () => {
    const [, , password, , authority] = fields;
    if (password === undefined || authority === undefined) throw new Error('fields are missing');
    const values = startValues(fields);
    expect([isVisible(password, values), isVisible(authority, values)]).toEqual([false, false]);
    const other = { ...values, auth: 'digest', tls: true };
    expect([isVisible(password, other), isVisible(authority, other)]).toEqual([true, true]);
  });

  test('what is needed and empty is told, but not what is unseen or stored', () => {
    const values = startValues(fields);
    expect(missingFields(fields, values)).toEqual(['connectString']);
    const digest = { ...values, connectString: 'zk', auth: 'digest' };
    expect(missingFields(fields, digest)).toEqual(['password']);
    expect(missingFields(fields, digest, { password: '***' })).toEqual([]);
  });
});

describe('options that are sent', () => {
  test('for something new: what is seen and given, typed', () => {
    const values = {
      ...startValues(fields),
      connectString: 'zk',
      authority: 'unseen',
      timeout: '5',
      topics: ['a'],
    };
    expect(optionsToAdd(fields, values)).toEqual({
      connectString: 'zk',
      auth: 'none',
      tls: false,
      timeout: 5,
      topics: ['a'],
    });
  });

  test('what is no number goes to the host as it was written, which says what is wrong with it', () => {
    expect(optionsToAdd(fields, { ...startValues(fields), timeout: 'soon' })).toMatchObject({
      timeout: 'soon',
    });
  });

  const stored = { connectString: 'zk', auth: 'digest', password: '***', tls: false, timeout: 30 };

  test('for something stored: only what changed; a secret left empty stays', () => {
    const values = { ...startValues(fields, stored), timeout: '60' };
    expect(optionsToChange(fields, values, stored)).toEqual({ timeout: 60 });
    expect(optionsToChange(fields, { ...values, password: 'new' }, stored)).toEqual({
      timeout: 60,
      password: 'new',
    });
  });

  test('what meant nothing before stays as it is', () => {
    const more = { connectString: 'zk:2181', tls: false, authority: 'pem' };
    expect(optionsToChange(fields, startValues(fields, more), more)).toEqual({});
    const values = { ...startValues(fields, { ...more, tls: true }), tls: false };
    expect(optionsToChange(fields, values, { ...more, tls: true })).toEqual({ tls: false, authority: null });
  });

  test('what was never stored and is left at its default is not sent', () => {
    const few = { connectString: 'zk:2181' };
    expect(optionsToChange(fields, startValues(fields, few), few)).toEqual({});
    const values = { ...startValues(fields, few), tls: true, timeout: '60' };
    expect(optionsToChange(fields, values, few)).toEqual({ tls: true, timeout: 60 });
    const more = { ...few, tls: true, timeout: 60 };
    const back = { ...startValues(fields, more), tls: false, timeout: '30' };
    expect(optionsToChange(fields, back, more)).toEqual({ tls: false, timeout: 30 });
  });

  test('an option that was emptied, or means nothing any more, is taken away', () => {
    const values = { ...startValues(fields, stored), auth: 'none', timeout: '' };
    expect(optionsToChange(fields, values, stored)).toEqual({ auth: 'none', password: null, timeout: null });
  });
});

test('groups stand in the order of their first field, those without one first', () => {
  const order = groupFields([field('a', { group: 'x' }), field('b'), field('c', { group: 'x' })]);
  expect(order.map(({ group, fields: members }) => [group, members.map(({ name }) => name)])).toEqual([
    [undefined, ['b']],
    ['x', ['a', 'c']],
  ]);
});

test('the field that the host names gets its message', () => {
  expect(blamedField('ZooKeeper: connectString', fields)).toBe('connectString');
  expect(blamedField('services.0.options.timeout', fields)).toBe('timeout');
  expect(blamedField('something else', fields)).toBeUndefined();
});
