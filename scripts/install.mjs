// Installs what is missing before a start or a test; quick when nothing changed. It depends on no package and runs on
// Node 20 and newer; the scripts after it run on the Node that the lockfile pins.
// `node scripts/install.mjs` installs what Socle runs on, `--all` what its tests and checks need as well.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.socle-installed');
const LEAST_NODE = 20;
const PINNED_NODE = 24;
const WORDS_EVERY_MS = 10_000;

class Refusal extends Error {}

try {
  checkNode();
  const everything = process.argv.includes('--all');
  if (!isInstalled(everything)) await install(everything);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < LEAST_NODE) {
    throw new Refusal(
      `Socle needs Node ${LEAST_NODE} or newer to install itself; this is ${process.versions.node}.`,
    );
  }
}

/** Compares the stamp of the last look with the lockfile; when they differ, what npm installed with it. */
function isInstalled(everything) {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = readJson(STAMP);
  const place = `${process.platform}-${process.arch}`;
  const isFresh = stamp?.hash === hash && stamp.place === place;
  if (isFresh && (stamp.kind === 'all' || !everything)) return true;

  const installed = readJson(join(MODULES, '.package-lock.json'))?.packages;
  if (!installed) return false;
  const wanted = JSON.parse(lock.toString('utf8')).packages;
  const kind = ['all', 'prod'].find((candidate) => holds(installed, wanted, candidate === 'all'));
  if (kind === undefined) return false;
  writeStamp(kind);
  return kind === 'all' || !everything;
}

function holds(installed, wanted, withDev) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link || (entry.dev && !withDev) || (entry.devOptional && !withDev)) return true;
    if (entry.optional && !installed[path]) return !fitsHere(entry);
    return installed[path]?.version === entry.version && existsSync(join(ROOT, path, 'package.json'));
  });
}

function fitsHere({ os, cpu, libc }) {
  const fits = (list, value) => {
    const names = list === undefined ? [] : [list].flat();
    const allowed = names.filter((name) => !name.startsWith('!'));
    return !names.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value));
  };
  // Which C library the machine has is npm's to find out, and a package for any machine is there or not with the one
  // that asks for it: both may be missing.
  return os !== undefined && libc === undefined && fits(os, process.platform) && fits(cpu, process.arch);
}

async function install(everything) {
  const release = await takeTurn();
  try {
    // Another start may have installed it all meanwhile.
    if (isInstalled(everything)) return;
    // A clone that tests have run on keeps what they need.
    const withDev = everything || readJson(STAMP)?.kind === 'all';
    const start = Date.now();
    const seconds = () => Math.round((Date.now() - start) / 1000);
    console.log(
      `Installing what Socle ${withDev ? 'and its tests need' : 'needs'} (once, from the lockfile)...`,
    );
    const words = setInterval(
      () => console.log(`... still installing, ${seconds()} s so far`),
      WORDS_EVERY_MS,
    );
    try {
      await runNpm(withDev ? ['ci'] : ['ci', '--omit=dev']);
    } finally {
      clearInterval(words);
    }
    checkPinnedNode();
    writeStamp(withDev ? 'all' : 'prod');
    console.log(`Installed in ${seconds()} s.\n`);
  } finally {
    release();
  }
}

/** No package of ours needs its install script, so none runs: less to trust, and quicker. */
async function runNpm(args) {
  const cli = process.env.npm_execpath;
  const [command, before] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false'];
  const child = spawn(command, [...before, ...args, ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-4_000);
    });
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.code ?? error.message));
    child.once('close', resolve);
  });
  if (code === 0) return;
  if (code === 'ENOENT') throw new Refusal('npm was not found. Install it beside Node, then try again.');
  if (said.trim()) console.error(`\n${said.trim()}`);
  throw new Refusal(`${reasonOf(said)} Nothing was started.`);
}

function reasonOf(said) {
  if (/ENOSPC/.test(said)) return 'The disk is full: free some space, then try again.';
  if (/EACCES|EPERM|EROFS/.test(said))
    return `The folder ${MODULES} cannot be written: check its rights, then try again.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/i.test(said)) {
    return 'The package registry cannot be reached: check the network (and the proxy settings of npm), then try again.';
  }
  if (/package-lock\.json|in sync/.test(said))
    return 'package.json and package-lock.json do not fit: restore them from git.';
  return 'npm could not install the packages; its own words are above.';
}

/** A machine whose C library the pinned Node cannot use (Alpine, for one) goes on with its own, if that is new enough. */
function checkPinnedNode() {
  const pinned = join(MODULES, '.bin', 'node');
  const { status } = spawnSync(pinned, ['--version'], { stdio: 'ignore' });
  if (status === 0) return;
  rmSync(pinned, { force: true });
  if (Number(process.versions.node.split('.')[0]) < PINNED_NODE) {
    throw new Refusal(
      `No Node ${PINNED_NODE} comes with Socle for ${process.platform}-${process.arch}. Install Node ${PINNED_NODE} or newer, then try again.`,
    );
  }
}

/** One installation at a time on a clone: `npm start` and `npm test` at once would remove each other's files. */
async function takeTurn() {
  const name = createHash('sha256').update(ROOT).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `socle-install-${name}-${process.getuid?.() ?? 0}`);
  const draft = `${file}-${process.pid}`;
  for (let said = false; ; ) {
    try {
      // A link appears whole, with the number in it.
      writeFileSync(draft, String(process.pid), { mode: 0o600 });
      linkSync(draft, file);
      const release = () => rmSync(file, { force: true });
      process.once('exit', release);
      return release;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    if (!isAlive(Number(readText(file)))) rmSync(file, { force: true });
    else if (!said) {
      console.log('Another start is installing the packages; waiting for it...');
      said = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function writeStamp(kind) {
  const hash = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  try {
    writeFileSync(STAMP, JSON.stringify({ hash, kind, place: `${process.platform}-${process.arch}` }));
  } catch {
    // A read-only clone is compared anew at each start.
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readJson(file) {
  try {
    return JSON.parse(readText(file));
  } catch {
    return null;
  }
}
