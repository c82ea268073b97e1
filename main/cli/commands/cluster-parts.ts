import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Invocation } from '../invocation.ts';
import { FlagGroups } from '../options/flag-groups.ts';
import { TEXTS } from '../output/texts.ts';
import { addServiceFlags, readServices } from './cluster-services.ts';

/** `cluster add-service`: one service or more beside those that the cluster has. */
export function addServiceCommand(cli: Cli): Command {
  const groups = new FlagGroups();
  const command = new Command('add-service')
    .argument('<name>', 'the cluster')
    .description('add services to a cluster; flags of a service stand behind its --source');
  addServiceFlags(cli, command, groups);
  return command.action((name: string) => cli.execute((invocation) => add(invocation, name, groups)));
}

/** `cluster remove-service`. */
export function removeServiceCommand(cli: Cli): Command {
  return new Command('remove-service')
    .argument('<name>', 'the cluster')
    .argument('<service>', 'the service')
    .description('forget a service that no task backs up; its archives stay where they are')
    .action((name: string, service: string) =>
      cli.execute((invocation) => change(invocation, { name, removeServices: [service] })),
    );
}

async function add(invocation: Invocation, name: string, groups: FlagGroups): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const { services } = await client.clusters.show({ name });
  await change(invocation, { name, addServices: await readServices(invocation, groups, services) });
}

type Change = Parameters<Awaited<ReturnType<Invocation['client']>>['clusters']['update']>[0];

async function change(invocation: Invocation, wish: Change): Promise<undefined> {
  const client = await invocation.unlockedClient();
  const changed = await client.clusters.update(wish);
  const { output } = invocation;
  await output.result(
    changed,
    () => `${output.words(TEXTS.changed, { kind: output.word('cluster'), name: wish.name })}\n`,
  );
}
