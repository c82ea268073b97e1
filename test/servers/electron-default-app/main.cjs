// What `electron [-r MODULE] FOLDER|FILE [ARGUMENT…]` does in Electron's own distribution, as far as tests need it.
const { app } = require('electron');
const { existsSync, readFileSync, statSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const [, ...argv] = process.argv;
const modules = [];
let given;
for (let i = 0; given === undefined && i < argv.length; i++) {
  const argument = argv[i];
  if (argument === '-v' || argument === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (argument === '-r' || argument === '--require') modules.push(argv[++i]);
  else if (!argument.startsWith('-')) given = argument;
}
if (modules.length > 0) Module._preloadModules(modules);
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
load(path.resolve(given ?? '.'));

function load(place) {
  if (!statSync(place).isDirectory()) {
    app.setAppPath(path.dirname(place));
    return Module._load(place, Module, true);
  }
  const file = path.join(place, 'package.json');
  const described = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  app.name = described.productName ?? described.name ?? app.name;
  if (described.version) app.setVersion(described.version);
  if (described.desktopName) app.setDesktopName(described.desktopName);
  app.setAppPath(place);
  return Module._load(path.resolve(place, described.main ?? 'index.js'), Module, true);
}
