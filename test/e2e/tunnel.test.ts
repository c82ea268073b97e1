import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SshServer, startSshd } from '../servers/sshd.ts';
import { startZooKeeper, type ZooKeeperServer } from '../servers/zookeeper.ts';
import { accessibilityProblems } from './support/axe.ts';
import { freshPage, openBrowser } from './support/browser.ts';
import { type HostProcess, startHost } from './support/host-process.ts';

// Only the SSH host knows it.
const FAR = 'zk.far.test';

let browser: Browser;
let host: HostProcess;
let zookeeper: ZooKeeperServer;
let sshd: SshServer;

beforeAll(async () => {
  [browser, host, zookeeper, sshd] = await Promise.all([
    openBrowser(),
    startHost(),
    startZooKeeper(),
    startSshd({ names: { [FAR]: '127.0.0.1' } }),
  ]);
  await host.cli('vault', 'init', '--key-file', join(host.directory, 'vault.key'));
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([host, zookeeper, sshd].map((server) => server?.[Symbol.asyncDispose]()));
});

test('a cluster behind an SSH host is added once the host’s key is accepted, and changed when that changes', async () => {
  await using fresh = await freshPage(browser);
  const { page, complaints } = fresh;
  await page.goto(host.link);
  await page.getByRole('link', { name: 'Add a cluster' }).click();
  await page.getByLabel('Name', { exact: false }).first().fill('far');
  await page.getByLabel('Environment').selectOption('test');
  await page.getByLabel('Name', { exact: false }).first().press('Enter');
  await page.getByRole('button', { name: 'ZooKeeper' }).click();
  await page.getByLabel('Connect string').fill(`${FAR}:${zookeeper.port}`);
  await page.getByLabel('Reach it through an SSH host').check();
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  await page.getByLabel(/^SSH host/).fill(sshd.host);
  await page.getByLabel('SSH port').fill(String(sshd.port));
  await page.getByLabel('SSH user').fill(sshd.user);
  await page.getByLabel('SSH sign-in').selectOption('password');
  await page.getByLabel('SSH password').fill(sshd.password);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();

  const shown = await sshd.fingerprint();
  await page.getByText(`${shown} (ssh-ed25519)`).waitFor();
  await page.getByText('not accepted yet').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Accept this key' }).click();
  await page.getByText('It takes the sign-in.').waitFor();
  await page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();
  expect(
    await page
      .locator('main')
      .getByText(/· failed ·/)
      .count(),
  ).toBe(0);

  await page.getByRole('button', { name: 'Next' }).click();
  const command = await page.locator('main pre').textContent();
  expect(command).toContain(
    `--tunnel-host ${sshd.host} --tunnel-port ${sshd.port} --tunnel-user ${sshd.user}`,
  );
  expect(command).toContain(`--tunnel-host-key ${shown}`);
  expect(command).not.toContain(sshd.password);
  await page.getByRole('button', { name: 'Add the cluster' }).click();
  await page.getByRole('heading', { level: 1, name: 'far' }).waitFor();
  await page.getByText(`${sshd.user}@${sshd.host}:${sshd.port}`).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await sshd.stop();
  await sshd.changeHostKey();
  await sshd.start();
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByRole('button', { name: 'Ask the host for its key' }).click();
  await page.getByText('shows another key than the accepted one').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Accept this key' }).click();
  await page.getByText('The host shows the key that was accepted.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'far' }).waitFor();
  expect(await host.cli('cluster', 'show', 'far')).toMatchObject({
    tunnel: { user: sshd.user, password: '***', hostKey: await sshd.fingerprint() },
  });
  await page.getByRole('button', { name: 'Test connections' }).click();
  await page.getByText('It takes the sign-in.').waitFor();
  expect(complaints).toEqual([]);
});
