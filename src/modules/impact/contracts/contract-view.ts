// A contract with all that its page and its JSON show, and what the reader may do to it.

import { findPeopleNames } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import type { ContractMoves, ContractView } from './contract.pages.ts';
import { actsForTheState, ownsContract, reviewsContract } from './contract-access.rules.ts';
import { contractAt } from './contract-at.ts';
import { listContractIndicators, readContractSeries } from './contract-indicators.ts';
import { contractIsElsewhere } from './contracts.errors.ts';
import { listSignatures, listVersions } from './contracts.repository.ts';
import {
  mayBeAbandoned,
  mayBeAmended,
  mayBeJudged,
  mayBeReviewed,
  partiesThatSigned,
} from './contracts.rules.ts';
import type { ContractSignature, ContractVersion, NamedContract } from './contracts.types.ts';
import { checksGuardrails, savingsRecordedBy } from './follow-up.actions.ts';
import { costPerOutcomeOf } from './reviews.actions.ts';
import { listReviews, listSavings } from './reviews.repository.ts';
import type { ContractReview } from './reviews.types.ts';
import { partyOf } from './signatures.actions.ts';
import { indicatorsOf } from './terms.rules.ts';
import { lastDayOf, stepOf } from './verdict-input.rules.ts';

/** All of a contract, as the actor (null: nobody) sees it. Throws `not-found`. */
export async function seenContract(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor | null,
  id: string,
): Promise<Omit<ContractView, 'csrf'>> {
  const today = dayIn(clock.now(), config.timeZone);
  const contract = await contractAt(db, actor, id);
  const { terms } = contract;
  const until = lastDayOf(contract, today);
  const [versions, signatures, reviews, savings, series] = await Promise.all([
    listVersions(db, id),
    listSignatures(db, id),
    listReviews(db, id),
    listSavings(db, id),
    readContractSeries(db, terms, { until, step: stepOf(terms, until) }),
  ]);
  const shown = seenVersions(actor, contract, versions);
  const [people, indicators] = await Promise.all([
    findPeopleNames(
      db,
      shown.flatMap(({ terms: one }) => [one.ownerPersonId, one.reviewerPersonId]),
    ),
    listContractIndicators(
      db,
      [...new Set(shown.flatMap(({ terms: one }) => indicatorsOf(one)))].filter(isUuid),
    ),
  ]);
  const names = new Map([...people, ...indicators.map((one) => [one.id, one.title] as const)]);
  const units = new Map(indicators.map((one) => [one.id, one.unit] as const));
  const [latest] = reviews;
  return {
    contract,
    versions: shown,
    signatures: signatures.filter(({ version }) => shown.some((one) => one.version === version)),
    reviews,
    savings,
    series,
    costPerOutcome: latest ? costPerOutcomeOf(latest.verdict, terms.costEuros) : null,
    names,
    units,
    moves: movesOf(actor, contract, versions, signatures, latest),
  };
}

/** A version that is proposed or was withdrawn is between the parties: the public reads what was in force. */
function seenVersions(
  actor: Actor | null,
  contract: NamedContract,
  versions: readonly ContractVersion[],
): ContractVersion[] {
  const isParty = actor !== null && (partyOf(actor, contract) !== null || reviewsContract(actor, contract));
  return versions.filter(({ state }) => isParty || state === 'in-force' || state === 'replaced');
}

/**
 * Makes sure that `actor` may make a move, before its form is shown. Throws `role-required` for who is not the party that
 * makes it, `impact.contract-is-in-another-state` for who is at another moment.
 */
export function assertMove(
  actor: Actor,
  { contract, moves }: Pick<ContractView, 'contract' | 'moves'>,
  move: keyof ContractMoves,
): void {
  if (moves[move]) return;
  const isParty = {
    owner: ownsContract(actor, contract),
    reviewer: reviewsContract(actor, contract),
    state: actsForTheState(actor, contract),
  };
  if (!MAKERS[move].some((party) => isParty[party])) throw roleRequired();
  throw contractIsElsewhere();
}

/** Who makes each move, when its moment is there. */
const MAKERS: Readonly<Record<keyof ContractMoves, readonly ('owner' | 'reviewer' | 'state')[]>> = {
  edit: ['owner'],
  amend: ['owner'],
  sign: ['owner', 'state'],
  return: ['owner', 'state'],
  abandon: ['owner'],
  review: ['reviewer'],
  judge: ['reviewer'],
  guardrails: ['reviewer', 'state'],
  savings: ['owner', 'state'],
};

function movesOf(
  actor: Actor | null,
  contract: NamedContract,
  versions: readonly ContractVersion[],
  signatures: readonly ContractSignature[],
  latest: ContractReview | undefined,
): ContractMoves {
  const proposed = versions.find(({ state }) => state === 'proposed');
  const party = actor === null ? null : partyOf(actor, contract);
  const signed = proposed ? partiesThatSigned(signatures, proposed.version) : [];
  const owns = actor !== null && ownsContract(actor, contract);
  const reviews = actor !== null && reviewsContract(actor, contract);
  return {
    edit: owns && contract.state === 'draft' && signed.length === 0,
    amend: owns && mayBeAmended(contract) && signed.length === 0,
    sign: proposed !== undefined && party !== null && !signed.includes(party),
    return: proposed !== undefined && party !== null && signed.length > 0,
    abandon: owns && mayBeAbandoned(contract),
    review: reviews && mayBeReviewed(contract),
    judge: reviews && mayBeJudged(contract, latest),
    guardrails: actor !== null && checksGuardrails(actor, contract),
    savings: actor !== null && savingsRecordedBy(actor, contract).length > 0,
  };
}
