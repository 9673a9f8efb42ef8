// Issues recommendations in the transaction of the opinion, audit or conference that they come from.
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { listLatestForecasts } from '../forecast/kept-forecasts.repository.ts';
import { insertRecommendations } from './recommendations.repository.ts';
import { faultsOfNew } from './recommendations.rules.ts';
import type { NewRecommendation } from './recommendations.types.ts';

/**
 * Issues recommendations into the register and the ledger, each with its first step and the project's latest forecast.
 * @param field the field that a fault of the text or day names, its number appended: `recommendations` unless told.
 * @returns their ids, in the order given.
 * @throws `invalid-input` when a text or a day is wrong: nothing is written.
 */
export async function issueRecommendations(
  trx: Trx,
  {
    now,
    today,
    actor,
    items,
    field = 'recommendations',
  }: {
    readonly now: Date;
    /** The day in the State's time zone: none may be due before it. */
    readonly today: string;
    readonly actor: LedgerActor;
    readonly items: readonly NewRecommendation[];
    readonly field?: string;
  },
): Promise<string[]> {
  const fields: FieldError[] = items.flatMap((item, at) =>
    faultsOfNew(item, today).map(({ text }) => ({
      field: items.length === 1 ? field : `${field}-${at + 1}`,
      text,
    })),
  );
  if (fields.length > 0) throw invalidInput({ fields });
  if (items.length === 0) return [];
  const latest = await listLatestForecasts(trx, [...new Set(items.map(({ fileId }) => fileId))]);
  const forecasts = new Map([...latest].map(([fileId, { id }]) => [fileId, id]));
  const ids = await insertRecommendations(trx, { now, actor, items, forecasts });
  await appendAllToLedger(
    trx,
    now,
    items.map(({ sourceKind, sourceId, fileId, dueOn }, at) => ({
      kind: 'portfolio.recommendation-issued',
      subject: `portfolio/recommendation/${ids[at]}`,
      actor,
      data: { sourceKind, sourceId, fileId, dueOn },
    })),
  );
  return ids;
}
