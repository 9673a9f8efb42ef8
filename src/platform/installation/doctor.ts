// Looks at an installation and says what is wrong with it and how to mend it. It starts nothing and changes nothing.
import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { connect, type DatabaseAddress } from '../database/connection.ts';
import { embeddedAddress } from '../database/embedded.ts';
import { type MigrationSource, migrationState } from '../database/migrations.ts';
import { checkServer } from '../database/open.ts';
import { installedMajor } from '../database/runtime.ts';
import { isSocleError } from '../errors.ts';
import type { Translated } from '../i18n/locale.ts';
import { doctorWords as say } from './doctor.messages.ts';
import { type Holder, holderOf } from './lock.ts';

/** What one look found. */
export interface Finding {
  /** Stable name of the check. */
  readonly check: string;
  readonly ok: boolean;
  /** What was found, in one sentence: what is wrong when it is not ok. */
  readonly found: Translated;
  /** How to mend it; null when nothing is wrong. */
  readonly mend: Translated | null;
}

/** The installation to look at. */
export interface Installation {
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  readonly sources: readonly MigrationSource[];
  readonly keyFiles: readonly { readonly name: string; readonly path: string }[];
  readonly now: Date;
}

// The version that package-lock.json pins, the space that a year of a middling installation takes, and a clock that
// signs and seals must not be further off than the tolerance of its readers.
const LEAST_NODE = 24;
const LEAST_SPACE_BYTES = 1_000_000_000;
const LARGEST_CLOCK_GAP_MS = 5_000;
const EARLIEST_MOMENT = new Date('2026-01-01T00:00:00Z');

/** Looks at everything, in the order in which things depend on each other. */
export async function diagnose(installation: Installation): Promise<Finding[]> {
  const { dataFolder, databaseUrl } = installation;
  const holder = holderOf(dataFolder);
  const findings = [checkNode(process.versions.node)];
  if (databaseUrl === null) findings.push(await checkBinaries());
  findings.push(await checkFolder(dataFolder), await checkSpace(dataFolder), checkHolder(holder));
  const database = await checkDatabase(installation, holder);
  findings.push(database.finding);
  if (database.address) findings.push(await checkMigrations(database.address, installation.sources));
  const isNew = await isNewInstallation(installation, database.address);
  for (const file of installation.keyFiles) findings.push(await checkKey(file, isNew));
  findings.push(await checkClock(installation, database.address), await checkPort(installation, holder));
  return findings;
}

function fine(check: string, found: Translated): Finding {
  return { check, ok: true, found, mend: null };
}

function trouble(check: string, { found, mend }: { found: Translated; mend: Translated }): Finding {
  return { check, ok: false, found, mend };
}

function checkNode(version: string): Finding {
  const isFit = Number.parseInt(version, 10) >= LEAST_NODE;
  return isFit ? fine('node', say.node(version)) : trouble('node', say.oldNode(version, LEAST_NODE));
}

async function checkBinaries(): Promise<Finding> {
  const major = await installedMajor();
  if (major === null) return trouble('binaries', say.noBinaries(`${process.platform}-${process.arch}`));
  return fine('binaries', say.binaries(major));
}

async function checkFolder(folder: string): Promise<Finding> {
  const found = await stat(folder).catch(() => null);
  const place = found ? folder : await nearestFolder(folder);
  const mayWrite = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!mayWrite || (found && !found.isDirectory())) return trouble('folder', say.folderNotWritable(folder));
  if (!found) return fine('folder', say.folderAbsent(folder));
  if ((found.mode & 0o002) !== 0) return trouble('folder', say.folderOpen(folder));
  return fine('folder', say.folder(folder));
}

async function checkSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  const megabytes = Math.floor((bavail * bsize) / 1e6);
  return bavail * bsize < LEAST_SPACE_BYTES
    ? trouble('space', say.littleSpace(folder, megabytes))
    : fine('space', say.space(megabytes));
}

async function nearestFolder(folder: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    if ((await stat(place).catch(() => null)) || place === dirname(place)) return place;
  }
}

function checkHolder(holder: Holder | null): Finding {
  if (holder === null) return fine('running', say.notRunning);
  return fine(
    'running',
    holder.as === 'server' ? say.running(holder.pid, holder.url) : say.commandRunning(holder.pid),
  );
}

async function checkDatabase({ dataFolder, databaseUrl }: Installation, holder: Holder | null) {
  const runsHere = holder?.database === 'embedded';
  if (databaseUrl === null && !runsHere)
    return { finding: await checkRestingCluster(dataFolder), address: null };
  const address: DatabaseAddress =
    databaseUrl === null ? embeddedAddress(dataFolder) : { connectionString: databaseUrl };
  try {
    return { finding: fine('database', say.database(await checkServer(address))), address };
  } catch (error) {
    if (!isSocleError(error)) throw error;
    return { finding: trouble('database', { found: error.text, mend: say.mendServer }), address: null };
  }
}

// A database at rest tells its version alone.
async function checkRestingCluster(dataFolder: string): Promise<Finding> {
  const cluster = join(dataFolder, 'postgres');
  const [version, there, major] = await Promise.all([
    readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null),
    stat(cluster).catch(() => null),
    installedMajor(),
  ]);
  if (version === null) {
    return there ? trouble('database', say.brokenCluster(cluster)) : fine('database', say.noCluster);
  }
  if (major !== null && Number(version) !== major)
    return trouble('database', say.otherVersion(version.trim(), major));
  return fine('database', say.restingCluster(version.trim()));
}

async function checkMigrations(
  address: DatabaseAddress,
  sources: readonly MigrationSource[],
): Promise<Finding> {
  const { pool, close } = connect(address, { max: 1 });
  try {
    const { applied, pending, changed, missing } = await migrationState(pool, sources);
    if (changed[0] !== undefined) return trouble('migrations', say.changedMigration(changed[0]));
    if (missing[0] !== undefined) return trouble('migrations', say.missingMigration(missing[0]));
    if (pending.length > 0) return fine('migrations', say.pendingMigrations(pending.length));
    return fine('migrations', say.migrations(applied.length));
  } finally {
    await close();
  }
}

async function isNewInstallation(
  { dataFolder }: Installation,
  address: DatabaseAddress | null,
): Promise<boolean> {
  if (address === null) return (await stat(join(dataFolder, 'postgres')).catch(() => null)) === null;
  const { pool, close } = connect(address, { max: 1 });
  try {
    const { rows } = await pool.query(`select to_regclass('platform.migrations') is null as new`);
    return rows[0].new;
  } finally {
    await close();
  }
}

async function checkKey({ name, path }: { name: string; path: string }, isNew: boolean): Promise<Finding> {
  const check = `key ${name}`;
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    if (found.code !== 'ENOENT') return trouble(check, say.unreadableKey(path));
    return isNew ? fine(check, say.keyToCome(name)) : trouble(check, say.missingKey(path));
  }
  if ((found.mode & 0o077) !== 0) return trouble(check, say.openKey(path));
  return fine(check, say.key(name));
}

async function checkClock(
  { dataFolder, now }: Installation,
  address: DatabaseAddress | null,
): Promise<Finding> {
  if (now < EARLIEST_MOMENT) return trouble('clock', say.clockBehind(now.toISOString()));
  const folder = await stat(dataFolder).catch(() => null);
  if (folder && folder.mtime.getTime() - now.getTime() > 60_000) {
    return trouble('clock', say.clockBehind(now.toISOString()));
  }
  if (address) {
    const { pool, close } = connect(address, { max: 1 });
    try {
      const before = Date.now();
      const { rows } = await pool.query('select clock_timestamp() as now');
      const gap = Math.abs(rows[0].now.getTime() - (before + Date.now()) / 2);
      if (gap > LARGEST_CLOCK_GAP_MS) return trouble('clock', say.clocksDiffer(Math.round(gap / 1000)));
    } finally {
      await close();
    }
  }
  return fine('clock', say.clock);
}

async function checkPort({ host, port }: Installation, holder: Holder | null): Promise<Finding> {
  if (holder?.as === 'server') return fine('port', say.portOurs);
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | null>();
  server.once('error', resolve);
  server.listen({ port, host }, () => resolve(null));
  const error = await promise;
  server.close();
  if (error === null) return fine('port', say.portFree(port));
  if (error.code === 'EADDRINUSE') return trouble('port', say.portTaken(port));
  if (error.code === 'EACCES') return trouble('port', say.portForbidden(port));
  return trouble('port', say.hostWrong(host, error.code ?? error.message));
}
