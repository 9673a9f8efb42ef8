// Baselines are frozen, proposed and decided here, each in one transaction with its ledger entry.
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { fileIsElsewhere } from '../files/files.errors.ts';
import { lockFile } from '../files/files.repository.ts';
import { insertBaseline, readPlan, updateFrozenFile } from './baselines.repository.ts';

/**
 * Freezes the first baseline of a submitted file from its latest estimate, its cost table and its milestones, at the first
 * favourable opinion (a tacit one too); the file runs from then on. A file that has a first baseline keeps it: nothing is
 * done then. @returns the id of the baseline that was frozen, null where there was one already. Throws `not-found` for a
 * draft or unknown file, `portfolio.file-is-in-another-state` for one that has ended or has no cost.
 */
export async function freezeFirstBaseline(
  trx: Trx,
  {
    fileId,
    opinionId,
    at,
    actor,
  }: {
    readonly fileId: string;
    /** The opinion that freezes it; null only where none is kept (demonstration). */
    readonly opinionId: string | null;
    readonly at: Date;
    readonly actor: LedgerActor;
  },
): Promise<string | null> {
  const file = await lockFile(trx, fileId, { organisationIds: [], beside: 'submitted' });
  const facts = await fileStateFor(trx, fileId);
  const estimate = facts?.latestEstimate;
  if (!file || !facts || !estimate) throw notFound();
  if (facts.firstBaseline) return null;
  if (file.state !== 'submitted' || estimate.costCents === 0) {
    throw fileIsElsewhere({ detail: { state: file.state, costCents: estimate.costCents } });
  }
  const baseline = {
    fileId,
    number: 1,
    costCents: estimate.costCents,
    startOn: file.startedOn,
    endOn: estimate.endOn,
    scopeShare: estimate.scopeShare,
    scopeText: file.objectives,
  };
  const reason = 'Premier avis favorable';
  const plan = await readPlan(trx, fileId);
  const id = await insertBaseline(trx, at, { ...baseline, plan, reason, author: actor, opinionId });
  await updateFrozenFile(trx, at, fileId);
  await appendToLedger(trx, at, {
    kind: 'portfolio.baseline-frozen',
    subject: `portfolio/project-file/${fileId}`,
    actor,
    data: { baseline: id, opinion: opinionId, ...baseline },
  });
  return id;
}
