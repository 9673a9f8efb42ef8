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
const EVERY: Record<Cadence, number> = { daily: 1, weekly: 7, monthly: 30 };
/** What is declared lies a little above what is measured, as it often does. */
const DECLARED_ABOVE = 1.04;

/** A number from -1 to 1 that follows from a name alone. */
function swing(name: string): number {
  return createHash('sha256').update(`impact/indicators/${name}`).digest().readUInt32BE(0) / 2 ** 31 - 1;
}

function daysOf({ cadence, endsMonthsAgo = 0, gapMonth }: InventedIndicator, today: string) {
  const back = Math.round(endsMonthsAgo * DAYS_OF_A_MONTH);
  const all = Array.from({ length: Math.ceil((DAYS - back) / EVERY[cadence]) }, (_, at) => {
    const ago = back + at * EVERY[cadence];
    const passed = DAYS - ago;
    return { day: daysBefore(today, ago), passed, month: Math.floor(passed / DAYS_OF_A_MONTH) };
  });
  return all.filter(({ month }) => month !== gapMonth).reverse();
}

function linesOf(invented: InventedIndicator, origin: MeasureOrigin, today: string): MeasureLine[] {
  const { word, start, end, noise, jumpMonth } = invented;
  const days = daysOf(invented, today);
  const digits = Math.max(start, end) > 100 ? 0 : 1;
  return days.map(({ day, passed, month }) => {
    const course = start + ((end - start) * passed) / DAYS;
    const jumps = month === jumpMonth ? JUMP : 1;
    const above = origin === 'declared' && invented.origins.length > 1 ? DECLARED_ABOVE : 1;
    const value = course * (1 + noise * swing(`${word}/${origin}/${passed}`)) * jumps * above;
    return { day, value: Number(value.toFixed(digits)) };
  });
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
