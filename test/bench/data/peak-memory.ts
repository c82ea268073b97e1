import { readFileSync, writeFileSync } from 'node:fs';

/*
 * Loaded before a program (`node --import`): when it ends, its peak resident memory in bytes goes to the file named
 * by BENCH_PEAK_FILE. The kernel's own mark for this address space (Linux) misses nothing, unlike sampling, and does
 * not count the parent's, unlike getrusage.
 */
process.on('exit', () => {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  writeFileSync(process.env.BENCH_PEAK_FILE ?? '', String(Number(kilobytes) * 1024));
});
