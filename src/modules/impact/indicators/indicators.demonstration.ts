// Loads the demonstration State's indicators with 24 months of measures: the same at every load at the same moment.

import { createHash } from 'node:crypto';
import { inventedId } from '#modules/identity/public.ts';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { INVENTED_INDICATORS, type InventedIndicator } from './indicators.demonstration-data.ts';
import { insertDefinition, insertIndicator } from './indicators.repository.ts';
import type { Cadence, MeasureLine, MeasureOrigin } from './indicators.types.ts';
import { takeMeasures } from './measures.actions.ts';

const DAYS = 730;
const DAYS_OF_A_MONTH = DAYS / 24;
const JUMP = 3;
/** Today and yesterday: a source that reads the product brings what is missing. */
const DAYS_LEFT_TO_READ = 2;
const EVERY: Record<Cadence, number> = { daily: 1, weekly: 7, monthly: 30 };
/** What is declared lies a little above what is measured, as it often does. */
const DECLARED_ABOVE = 1.04;

/** A number from -1 to 1 that follows from a name alone. */
function swing(name: string): number {
  return createHash('sha256').update(`impact/indicators/${name}`).digest().readUInt32BE(0) / 2 ** 31 - 1;
}

function daysOf({ cadence, endsMonthsAgo = 0, gapMonth, publishes }: InventedIndicator, today: string) {
  const back = Math.round(endsMonthsAgo * DAYS_OF_A_MONTH) + (publishes ? DAYS_LEFT_TO_READ : 0);
  const all = Array.from({ length: Math.ceil((DAYS - back) / EVERY[cadence]) }, (_, at) => {
    const ago = back + at * EVERY[cadence];
    const passed = DAYS - ago;
    return { day: daysBefore(today, ago), passed, month: Math.floor(passed / DAYS_OF_A_MONTH) };
  });
  return all.filter(({ month }) => month !== gapMonth).reverse();
}

/** The value of a series so many days after its first: the course goes on beyond the two years that are loaded. */
export function inventedValue(invented: InventedIndicator, origin: MeasureOrigin, passed: number): number {
  const { word, start, end, noise, jumpMonth } = invented;
  const digits = Math.max(start, end) > 100 ? 0 : 1;
  const course = start + ((end - start) * passed) / DAYS;
  const jumps = Math.floor(passed / DAYS_OF_A_MONTH) === jumpMonth ? JUMP : 1;
  const above = origin === 'declared' && invented.origins.length > 1 ? DECLARED_ABOVE : 1;
  const value = course * (1 + noise * swing(`${word}/${origin}/${passed}`)) * jumps * above;
  return Number(value.toFixed(digits));
}

function linesOf(invented: InventedIndicator, origin: MeasureOrigin, today: string): MeasureLine[] {
  const days = daysOf(invented, today);
  return days.map(({ day, passed }) => ({ day, value: inventedValue(invented, origin, passed) }));
}

/** Loads the indicators. It is called once, on an empty database. */
export async function loadIndicators({ db, clock, config }: Kernel): Promise<void> {
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  const from = daysBefore(today, DAYS);
  await db.transaction().execute(async (trx) => {
    for (const invented of INVENTED_INDICATORS) {
      const { word, at, definition, title, subject, unit, direction, population, aggregation, cadence } =
        invented;
      const indicatorId = inventedId('indicator', word);
      const organisationId = inventedId('organisation', at);
      const createdAt = new Date(`${from}T08:00:00Z`);
      const indicator = { title, subject, unit, direction, population, aggregation, cadence, organisationId };
      await insertIndicator(trx, {
        ...indicator,
        id: indicatorId,
        isPublic: true,
        state: 'open',
        createdAt,
        closedAt: null,
      });
      await insertDefinition(trx, indicatorId, {
        text: definition,
        fromDay: from,
        reason: '',
        byPerson: null,
        createdAt,
      });
      await appendToLedger(trx, now, {
        kind: 'impact.indicator-created',
        subject: `impact/indicator/${indicatorId}`,
        actor: { kind: 'system', name: 'impact.demonstration' },
        data: { ...indicator, definition },
      });
      for (const origin of invented.origins) {
        const lines = linesOf(invented, origin, today);
        const evidence = origin === 'declared' ? 'Relevé mensuel de l’équipe, données inventées.' : '';
        const intake = { indicatorId, origin, sourceId: null, actor: null, evidence, lines };
        await takeMeasures(trx, intake, now, config.timeZone);
      }
    }
  });
}
