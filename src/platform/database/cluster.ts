// A new cluster: initdb, the application's role and database. Made aside and renamed, so it is whole or absent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { notADatabase, otherVersion, startErrorOf } from './database.errors.ts';
import type { Account, Runtime } from './runtime.ts';
import { dataFolderArgument } from './server-process.ts';

/** Role and database of the application. The role owns the database and is no superuser. */
export const APPLICATION_NAME = 'socle';

// The superuser never comes in through the socket: it made the role in single-user mode, and nothing else needs it.
// `trust` is for whoever reaches the socket, which lies in a folder of mode 0700.
const HOST_ACCESS = `local all ${APPLICATION_NAME} trust\nlocal all all reject\n`;

/**
 * Makes the cluster in `clusterFolder` when there is none, and checks that an existing one fits `runtime`.
 * The caller holds the installation's lock.
 * @throws SocleError when it belongs to another version, is not whole, or cannot be made.
 */
export async function prepareCluster(
  clusterFolder: string,
  {
    runtime,
    account,
    createDatabases,
  }: { runtime: Runtime; account: Account | null; createDatabases: boolean },
): Promise<void> {
  try {
    await mkdir(dirname(clusterFolder), { recursive: true, mode: 0o700 });
    await removeDrafts(clusterFolder);
    const version = await readFile(join(clusterFolder, 'PG_VERSION'), 'utf8').catch(() => null);
    if (version !== null) {
      if (Number(version) !== runtime.major)
        throw otherVersion({}, clusterFolder, version.trim(), runtime.major);
      return;
    }
    if (await stat(clusterFolder).catch(() => null)) throw notADatabase({}, clusterFolder);

    const draft = `${clusterFolder}.new-${process.pid}`;
    await mkdir(draft, { mode: 0o700 });
    if (account) await chown(draft, account.uid, account.gid);
    try {
      await fill(draft, runtime, account, createDatabases);
      await rename(draft, clusterFolder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      throw startErrorOf(error.message, dirname(clusterFolder), error);
    }
    throw error;
  }
}

// What a start that was killed half-way left.
async function removeDrafts(clusterFolder: string): Promise<void> {
  const prefix = `${basename(clusterFolder)}.new-`;
  for (const name of await readdir(dirname(clusterFolder))) {
    if (name.startsWith(prefix))
      await rm(join(dirname(clusterFolder), name), { recursive: true, force: true });
  }
}

async function fill(folder: string, runtime: Runtime, account: Account | null, createDatabases: boolean) {
  const data = dataFolderArgument(folder, account);
  // The built-in C.UTF-8 sorts the same on every machine and after every update of the system, so that no index goes
  // stale. Lists for people are sorted with an explicit collation, such as "fr-x-icu".
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const options = ['--username=postgres', '--auth=trust', '--data-checksums', '--no-instructions'];
  if (createDatabases) options.push('--no-sync');
  await run(runtime.initdb, ['-D', data, ...locale, ...options], { folder, account });

  const right = createDatabases ? 'createdb' : 'nocreatedb';
  const statements = [
    `create role ${APPLICATION_NAME} login nosuperuser ${right} nocreaterole noreplication;`,
    `create database ${APPLICATION_NAME} owner ${APPLICATION_NAME};`,
    `revoke connect on database postgres from public;`,
  ];
  const single = ['--single', '-D', data, '-c', 'exit_on_error=on', 'postgres'];
  await run(runtime.postgres, single, { folder, account, input: `${statements.join('\n')}\n` });
  await writeFile(join(folder, 'pg_hba.conf'), HOST_ACCESS);
}

async function run(
  command: string,
  args: string[],
  { folder, account, input = '' }: { folder: string; account: Account | null; input?: string },
): Promise<void> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(account ?? {}),
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      words = (words + chunk).slice(-20_000);
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    const [code] = await once(child, 'close');
    if (code !== 0 || /^.*(FATAL|PANIC|ERROR):/m.test(words)) throw startErrorOf(words, dirname(folder));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw startErrorOf(error.message, dirname(folder), error);
    throw error;
  }
}
