import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { namedFiles } from '../../../main/host/access/host-files.ts';
import { mayAct, RULES, ruleOf } from '../../../main/host/access/rules.ts';
import { contract } from '../../../shared/contract/contract.ts';

/** Every path to something that `isLeaf` holds for. */
function pathsIn(tree: object, isLeaf: (value: unknown) => boolean): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    isLeaf(value) ? [name] : pathsIn(value, isLeaf).map((path) => `${name}.${path}`),
  );
}

const procedures = pathsIn(contract, isContractProcedure);
const leastOf = (path: string) => ruleOf(path.split('.'))?.least;

describe('the rules', () => {
  it('cover the contract, and nothing else', () => {
    const ruled = pathsIn(RULES, (value) => typeof value === 'object' && value !== null && 'least' in value);
    expect(ruled.sort()).toEqual([...procedures].sort());
    for (const path of procedures) expect(leastOf(path)).toMatch(/^(viewer|operator|admin)$/);
  });

  it.each([
    [[]],
    [['tasks']],
    [['tasks', 'run', 'least']],
    [['constructor']],
    [['tasks', 'toString']],
    [['__proto__', 'x']],
  ])('have nothing for %j, so it is refused', (path) => {
    expect(ruleOf(path)).toBeUndefined();
  });

  it('leave what reaches beyond what is set up, and secrets, to admins', () => {
    const admins = procedures.filter((path) => leastOf(path) === 'admin');
    const reaching =
      /^(vault\.(?!state)|keys\.|backups\.|audit\.|users\.(?!changePassword)|(clusters|storages)\.(add|update|remove|probe)|points\.remove)/;
    expect(procedures.filter((path) => reaching.test(path) && !admins.includes(path))).toEqual([]);
  });

  it('let viewers change nothing but their own password and sessions', () => {
    const changing = procedures.filter((path) => ruleOf(path.split('.'))?.changes === true);
    expect(changing.filter((path) => leastOf(path) === 'viewer').sort()).toEqual([
      'sessions.endOthers',
      'users.changePassword',
    ]);
  });

  it('order the roles', () => {
    expect(mayAct('viewer', 'operator')).toBe(false);
    expect(mayAct('operator', 'operator')).toBe(true);
    expect(mayAct('admin', 'operator')).toBe(true);
  });
});

describe('files that an input names', () => {
  it('are found wherever they stand', () => {
    const input = {
      left: { of: 'file', path: '/a' },
      right: { of: 'point', point: 'beef' },
      more: [{ deep: [{ file: '/b' }] }],
      prefix: ['path', 'file'],
    };
    expect(namedFiles(input)).toEqual(['/a', '/b']);
  });

  it('cannot be hidden by depth', () => {
    let input: object = { path: '/a' };
    for (let depth = 0; depth < 50; depth++) input = { input };
    expect(() => namedFiles(input)).toThrow(expect.objectContaining({ code: 'host.path-not-permitted' }));
  });
});
