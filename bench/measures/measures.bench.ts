// A million daily measures of one indicator: taken in, against a plain insert of the same rows into the same table; read
// at a statistics address as CSV and as JSON; then charted by month from what is kept of each month, against the same chart
// from the days. Runs on an embedded PostgreSQL of its own, durable as in an installation. Options: --days, each of a
// thousand measures; --rounds.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { migrationSources } from '#app/modules.ts';
import { dayAfter, daysBefore } from '#platform/calendar-days.rules.ts';
import { clockStandingAt } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import { connect, type Db } from '#platform/database/connection.ts';
import { startEmbedded } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrations.ts';
import { openOutgoing } from '#platform/http/outgoing.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { insertIndicator } from '../../src/modules/impact/indicators/indicators.repository.ts';
import type { MeasureLine } from '../../src/modules/impact/indicators/indicators.types.ts';
import { takeMeasures } from '../../src/modules/impact/indicators/measures.actions.ts';
import { readSeries } from '../../src/modules/impact/indicators/measures.repository.ts';
import { runSource } from '../../src/modules/impact/sources/runs.actions.ts';
import { insertSource } from '../../src/modules/impact/sources/sources.repository.ts';
import type { StatisticsFormat } from '../../src/modules/impact/sources/sources.types.ts';
import { median, printFigures, printMachine, round } from '../support/figures.ts';

const { values } = parseArgs({
  options: { days: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } },
});
const DAYS = Number(values.days);
const ROUNDS = Number(values.rounds);
const SEGMENTS = 1_000;
/** Days of a portion, whatever takes them in. */
const PORTION_DAYS = 20;
const CHARTS = 9;
const LAST = '2026-10-31';
const FIRST = daysBefore(LAST, DAYS - 1);
const NOW = new Date('2026-11-24T10:00:00Z');
const ORIGIN = 'measured';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The measures as a reader gives them: in portions, none of which stays. */
async function* portions(): AsyncGenerator<MeasureLine[]> {
  for (let from = 0; from < DAYS; from += PORTION_DAYS) {
    const lines: MeasureLine[] = [];
    for (let at = from; at < Math.min(DAYS, from + PORTION_DAYS); at += 1) {
      const day = dayAfter(FIRST, at);
      for (let part = 0; part < SEGMENTS; part += 1)
        lines.push({ day, segment: `part ${part}`, value: (at + part) % 97 });
    }
    yield lines;
  }
}

async function newIndicator(db: Db): Promise<string> {
  const id = randomUUID();
  await db.transaction().execute((trx) =>
    insertIndicator(trx, {
      id,
      title: 'A million',
      subject: 'Benchmark',
      organisationId: randomUUID(),
      unit: 'calls',
      direction: 'up',
      population: 'All',
      aggregation: 'sum',
      cadence: 'daily',
      isPublic: true,
      state: 'open',
      createdAt: NOW,
      closedAt: null,
    }),
  );
  return id;
}

function takeIn(db: Db, indicatorId: string): Promise<unknown> {
  const intake = { indicatorId, origin: ORIGIN, sourceId: null, actor: null, evidence: '' } as const;
  return db.transaction().execute((trx) => takeMeasures(trx, { ...intake, lines: portions() }, NOW));
}

/** The peer: the same rows into the same table, without a rule, a month or a correction. */
function insertPlainly(db: Db, indicatorId: string): Promise<unknown> {
  return db.transaction().execute(async (trx) => {
    for await (const lines of portions()) {
      await sql`
        insert into impact.measures (indicator_id, origin, day, segment, value, received_at)
        select ${indicatorId}::uuid, ${ORIGIN}, g.day, g.segment, g.value, ${NOW}::timestamptz
        from unnest(${lines.map(({ day }) => day)}::date[], ${lines.map(({ segment }) => segment)}::text[],
          ${lines.map(({ value }) => value)}::float8[]) as g(day, segment, value)`.execute(trx);
    }
  });
}

/** The measures as a statistics address writes them. */
async function* documentIn(format: StatisticsFormat): AsyncGenerator<string> {
  yield format === 'csv' ? 'day,value,segment\n' : '[';
  let between = '';
  for await (const lines of portions()) {
    for (const line of lines) {
      if (format === 'csv') yield `${line.day},${line.value},${line.segment}\n`;
      else yield `${between}${JSON.stringify(line)}`;
      between = ',';
    }
  }
  if (format === 'json') yield ']';
}

/** The same in pieces of the size that a network brings. */
async function* pieces(format: StatisticsFormat): AsyncGenerator<string> {
  let piece = '';
  for await (const part of documentIn(format)) {
    piece += part;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Reads the measures at an address as the job does. @returns milliseconds, from the request to the kept run. */
async function readAtAddress(db: Db, indicatorId: string, format: StatisticsFormat): Promise<number> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': format === 'csv' ? 'text/csv' : 'application/json' });
    pipeline(Readable.from(pieces(format)), response).catch(() => {});
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const outgoing = openOutgoing({ allowPrivate: true });
  const id = randomUUID();
  const at = format === 'csv' ? '' : '/';
  const settings = {
    url: `http://127.0.0.1:${(site.address() as AddressInfo).port}/`,
    format,
    everyHours: 24,
    list: '',
    day: `${at}day`,
    value: `${at}value`,
    segment: `${at}segment`,
    measure: '',
    subject: '',
  };
  const source = { id, indicatorId, kind: 'address', settings, tokenHash: null, nextRunAt: NOW } as const;
  await db.transaction().execute((trx) => insertSource(trx, NOW, source));
  const needs = { db, clock: clockStandingAt(NOW), outgoing, config: loadConfig({}), log: silentLog };
  try {
    return await timed(async () => {
      const run = await runSource(needs, id);
      if (run?.taken !== DAYS * SEGMENTS) throw new Error(`The source was not read: ${JSON.stringify(run)}`);
    });
  } finally {
    await outgoing.close();
    site.closeAllConnections();
    site.close();
  }
}

/** The chart without what is kept of the months. */
async function chartFromDays(db: Db, indicatorId: string, from: string): Promise<unknown> {
  return sql`select date_trunc('month', day)::date as day, sum(value) as value from impact.measures
    where indicator_id = ${indicatorId} and origin = ${ORIGIN} and day between ${from}::date and ${LAST}::date
    group by 1 order by 1`.execute(db);
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const server = await startEmbedded({ dataFolder: folder, log: silentLog });
const { db, pool, close } = connect(server.address);
try {
  await migrate(pool, migrationSources());
  const taking: number[] = [];
  const inserting: number[] = [];
  let indicatorId = '';
  let grownMb = 0;
  for (let at = 0; at < ROUNDS; at += 1) {
    const plain = await newIndicator(db);
    inserting.push(await timed(() => insertPlainly(db, plain)));
    indicatorId = await newIndicator(db);
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => {
      grownMb = Math.max(grownMb, (process.memoryUsage.rss() - before) / 2 ** 20);
    }, 50);
    taking.push(await timed(() => takeIn(db, indicatorId)));
    clearInterval(watch);
  }
  const readCsv = await readAtAddress(db, await newIndicator(db), 'csv');
  const readJson = await readAtAddress(db, await newIndicator(db), 'json');
  const again = await timed(() => takeIn(db, indicatorId));
  await sql`vacuum analyze impact.measures`.execute(db);
  const from = `${FIRST.slice(0, 7)}-01`;
  const asked = { indicatorId, origin: ORIGIN, from, until: LAST, by: 'month' } as const;
  const kept: number[] = [];
  const raw: number[] = [];
  for (let at = 0; at < CHARTS; at += 1) {
    kept.push(await timed(() => readSeries(db, asked)));
    raw.push(await timed(() => chartFromDays(db, indicatorId, from)));
  }
  const count = DAYS * SEGMENTS;
  const perSecond = (ms: number) => round(count / (ms / 1000), 0);
  const figures = {
    measures: count,
    intakeSeconds: round(median(taking) / 1000, 2),
    takenPerSecond: perSecond(median(taking)),
    plainInsertPerSecond: perSecond(median(inserting)),
    vs_plain_insert: round(median(inserting) / median(taking), 2),
    readCsvPerSecond: perSecond(readCsv),
    readJsonPerSecond: perSecond(readJson),
    againPerSecond: perSecond(again),
    intakeGrownMb: round(grownMb, 0),
    chartMs: round(median(kept), 2),
    chartFromDaysMs: round(median(raw), 1),
    vs_raw_query: round(median(raw) / median(kept), 0),
  };
  printMachine();
  printFigures(
    [
      { what: 'taken in', ms: round(median(taking), 0), perSecond: figures.takenPerSecond },
      { what: 'inserted plainly', ms: round(median(inserting), 0), perSecond: figures.plainInsertPerSecond },
      { what: 'read at an address, CSV', ms: round(readCsv, 0), perSecond: figures.readCsvPerSecond },
      { what: 'read at an address, JSON', ms: round(readJson, 0), perSecond: figures.readJsonPerSecond },
      { what: 'taken in again, all known', ms: round(again, 0), perSecond: figures.againPerSecond },
      { what: 'chart by month, kept', ms: figures.chartMs },
      { what: 'chart by month, from the days', ms: figures.chartFromDaysMs },
    ],
    'the page around the chart, and a network slower than loopback.',
    figures,
  );
} finally {
  await close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
