import { runHere } from './compose.ts';
import { endWithOwner } from './owner.ts';

/*
 * The host as a process of its own, for programs that own it: takes the flags of `holdfast serve`, writes one line
 * of JSON with its address and token file to stdout, and ends cleanly on SIGTERM. With `--owned` in front it also ends
 * when its owner closes its standard input or ends itself.
 */
const [first, ...rest] = process.argv.slice(2);
if (first === '--owned') endWithOwner();
await runHere(['serve', '--json', ...(first === '--owned' ? rest : process.argv.slice(2))]);
