#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node would fail on the modules with a riddle.
const NEEDED = 24;
const major = Number(process.versions.node.split('.', 1)[0]);

if (major < NEEDED) {
  process.stderr.write(
    `holdfast needs Node.js ${NEEDED}, this is ${process.versions.node}. ` +
      'Run it as "npx holdfast" or "npm run holdfast --": both bring their own Node.js.\n',
  );
  process.exitCode = 10;
} else {
  const [{ enableCompileCache }, { homedir }, { join }, { keepHeapSmall }] = await Promise.all([
    import('node:module'),
    import('node:os'),
    import('node:path'),
    import('./heap.ts'),
  ]);
  keepHeapSmall();
  // Halves the time to start. In the user's own folder: what is run from it must not be anybody else's.
  enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdfast', 'compiled'));
  const { runHere } = await import('./compose.ts');
  await runHere(process.argv.slice(2));
}
