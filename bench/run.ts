// `npm run bench -- <name> [options]`: runs one benchmark, a file `bench/<name>/<name>.bench.ts`, on the pinned Node.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const [name = '', ...options] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .map((entry) => entry.name);

if (!names.includes(name)) {
  process.stderr.write(`Name a benchmark: ${names.join(', ')}.\n`);
  process.exit(1);
}

const file = new URL(`./${name}/${name}.bench.ts`, import.meta.url).pathname;
process.exitCode = spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' }).status ?? 1;
