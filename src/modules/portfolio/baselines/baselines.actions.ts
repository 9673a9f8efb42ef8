// Baselines are frozen, proposed and decided here, each in one transaction with its ledger entry.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { fileActorOf, instructsFile } from '../files/file-access.rules.ts';
import { keptFileAt, lockedFileAt } from '../files/file-at.ts';
import { checkedReason } from '../files/file-input.rules.ts';
import { baselineIsDecided, baselineIsWaiting, fileIsElsewhere, ownBaseline } from '../files/files.errors.ts';
import { lockFile } from '../files/files.repository.ts';
import {
  decideBaseline,
  findProposedBaseline,
  insertBaseline,
  lockBaseline,
  readPlan,
  updateFrozenFile,
} from './baselines.repository.ts';
import type { Baseline } from './baselines.types.ts';

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
  await publicDataChanged(trx);
  await appendToLedger(trx, at, {
    kind: 'portfolio.baseline-frozen',
    subject: `portfolio/project-file/${fileId}`,
    actor,
    data: { baseline: id, opinion: opinionId, ...baseline },
  });
  return id;
}

/**
 * Proposes a new baseline from the latest estimate, the cost table and the milestones as they stand. @returns its id.
 * Throws as `keptFileAt` does, `invalid-input` without a reason, `portfolio.file-is-in-another-state` before the first
 * baseline, `portfolio.baseline-is-waiting` while another waits.
 */
export async function proposeBaseline(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  fileId: string,
  typed: { readonly reason: string; readonly scopeText: string },
): Promise<string> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const file = await keptFileAt(trx, actor, fileId);
    const facts = await fileStateFor(trx, fileId);
    const { reason, faults } = checkedReason(typed.reason);
    const scope = checkedReason(
      typed.scopeText === '' ? file.objectives || file.name : typed.scopeText,
      'scopeText',
    );
    if (faults.length + scope.faults.length > 0) throw invalidInput({ fields: [...faults, ...scope.faults] });
    const estimate = facts?.latestEstimate;
    if (!facts?.firstBaseline || !estimate || estimate.costCents === 0) {
      throw fileIsElsewhere({ detail: { state: file.state } });
    }
    if (await findProposedBaseline(trx, fileId)) throw baselineIsWaiting();
    const author = fileActorOf(actor, file);
    const baseline = {
      fileId,
      number: null,
      costCents: estimate.costCents,
      startOn: file.startedOn,
      endOn: estimate.endOn,
      scopeShare: estimate.scopeShare,
      scopeText: scope.reason,
      reason,
      opinionId: null,
    };
    const plan = await readPlan(trx, fileId);
    const id = await insertBaseline(trx, now, { ...baseline, plan, author });
    await appendToLedger(trx, now, {
      kind: 'portfolio.baseline-proposed',
      subject: `portfolio/project-file/${fileId}`,
      actor: author,
      data: { baseline: id, ...baseline },
    });
    return id;
  });
}

/**
 * Approves or refuses a proposed baseline, for the directorate. Throws `not-found`, `role-required` for whoever does not
 * decide on this file, `portfolio.baseline-by-its-author`, `portfolio.baseline-is-decided` for the second of two who decide,
 * `invalid-input` without a decision or a reason.
 */
export async function judgeBaseline(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  { fileId, baselineId }: { readonly fileId: string; readonly baselineId: string },
  typed: { readonly decision: string; readonly reason: string },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await lockedFileAt(trx, actor, fileId);
    const baseline = isUuid(baselineId) ? await lockBaseline(trx, fileId, baselineId) : undefined;
    if (!baseline) throw notFound();
    if (isBy(baseline, actor)) throw ownBaseline();
    if (!instructsFile(actor, file)) throw roleRequired();
    if (baseline.state !== 'proposed') throw baselineIsDecided();
    const { reason, faults } = checkedReason(typed.reason);
    if (typed.decision !== 'approved' && typed.decision !== 'refused') {
      faults.push({
        field: 'decision',
        text: { fr: 'Approuvez ou refusez.', en: 'Approve or refuse.' },
      });
    }
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const approved = typed.decision === 'approved';
    const decidedBy: LedgerActor = { kind: 'person', personId: actor.personId, role: 'auditor' };
    await decideBaseline(trx, now, baselineId, { approved, decidedBy, reason });
    await publicDataChanged(trx);
    await appendToLedger(trx, now, {
      kind: approved ? 'portfolio.baseline-approved' : 'portfolio.baseline-refused',
      subject: `portfolio/project-file/${fileId}`,
      actor: decidedBy,
      data: { baseline: baselineId, reason },
    });
  });
}

function isBy({ author }: Baseline, actor: Actor): boolean {
  return author.kind === 'person' && author.personId === actor.personId;
}
