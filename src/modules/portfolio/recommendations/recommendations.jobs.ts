// Work on recommendations that nobody asks for: each morning, what is overdue is told to the next level, once each.
import { Type } from 'typebox';
import { findCorrespondents, listHoldersOf } from '#modules/identity/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { settingOn } from '../settings/settings.repository.ts';
import { type Overdue, tellOfOverdue } from './escalation-mail.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import { insertSteps, lockOverdue, updateEscalated } from './recommendations.repository.ts';
import { levelsToTell } from './recommendations.rules.ts';
import { ESCALATION_LEVELS } from './recommendations.types.ts';

const BY: LedgerActor = { kind: 'system', name: 'portfolio.escalate-recommendations' };
const AT_ONCE = 200;

type Needs = Pick<Kernel, 'db' | 'clock' | 'config' | 'mailer'>;

async function tell(trx: Trx, kernel: Needs, now: Date, told: readonly Overdue[]): Promise<void> {
  const owners = await findCorrespondents(
    trx,
    told.map(({ recommendation }) => recommendation.ownerId),
  );
  const organisations = told.flatMap(({ recommendation: { organisationId, organisationParentId } }) => [
    organisationId,
    ...(organisationParentId === null ? [] : [organisationParentId]),
  ]);
  const directorate = told.some(({ level }) => level >= 3)
    ? await listHoldersOf(trx, ['auditor'], null, now)
    : [];
  const directors = new Map<string, Awaited<ReturnType<typeof listHoldersOf>>>();
  for (const id of new Set(organisations))
    directors.set(id, await listHoldersOf(trx, ['digital-director'], [id], now));
  const mails = new Map<string, { to: (typeof directorate)[number]; overdue: Overdue[] }>();
  for (const one of told) {
    const { organisationId, organisationParentId, ownerId } = one.recommendation;
    const director = directors.get(organisationId) ?? [];
    const above = director.length > 0 ? [] : (directors.get(organisationParentId ?? '') ?? []);
    const owner = owners.get(ownerId);
    const readers = [
      owner ? [owner] : [],
      [...director, ...above],
      directorate,
      [...director, ...above, ...directorate],
    ][one.level - 1];
    for (const to of readers ?? []) {
      const mail = mails.get(to.id) ?? { to, overdue: [] };
      mail.overdue.push(one);
      mails.set(to.id, mail);
    }
  }
  // One message for each person, whatever the number of recommendations.
  for (const { to, overdue } of mails.values()) await tellOfOverdue(trx, kernel, to, overdue);
}

async function escalateBatch(kernel: Needs): Promise<Overdue[]> {
  return kernel.db.transaction().execute(async (trx) => {
    const now = kernel.clock.now();
    const today = dayIn(now, kernel.config.timeZone);
    const days = (await settingOn(trx, 'escalation-days', today)) ?? [];
    const due = await lockOverdue(trx, { today, days, limit: AT_ONCE });
    const told = due.flatMap((recommendation) =>
      levelsToTell(recommendation, today, days).map((level) => ({ recommendation, level })),
    );
    await insertSteps(
      trx,
      told.map(({ recommendation: { id }, level }) => ({
        id,
        step: 'escalate',
        at: now,
        actor: BY,
        text: null,
        details: { level },
      })),
    );
    await updateEscalated(
      trx,
      due.map(({ id }) => ({
        id,
        level: Math.max(
          ...told.filter(({ recommendation }) => recommendation.id === id).map(({ level }) => level),
        ),
      })),
    );
    await appendAllToLedger(
      trx,
      now,
      told.map(({ recommendation: { id, fileId, dueOn }, level }) => ({
        kind: 'portfolio.recommendation-escalated',
        subject: `portfolio/recommendation/${id}`,
        actor: BY,
        data: { fileId, dueOn, level, to: ESCALATION_LEVELS[level - 1] },
      })),
    );
    await tell(trx, kernel, now, told);
    return told;
  });
}

/**
 * Tells each overdue recommendation to the levels that are due: owner, ministry's digital director, directorate,
 * conference agenda. A level is told once, however often this runs; a batch and its mail are one transaction.
 */
export async function escalateRecommendations(
  kernel: Needs,
  signal?: AbortSignal,
): Promise<{ readonly told: number }> {
  let told = 0;
  while (!signal?.aborted) {
    const batch = await escalateBatch(kernel);
    if (batch.length === 0) break;
    told += batch.length;
  }
  return { told };
}

/** Each morning of a working day. */
export const escalateRecommendationsJob: JobDefinition<Record<string, never>, { readonly told: number }> = {
  name: 'portfolio.escalate-recommendations',
  title: { fr: 'Relances sur les recommandations en retard', en: 'Escalation of overdue recommendations' },
  input: Type.Object({}),
  schedule: '40 5 * * 1-5',
  retries: 2,
  run: (_input, { kernel, signal }) => escalateRecommendations(kernel, signal),
  describe: ({ told }, locale) => ({
    sentence: recommendationsMessages(locale).job(told),
    link: { href: '/projects/recommendations', text: recommendationsMessages(locale).title },
  }),
};
