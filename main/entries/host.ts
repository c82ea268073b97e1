import { runHere } from './compose.ts';

/*
 * The host as a process of its own, for programs that own it: takes the flags of `holdfast serve`, writes one line
 * of JSON with its address and token file to stdout, and ends cleanly on SIGTERM.
 */
await runHere(['serve', '--json', ...process.argv.slice(2)]);
