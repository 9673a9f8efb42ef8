// Decides proposals: accept, reject, undo. Each decision is one transaction with its entry in the ledger.
import type { Clock } from '#platform/clock.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import {
  findProposalToDecide,
  insertDecision,
  lockIdentity,
  mergeProject,
  type ProposalToDecide,
  splitProject,
} from './matches.repository.ts';
import { alreadyMerged, bothInEdition, matchDecided, matchMissing, matchWaiting } from './panorama.errors.ts';

/** What a decision stands on. */
export interface DecidingParts {
  readonly db: Db;
  readonly clock: Clock;
}

/** What a decision left behind. */
export interface Decided {
  readonly id: number;
  readonly decision: 'accepted' | 'rejected' | 'undone';
  /** The project that holds the row after the decision. */
  readonly projectId: string;
  readonly ledgerEntry: string;
}

/**
 * Accepts a proposal: the project founded under the new name becomes part of the candidate.
 * Throws `matchMissing`, `matchDecided`, `alreadyMerged` or `bothInEdition`.
 */
export function acceptMatch({ db, clock }: DecidingParts, id: number, by: LedgerActor): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    await lockIdentity(trx);
    const decided = await acceptInTransaction(trx, clock.now(), id, by);
    await publicDataChanged(trx);
    return decided;
  });
}

/** The same inside the caller's transaction, which already holds the lock on identity. */
export async function acceptInTransaction(
  trx: Trx,
  now: Date,
  id: number,
  by: LedgerActor,
): Promise<Decided> {
  const proposal = await waitingProposal(trx, id);
  if (proposal.memberMergedInto !== null || proposal.candidateRoot === proposal.memberId) {
    throw alreadyMerged({}, proposal.memberName);
  }
  if (proposal.sharedMonths.length > 0) throw bothInEdition({}, proposal.sharedMonths.join(', '));
  await mergeProject(trx, proposal.memberId, proposal.candidateId, proposal.candidateRoot);
  return record(trx, now, proposal, 'accepted', by, proposal.candidateRoot);
}

/** Rejects a proposal: the two names are never proposed again. Throws `matchMissing` or `matchDecided`. */
export function rejectMatch({ db, clock }: DecidingParts, id: number, by: LedgerActor): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    await lockIdentity(trx);
    const proposal = await waitingProposal(trx, id);
    const decided = await record(trx, clock.now(), proposal, 'rejected', by, proposal.memberId);
    await publicDataChanged(trx);
    return decided;
  });
}

/**
 * Undoes the decision on a proposal, which then waits again. After an acceptance the project stands by itself again,
 * with exactly the rows that it brought and those that came under its names since.
 * Throws `matchMissing` or `matchWaiting`.
 */
export function undoMatch({ db, clock }: DecidingParts, id: number, by: LedgerActor): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    await lockIdentity(trx);
    const proposal = await findProposalToDecide(trx, id);
    if (!proposal) throw matchMissing({}, id);
    if (proposal.status === 'waiting') throw matchWaiting();
    if (proposal.status === 'accepted') await splitProject(trx, proposal.memberId);
    const decided = await record(trx, clock.now(), proposal, 'undone', by, proposal.memberId);
    await publicDataChanged(trx);
    return decided;
  });
}

async function waitingProposal(trx: Trx, id: number): Promise<ProposalToDecide> {
  const proposal = await findProposalToDecide(trx, id);
  if (!proposal) throw matchMissing({}, id);
  if (proposal.status !== 'waiting') throw matchDecided();
  return proposal;
}

async function record(
  trx: Trx,
  now: Date,
  proposal: ProposalToDecide,
  decision: Decided['decision'],
  by: LedgerActor,
  projectId: string,
): Promise<Decided> {
  const ledgerEntry = await appendToLedger(trx, now, {
    kind: `portfolio.match-${decision}`,
    subject: `portfolio/project/${proposal.memberId}`,
    actor: by,
    data: {
      proposal: proposal.id,
      score: proposal.score,
      project: proposal.memberId,
      name: proposal.memberName,
      candidate: proposal.candidateId,
      candidateName: proposal.candidateName,
      undoes: decision === 'undone' ? proposal.status : undefined,
    },
  });
  await insertDecision(trx, {
    proposalId: proposal.id,
    decision,
    status: decision === 'undone' ? 'waiting' : decision,
    decidedAt: now,
    decidedBy: by,
    ledgerEntry,
  });
  return { id: proposal.id, decision, projectId, ledgerEntry };
}
