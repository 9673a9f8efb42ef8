// A million daily measures of one indicator: taken in, then charted by month from what is kept of each month against the
// same chart from the days. Runs on an embedded PostgreSQL of its own, durable as in an installation. Option: --days,
// each of a thousand measures.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { migrationSources } from '#app/modules.ts';
import { daysBefore } from '#platform/calendar-days.rules.ts';
import { connect, type Db } from '#platform/database/connection.ts';
import { startEmbedded } from '#platform/database/embedded.ts';
import { migrate } from '#platform/database/migrations.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { insertIndicator } from '../../src/modules/impact/indicators/indicators.repository.ts';
import { takeMeasures } from '../../src/modules/impact/indicators/measures.actions.ts';
import { readSeries } from '../../src/modules/impact/indicators/measures.repository.ts';
import { median, printFigures, printMachine, round } from '../support/figures.ts';

const { values } = parseArgs({ options: { days: { type: 'string', default: '1000' } } });
const DAYS = Number(values.days);
const SEGMENTS = 1_000;
const CHARTS = 9;
const LAST = '2026-10-31';
const NOW = new Date('2026-11-24T10:00:00Z');

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The chart without what is kept of the months. */
async function chartFromDays(db: Db, indicatorId: string, from: string): Promise<unknown> {
  return sql`select date_trunc('month', day)::date as day, sum(value) as value from impact.measures
    where indicator_id = ${indicatorId} and origin = 'measured' and day between ${from}::date and ${LAST}::date
    group by 1 order by 1`.execute(db);
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const server = await startEmbedded({ dataFolder: folder, log: silentLog });
const { db, pool, close } = connect(server.address);
try {
  await migrate(pool, migrationSources());
  const indicatorId = randomUUID();
  await db.transaction().execute((trx) =>
    insertIndicator(trx, {
      id: indicatorId,
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
  const segments = Array.from({ length: SEGMENTS }, (_, at) => `part ${at}`);
  const days = Array.from({ length: DAYS }, (_, at) => daysBefore(LAST, DAYS - 1 - at));
  let importing = 0;
  for (let at = 0; at < DAYS; at += 50) {
    const lines = days
      .slice(at, at + 50)
      .flatMap((day, past) =>
        segments.map((segment, part) => ({ day, segment, value: (at + past + part) % 97 })),
      );
    const intake = {
      indicatorId,
      origin: 'measured',
      sourceId: null,
      actor: null,
      evidence: '',
      lines,
    } as const;
    importing += await timed(() => db.transaction().execute((trx) => takeMeasures(trx, intake, NOW)));
  }
  await sql`vacuum analyze impact.measures`.execute(db);
  const from = `${days[0]?.slice(0, 7)}-01`;
  const asked = { indicatorId, origin: 'measured', from, until: LAST, by: 'month' } as const;
  const kept: number[] = [];
  const raw: number[] = [];
  for (let at = 0; at < CHARTS; at += 1) {
    kept.push(await timed(() => readSeries(db, asked)));
    raw.push(await timed(() => chartFromDays(db, indicatorId, from)));
  }
  const figures = {
    measures: DAYS * SEGMENTS,
    importSeconds: round(importing / 1000),
    importedPerSecond: round((DAYS * SEGMENTS) / (importing / 1000), 0),
    chartMs: round(median(kept), 2),
    chartFromDaysMs: round(median(raw), 1),
    ratio: round(median(raw) / median(kept), 0),
  };
  printMachine();
  printFigures(
    [
      { what: 'by month, kept', ms: figures.chartMs },
      { what: 'by month, from the days', ms: figures.chartFromDaysMs },
    ],
    'the page around the chart, and reading a source over the network.',
    figures,
  );
} finally {
  await close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
