// What an opinion sets off, in its own transaction: the first baseline is frozen, recommendations go to the register, the
// directorate's probability and the model's forecast of that day are kept to be scored.
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { freezeFirstBaseline } from '../baselines/baselines.actions.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { keepForecast, recordJudgement } from '../forecast/forecasts.actions.ts';
import { issueRecommendations } from '../recommendations/issue.actions.ts';
import type { Advice, OpinionKind, OpinionRequest } from './opinions.types.ts';

/** An opinion that was just recorded. */
export interface OpinionEffect {
  readonly fileId: string;
  readonly opinionId: string;
  readonly kind: OpinionKind;
  readonly recommendations: readonly Advice[];
  readonly probability: number | null;
  readonly actor: LedgerActor;
  readonly request: Pick<OpinionRequest, 'costCents' | 'endOn'>;
}

/**
 * Bears it. A favourable opinion, tacit and with recommendations too, freezes the first baseline of a file that waits for
 * one; a project that left meanwhile keeps what it has, so that silence is recorded all the same.
 */
export async function bearOpinion(
  trx: Trx,
  now: Date,
  { fileId, opinionId, kind, recommendations, probability, actor, request }: OpinionEffect,
  { config }: Pick<Kernel, 'config'>,
): Promise<void> {
  if (kind !== 'unfavourable') {
    const facts = await fileStateFor(trx, fileId);
    if (facts?.state === 'submitted' && facts.firstBaseline === null)
      await freezeFirstBaseline(trx, { fileId, opinionId, at: now, actor });
  }
  // The model's own word beside the directorate's, of the same day.
  await keepForecast(trx, {
    fileId,
    at: now,
    timeZone: config.timeZone,
    occasion: 'opinion',
    occasionId: opinionId,
  });
  if (probability !== null)
    await recordJudgement(trx, {
      fileId,
      at: now,
      kind: 'opinion',
      sourceId: opinionId,
      probability,
      frameCostCents: request.costCents,
      frameEndOn: request.endOn,
      actor,
    });
  await issueRecommendations(trx, {
    now,
    today: dayIn(now, config.timeZone),
    actor,
    items: recommendations.map(({ text, dueOn }) => ({
      sourceKind: 'opinion',
      sourceId: opinionId,
      fileId,
      text,
      ownerId: null,
      dueOn,
    })),
  });
}
