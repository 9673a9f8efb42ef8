// What it costs to record a decision: one entry appended per transaction, beside the bare insert of the same bytes.
// Runs on an embedded PostgreSQL of its own, durable as in an installation. Options: --rounds, --slices in a round.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { systemClock } from '#platform/clock.ts';
import { connect, type Db, type Trx } from '#platform/database/connection.ts';
import { startEmbedded } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrations.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { exportLedger } from '#platform/ledger/export.ts';
import { integratePending, startIntegrator } from '#platform/ledger/integrator.ts';
import type { LedgerEntry } from '#platform/ledger/ledger.types.ts';
import { ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import { verifyExport } from '#platform/ledger/verify.ts';
import { verifyDatabase } from '#platform/ledger/verify-database.ts';
import { silentLog } from '#test/support/silent-log.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, slices: { type: 'string', default: '5' } },
});
const ROUNDS = Number(values.rounds);
/** Slices of each kind in a round. They are short and take turns, so that what else the machine does hits both. */
const SLICES = Number(values.slices);
const SLICE_MS = 1_000;
const CONCURRENCIES = [1, 8];

const LEDGER = [
  { name: 'ledger', folder: new URL('../../src/platform/ledger/migrations/', import.meta.url) },
];

// The columns and the indexes that any table of decisions would have without the ledger.
const BARE = `
  create table bare (
    id uuid primary key, at timestamptz not null, kind text not null, subject text not null,
    actor json not null, data json not null, salt bytea not null, data_hash bytea not null, leaf_hash bytea not null
  );
  create index on bare (subject)`;

/** A decision of ordinary size, another one each time. */
function decision(): LedgerEntry {
  return {
    kind: 'portfolio.match-accepted',
    subject: `portfolio/project/${randomUUID()}`,
    actor: { kind: 'person', personId: randomUUID(), role: 'auditor' },
    data: {
      edition: '2016-11',
      name: 'Refonte du système d’information',
      score: Math.random(),
      reason: 'Même ministère, même année de début, même zone fonctionnelle.',
    },
  };
}

const salt = randomBytes(16);
const hash = randomBytes(32);

async function bareInsert(trx: Trx, now: Date, { kind, subject, actor, data }: LedgerEntry): Promise<void> {
  await sql`
    insert into bare (id, at, kind, subject, actor, data, salt, data_hash, leaf_hash)
    values (${randomUUID()}, ${now}, ${kind}, ${subject}, ${JSON.stringify(actor)}, ${JSON.stringify(data)},
            ${salt}, ${hash}, ${hash})
  `.execute(trx);
}

type Write = (trx: Trx, now: Date, entry: LedgerEntry) => Promise<unknown>;

interface Work {
  transactions: number;
  milliseconds: number;
}

/** One slice: `writers` at once, each writing one row per transaction. */
async function slice(db: Db, writers: number, write: Write): Promise<Work> {
  let transactions = 0;
  const start = performance.now();
  const until = start + SLICE_MS;
  const loop = async () => {
    while (performance.now() < until) {
      await db.transaction().execute((trx) => write(trx, systemClock.now(), decision()));
      transactions += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, loop));
  return { transactions, milliseconds: performance.now() - start };
}

/** Transactions a second over several slices. */
function rateOf(works: readonly Work[]): number {
  const sum = (key: keyof Work) => works.reduce((total, work) => total + work[key], 0);
  return (sum('transactions') / sum('milliseconds')) * 1_000;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const whole = (n: number) => Math.round(n).toLocaleString('en');
const spread = (numbers: readonly number[], show: (n: number) => string) =>
  `${show(median(numbers)).padStart(8)}  (${show(Math.min(...numbers))} to ${show(Math.max(...numbers))})`;
const twoDigits = (n: number) => n.toFixed(2);

const dataFolder = await mkdtemp(join(tmpdir(), 'socle-bench-ledger-'));
const server = await startEmbedded({ dataFolder, log: silentLog });
const { db, pool, close } = connect(server.address, { max: 16 });
const signer = ledgerSigner(newLedgerKey(), 'bench.socle.local/ledger');
const figures: Record<string, number> = {};
try {
  await migrate(pool, LEDGER);
  await pool.query(BARE);
  const { rows } = await pool.query('show server_version');
  console.log(
    `ledger: Node ${process.version}, PostgreSQL ${rows[0].server_version} (durable), ${cpus().length} x ${cpus()[0]?.model ?? 'processor'}`,
  );
  console.log(
    `${ROUNDS} rounds of ${SLICES} slices of ${SLICE_MS} ms each, in turn; one row per transaction; median (least to most)\n`,
  );

  const bare = (writers: number) => slice(db, writers, bareInsert);
  // The integrator works as in the server, and in these slices alone: what one leaves waiting, the next one starts with,
  // so that each gives as many entries their place as it appends.
  const append = async (writers: number) => {
    const integrator = startIntegrator({ db, signer, clock: systemClock, log: silentLog });
    const work = await slice(db, writers, appendToLedger);
    await integrator.stop();
    return work;
  };

  for (let warmUp = 0; warmUp < 4; warmUp++) {
    await append(8);
    await bare(8);
  }
  for (const writers of CONCURRENCIES) {
    const bares: number[] = [];
    const appends: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const bareWork: Work[] = [];
      const appendWork: Work[] = [];
      for (let n = 0; n < SLICES; n++) {
        // The order turns, so that neither always finds the disk as the other left it.
        if (n % 2 === 0) bareWork.push(await bare(writers));
        appendWork.push(await append(writers));
        if (n % 2 === 1) bareWork.push(await bare(writers));
      }
      bares.push(rateOf(bareWork));
      appends.push(rateOf(appendWork));
    }
    const ratios = appends.map((each, i) => each / (bares[i] ?? Number.NaN));
    console.log(`${writers} at once`);
    console.log(`  bare insert    ${spread(bares, whole)} transactions/s`);
    console.log(
      `  append         ${spread(appends, whole)} transactions/s, while the integrator gives them their place`,
    );
    console.log(`  append / bare  ${spread(ratios, twoDigits)}`);
    figures[`bare_per_s_at_${writers}`] = Math.round(median(bares));
    figures[`append_per_s_at_${writers}`] = Math.round(median(appends));
    figures[`append_vs_bare_insert_at_${writers}`] = Number(median(ratios).toFixed(3));
  }

  await integratePending(db, signer, systemClock);

  async function* lines() {
    for await (const line of exportLedger({ db, clock: systemClock }, signer)) yield JSON.stringify(line);
  }
  const exported: string[] = [];
  const exportStart = performance.now();
  for await (const line of lines()) exported.push(line);
  const verifyStart = performance.now();
  const offline = await verifyExport(exported, { verifierKey: signer.verifierKey });
  const databaseStart = performance.now();
  const online = await verifyDatabase(db, signer);
  const end = performance.now();
  if (offline.fault || online.fault) throw new Error('The log that was just written does not verify.');
  const perSecond = (from: number, to: number) => Math.round((offline.entries / (to - from)) * 1_000);
  figures.entries = offline.entries;
  figures.export_entries_per_s = perSecond(exportStart, verifyStart);
  figures.verify_file_entries_per_s = perSecond(verifyStart, databaseStart);
  figures.verify_database_entries_per_s = perSecond(databaseStart, end);
  figures.append_vs_bare_insert = Math.min(
    ...CONCURRENCIES.map((n) => figures[`append_vs_bare_insert_at_${n}`] ?? 0),
  );
  console.log(
    `\n${whole(offline.entries)} entries: exported at ${whole(figures.export_entries_per_s)}/s, verified from the export at ${whole(figures.verify_file_entries_per_s)}/s, in the database at ${whole(figures.verify_database_entries_per_s)}/s`,
  );
  console.log(
    'Not covered: a database on another machine, transactions that write more than the entry (their share is smaller),',
  );
  console.log('a log far larger than memory, and several processes that append.\n');
  console.log(JSON.stringify(figures));
} finally {
  await close();
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
}
