// The installer before a start: what it asks of npm, when, and what it says. Played on a small copy with a made-up npm.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

const INSTALLER = new URL('../scripts/install.mjs', import.meta.url);

// Installs what the lockfile lists, as npm ci does, and notes what it was asked.
const MADE_UP_NPM = `
const { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
appendFileSync('asked.txt', process.argv.slice(2).join(' ') + '\\n');
if (process.env.MADE_UP_FAILURE) { console.error(process.env.MADE_UP_FAILURE); process.exit(1); }
rmSync('node_modules', { recursive: true, force: true });
const packages = {};
for (const [path, entry] of Object.entries(JSON.parse(readFileSync('package-lock.json')).packages)) {
  if (path === '' || entry.os || (entry.dev && process.argv.includes('--omit=dev'))) continue;
  packages[path] = entry;
  mkdirSync(path, { recursive: true });
  writeFileSync(path + '/package.json', '{}');
}
mkdirSync('node_modules/.bin', { recursive: true });
symlinkSync(process.execPath, 'node_modules/.bin/node');
writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

async function clone(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'socle-clone-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'scripts'));
  await cp(INSTALLER, join(folder, 'scripts/install.mjs'));
  await writeFile(join(folder, 'npm.js'), MADE_UP_NPM);
  const lock = (version: string) =>
    writeFile(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        packages: {
          '': { name: 'socle' },
          'node_modules/one': { version },
          'node_modules/tool': { version: '1.0.0', dev: true },
          'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['none'] },
        },
      }),
    );
  await lock('1.0.0');
  return {
    folder,
    lock,
    install: (args: string[] = [], environment: NodeJS.ProcessEnv = {}) =>
      spawnSync(process.execPath, [join(folder, 'scripts/install.mjs'), ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, npm_execpath: join(folder, 'npm.js'), ...environment },
      }),
    asked: async () =>
      (await readFile(join(folder, 'asked.txt'), 'utf8').catch(() => '')).split('\n').slice(0, -1),
  };
}

test('a start installs once what it needs, a test what it needs more', async (t) => {
  const { install, asked } = await clone(t);
  const first = install();
  assert.equal(first.status, 0);
  assert.match(first.stdout, /Installing what Socle needs.*\nInstalled in/s);
  assert.match((await asked())[0] ?? '', /^ci --omit=dev --ignore-scripts/);
  assert.equal(install().stdout, '');
  assert.equal(install(['--all']).status, 0);
  assert.match((await asked())[1] ?? '', /^ci --ignore-scripts/);
  assert.equal(install().stdout + install(['--all']).stdout, '');
  assert.equal((await asked()).length, 2);
});

test('a changed lockfile installs anew, and keeps what the tests need', async (t) => {
  const { install, lock, asked } = await clone(t);
  install(['--all']);
  await lock('2.0.0');
  assert.equal(install().status, 0);
  assert.doesNotMatch((await asked())[1] ?? '', /omit/);
});

test('what a person installed with npm by hand is taken as it is', async (t) => {
  const { folder, install, asked } = await clone(t);
  spawnSync(process.execPath, ['npm.js', 'ci'], { cwd: folder });
  assert.equal(install(['--all']).stdout, '');
  assert.equal((await asked()).length, 1);
});

test('a failure says why in a sentence, and a later try installs', async (t) => {
  const { install } = await clone(t);
  const failures: [string, RegExp][] = [
    ['npm error code ENOTFOUND', /registry cannot be reached/],
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code EACCES', /cannot be written/],
    ['something else', /own words are above/],
  ];
  for (const [said, sentence] of failures) {
    const failed = install([], { MADE_UP_FAILURE: said });
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, sentence);
    assert.ok(failed.stderr.includes(said));
  }
  assert.match(install([], { npm_execpath: '', PATH: '' }).stderr, /npm was not found/);
  assert.equal(install().status, 0);
});
