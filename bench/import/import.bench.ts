// Imports 100,000 rows of a published table and compares with a bare COPY of the same file. It changes no installation:
// it starts an embedded server of its own, with the durable settings of a real one, in a temporary folder.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { from as copyFrom } from 'pg-copy-streams';
import { migrationSources } from '#app/modules.ts';
import { importPanorama } from '#modules/portfolio/panorama/import.actions.ts';
import { bytesOfFile } from '#modules/portfolio/panorama/sheet.reader.ts';
import { systemClock } from '#platform/clock.ts';
import { type Connection, connect, type DatabaseAddress } from '#platform/database/connection.ts';
import { startEmbedded } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrations.ts';
import { silentLog } from '#test/support/silent-log.ts';

/** One row in ten of the second edition has another name than in the first. */
const RENAMED_EVERY = 10;

const HEADER =
  'Ministère porteur ,Ministère nom complet,Nom du projet,Projet interministériel,Description et objectifs du projet,' +
  'En savoir plus sur le projet,Début,Durée prévisionnelle en année,Phase du projet en cours,Coût estimé,' +
  'Coût estimé par tranche,Zone fonctionnelle,Financement [programme(s)],Lien vers les Projets Annuels de Performances,' +
  'Date de publication\n';

const MINISTRIES = [
  'Premier ministre',
  'Ministère de l’Économie',
  'Ministère de l’Intérieur',
  'Ministère de la Justice',
];
const WORDS =
  'gestion suivi portail registre dossier paie achats archives contrôle service national agents réseau mobile carte titre permis aide enquête mesure alerte formation emploi santé école culture forêt énergie eau route visa douane impôt cadastre budget'.split(
    ' ',
  );

function* csvOf(rows: number, edition: 1 | 2): Generator<string> {
  yield HEADER;
  const word = (seed: number) => WORDS[((seed * 2_654_435_761) >>> 8) % WORDS.length];
  for (let row = 0; row < rows; row += 1) {
    const name = `${word(row)} ${word(row * 7 + 3)} ${(row * 48_271).toString(36)}`;
    const renamed = edition === 2 && row % RENAMED_EVERY === 0 ? `Nouveau ${name} unifié` : name;
    const description =
      `Le projet « ${name} » refond le ${word(row + 1)} et le ${word(row + 2)} des services, ` +
      'réduit les délais et ouvre un guichet en ligne aux usagers.\n'.repeat(7);
    const month = String((row % 12) + 1).padStart(2, '0');
    yield `M${row % 4},${MINISTRIES[row % 4]},${renamed},Non,"${description}",https://projet.example/${row},` +
      `20${10 + (row % 12)}-${month}-01,"${(row % 90) / 10 + 1},5",Conception / Réalisation,${(row % 900) / 10 + 1},` +
      `entre 20 et 100 M€,Zone ${row % 50},Programme (P${row % 300}),,2017-06-01\n`;
  }
}

async function copyRows(connection: Connection, path: string): Promise<number> {
  const client = await connection.pool.connect();
  try {
    const columns = HEADER.split(',').map((_, index) => `c${index} text`);
    await client.query(`create table public.copied (${columns.join(', ')})`);
    const start = performance.now();
    await pipeline(
      createReadStream(path),
      client.query(copyFrom('copy public.copied from stdin with (format csv, header true)')),
    );
    const seconds = (performance.now() - start) / 1_000;
    await client.query('drop table public.copied');
    return seconds;
  } finally {
    client.release();
  }
}

interface Timed {
  readonly report: { written: number; unchanged: number; matched: number; proposed: number };
  readonly seconds: number;
  readonly peakMb: number;
}

/** Imports in a process of its own, so that its peak memory is the import's and not this benchmark's. */
async function timed(address: DatabaseAddress, path: string, edition: string): Promise<Timed> {
  // With the flags that the `socle` command gives itself in its first line.
  const command = await readFile(new URL('../../src/cli.ts', import.meta.url), 'utf8');
  const execArgv = command.split('\n')[0]?.match(/--\S+/g) ?? [];
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify({ address, path, edition })], {
    execArgv,
  });
  const [result] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The importing process ended with ${code}.`);
    }),
  ])) as [Timed];
  if (child.exitCode === null) await once(child, 'exit');
  return result;
}

async function importInChild({
  address,
  path,
  edition,
}: {
  address: DatabaseAddress;
  path: string;
  edition: string;
}) {
  const connection = connect(address);
  const start = performance.now();
  const report = await importPanorama(
    { db: connection.db, clock: systemClock },
    {
      source: { name: 'bench', bytes: bytesOfFile(path) },
      edition,
      importedBy: { kind: 'system', name: 'bench' },
    },
  );
  const seconds = (performance.now() - start) / 1_000;
  await connection.close();
  process.send?.({ report, seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1_024) });
  process.disconnect();
}

async function measure(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'socle-bench-import-'));
  const server = await startEmbedded({ dataFolder: join(folder, 'data'), log: silentLog });
  const connection = connect(server.address);
  try {
    await migrate(connection.pool, migrationSources());
    const files = [join(folder, 'first.csv'), join(folder, 'second.csv')] as const;
    await pipeline(Readable.from(csvOf(rows, 1)), createWriteStream(files[0]));
    await pipeline(Readable.from(csvOf(rows, 2)), createWriteStream(files[1]));
    const megabytes = Math.round((await stat(files[0])).size / 1e6);
    const first = await timed(server.address, files[0], '2016-11');
    const second = await timed(server.address, files[1], '2017-06');
    const again = await timed(server.address, files[1], '2017-06');
    const peakMb = Math.max(first.peakMb, second.peakMb, again.peakMb);
    const copySeconds = await copyRows(connection, files[0]);

    const line = (what: string, seconds: number, note: string) =>
      console.log(
        `${what.padEnd(42)} ${seconds.toFixed(2).padStart(8)} s ${String(Math.round(rows / seconds)).padStart(9)} rows/s  ${note}`,
      );
    console.log(`Import of ${rows} rows (${megabytes} MB)`);
    line('first edition', first.seconds, `${first.report.written} written, peak ${first.peakMb} MB`);
    line(
      'second edition, 1 name in 10 changed',
      second.seconds,
      `${second.report.matched} matched, ${second.report.proposed} proposed, peak ${second.peakMb} MB`,
    );
    line(
      'second edition once more',
      again.seconds,
      `${again.report.unchanged} unchanged, peak ${again.peakMb} MB`,
    );
    line('peer: COPY of the first file, text columns', copySeconds, 'no parsing, no check, no identity');
    console.log(
      'Not covered: the memory of PostgreSQL, the upload through the web page, other writers at the same time, and names that are alike by the thousand.',
    );
    console.log(
      JSON.stringify({
        bench: 'import',
        rows,
        megabytes,
        seconds: Number(first.seconds.toFixed(2)),
        rows_per_second: Math.round(rows / first.seconds),
        second_edition_seconds: Number(second.seconds.toFixed(2)),
        unchanged_seconds: Number(again.seconds.toFixed(2)),
        peak_rss_mb: peakMb,
        copy_seconds: Number(copySeconds.toFixed(2)),
        vs_copy: Number((copySeconds / first.seconds).toFixed(3)),
      }),
    );
  } finally {
    await connection.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.send) await importInChild(JSON.parse(process.argv[2] ?? '{}'));
else await measure(Number(process.argv[2] ?? 100_000));
