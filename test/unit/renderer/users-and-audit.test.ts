import { describe, expect, test } from 'vitest';
import { auditFilter, subjectText } from '../../../renderer/features/settings/audit/audit-filter.ts';
import { settingsSearch } from '../../../renderer/features/settings/search.ts';
import {
  isLastAdmin,
  userChange,
  userDraft,
  userToAdd,
} from '../../../renderer/features/settings/users/user-draft.ts';
import { auditCommand } from '../../../shared/command/audit.ts';
import { addUserCommand, setUserCommand } from '../../../shared/command/user.ts';

const PASSWORD = 'correct horse battery';
const anna = { name: 'anna', role: 'admin', created: '2026-01-01T00:00:00.000Z' } as const;
const otto = { ...anna, name: 'otto', role: 'viewer' } as const;

describe('a user', () => {
  test('is added with a name, and a password typed twice', () => {
    const draft = { name: 'eva', role: 'operator', password: PASSWORD, again: PASSWORD } as const;
    expect(userToAdd(draft)).toEqual({ name: 'eva', role: 'operator', password: PASSWORD });
    expect(userToAdd({ ...draft, name: 'Eva!' })).toBeUndefined();
    expect(userToAdd({ ...draft, again: `${PASSWORD}s` })).toBeUndefined();
    expect(userToAdd({ ...draft, password: 'short', again: 'short' })).toBeUndefined();
  });

  test('is changed in what differs, and in nothing else', () => {
    const draft = userDraft(otto);
    expect(userChange(otto, draft)).toBeUndefined();
    expect(userChange(otto, { ...draft, role: 'admin' })).toEqual({ name: 'otto', role: 'admin' });
    expect(userChange(otto, { ...draft, password: PASSWORD, again: PASSWORD })).toEqual({
      name: 'otto',
      password: PASSWORD,
    });
    expect(userChange(otto, { ...draft, role: 'admin', password: PASSWORD })).toBeUndefined();
  });

  test('who is the last admin is known', () => {
    expect(isLastAdmin([anna, otto], anna)).toBe(true);
    expect(isLastAdmin([anna, otto], otto)).toBe(false);
    expect(isLastAdmin([anna, { ...otto, role: 'admin' }], anna)).toBe(false);
  });

  test('has commands without the password', () => {
    expect(addUserCommand('eva', 'viewer')).toBe('holdfast user add eva --role viewer --password-prompt');
    expect(setUserCommand('eva', 'admin', false)).toBe('holdfast user set eva --role admin');
    expect(setUserCommand('eva', undefined, true)).toBe('holdfast user set eva --password-prompt');
  });
});

describe('the audit log', () => {
  test('is narrowed by whole local days', () => {
    const search = settingsSearch.parse({
      user: 'anna',
      action: 'tasks',
      from: '2026-02-28',
      to: '2026-02-28',
    });
    const filter = auditFilter(search);
    expect(filter).toMatchObject({ user: 'anna', procedure: 'tasks' });
    const start = new Date(2026, 1, 28);
    expect(filter.since).toBe(start.toISOString());
    expect(filter.until).toBe(new Date(2026, 2, 1).toISOString());
    expect(auditCommand(filter)).toBe(
      `holdfast audit list --user anna --action tasks --since ${filter.since} --until ${filter.until}`,
    );
    expect(auditFilter(settingsSearch.parse({ from: 'yesterday', outcome: 'none' }))).toEqual({});
  });

  test('says what something was done to', () => {
    expect(subjectText({ name: 'otto', role: 'viewer', pinned: true })).toBe(
      'otto, role: viewer, pinned: true',
    );
  });
});
