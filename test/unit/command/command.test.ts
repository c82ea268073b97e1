import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeField } from '../../../main/engine/api/drivers.ts';
import { zookeeperOptions } from '../../../main/sources/zookeeper/options.ts';
import { addClusterCommand } from '../../../shared/command/cluster.ts';
import { commandLine } from '../../../shared/command/command.ts';
import { quote } from '../../../shared/command/shell.ts';
import { describeFields } from '../../../shared/options/describe.ts';

test('a shell reads back what was quoted', () => {
  const text = fc.string({ unit: 'binary' }).filter((each) => !each.includes('\0'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (given) => {
      const script = `printf '%s\\0' ${given.map(quote).join(' ')}`;
      const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
      expect(read.split('\0').slice(0, -1)).toEqual(given);
    }),
    { numRuns: 30 },
  );
});

test('flags: true alone, false and nothing left out, lists repeated', () => {
  expect(
    commandLine([
      'x',
      { flag: 'yes', value: true },
      { flag: 'no', value: false },
      { flag: 'absent', value: undefined },
      { flag: 'each', value: ['a', 'b c'] },
      { flag: 'n', value: 0 },
    ]),
  ).toBe("holdfast x --yes --each a --each 'b c' --n 0");
});

test('a cluster with a password: the line asks for it and does not hold it', () => {
  const fields = describeFields(zookeeperOptions).map(describeField);
  const line = addClusterCommand({ name: 'prod', environment: 'production', readOnly: true }, [
    {
      source: 'zookeeper',
      service: 'ZooKeeper',
      fields,
      options: {
        connectString: 'zk:2181',
        auth: 'digest',
        user: 'it',
        password: 'geheim',
        tls: true,
        rounds: 8,
      },
    },
  ]);
  expect(line).toBe(
    'holdfast cluster add prod --environment production --read-only --source zookeeper --service ZooKeeper ' +
      '--connect-string zk:2181 --auth digest --user it --password-prompt --tls',
  );
});
