// What contracts read of indicators: which there are, and the series around a baseline. The one place that knows how.

import type { Actor } from '#platform/access.ts';
import { dayAfter, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { indicatorsSeenBy } from '../indicators/indicator-access.rules.ts';
import { findIndicators, readSeries } from '../indicators/indicators.repository.ts';
import type { Direction } from '../verdicts/verdicts.types.ts';
import type { ContractTerms } from './contracts.types.ts';
import { type ContractSeries, DAYS_BEFORE, type Point } from './verdict-input.rules.ts';

/** An indicator as a contract names it. */
export interface ContractIndicator {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly direction: Direction;
}

/** The indicators with these ids (UUIDs); those that nobody has are left out. */
export async function listContractIndicators(db: Db, ids: readonly string[]): Promise<ContractIndicator[]> {
  return findIndicators(db, ids);
}

/** Those of them that the actor may put into a contract: the public ones and those of their organisations. */
export async function listUsableIndicators(
  db: Db,
  actor: Actor,
  ids: readonly string[],
): Promise<ContractIndicator[]> {
  const reach = indicatorsSeenBy(actor);
  const found = await findIndicators(db, ids);
  return found.filter(
    ({ isPublic, organisationId }) => isPublic || reach === 'all' || reach.includes(organisationId),
  );
}

/** The series that a contract reads, from three years before its baseline until the day `until`. */
export async function readContractSeries(
  db: Db,
  terms: ContractTerms,
  { until, step }: { readonly until: string; readonly step: 'month' | 'week' },
): Promise<ContractSeries> {
  const { indicatorId, origin, baselineOn, units } = terms;
  const start = daysBefore(baselineOn, DAYS_BEFORE);
  const read = (id: string, from: string, to: string): Promise<readonly Point[]> =>
    from > to ? Promise.resolve([]) : readSeries(db, { indicatorId: id, origin, from, until: to, by: step });
  const ids = units.flatMap((unit) => [unit.indicatorId, ...(unit.controlId ? [unit.controlId] : [])]);
  const [before, after, compared] = await Promise.all([
    read(indicatorId, start, baselineOn),
    read(indicatorId, dayAfter(baselineOn), until),
    Promise.all(ids.map(async (id) => [id, await read(id, start, until)] as const)),
  ]);
  return { before, after, compared: new Map(compared) };
}
