import { startDesktop } from '../desktop/start.ts';

/** Bundled for Electron by `main/desktop/build.ts`. */
startDesktop(process.argv.slice(1), process.cwd());
