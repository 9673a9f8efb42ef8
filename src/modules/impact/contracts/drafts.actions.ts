// Intentions on the terms: draft, change, amend, return for changes, abandon. Each is one transaction with its line in
// the ledger.

import { findOrganisation, listHoldersOf } from '#modules/identity/public.ts';
import { type Actor, ROLES } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { registerIndicatorUse } from '../indicators/indicators.repository.ts';
import {
  actsForTheState,
  contractActorOf,
  organisationsOwnedBy,
  ownsContract,
} from './contract-access.rules.ts';
import { contractAt, lockedContractAt } from './contract-at.ts';
import { hashOfTerms, recordContractEvent } from './contract-events.ts';
import { listUsableIndicators } from './contract-indicators.ts';
import { contractIsElsewhere, termsAreFrozen } from './contracts.errors.ts';
import {
  findProposedVersion,
  insertContract,
  insertVersion,
  listSignatures,
  listVersions,
  updateContractState,
  updateProposedTerms,
  updateShownTerms,
  voidSignatures,
  withdrawProposed,
} from './contracts.repository.ts';
import { mayBeAbandoned, mayBeAmended, partiesThatSigned } from './contracts.rules.ts';
import type { ContractTerms, NamedContract } from './contracts.types.ts';
import { faultsOfTerms, indicatorsOf, type TermsInput, termsAsTyped } from './terms.rules.ts';
import { wordsAsTyped } from './typed-reason.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The people among whom a contract of an organisation chooses: who may own it and who may review it. */
export async function peopleFor(
  db: Kernel['db'],
  organisationId: string,
  now: Date,
): Promise<{ owners: { id: string; name: string }[]; reviewers: { id: string; name: string }[] }> {
  const [owners, insiders, candidates] = await Promise.all([
    listHoldersOf(db, ['product-team', 'digital-director'], [organisationId], now),
    listHoldersOf(db, ROLES, [organisationId], now),
    listHoldersOf(db, ['auditor', 'digital-director', 'product-team'], null, now),
  ]);
  const inside = new Set(insiders.map(({ id }) => id));
  return { owners, reviewers: candidates.filter(({ id }) => !inside.has(id)) };
}

async function checked(
  trx: Trx,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
  actor: Actor,
  organisationId: string,
  input: TermsInput,
  further: (terms: ContractTerms) => FieldError[] = () => [],
): Promise<{ terms: ContractTerms; termsHash: string }> {
  const terms = termsAsTyped(input);
  const [people, indicators] = await Promise.all([
    peopleFor(trx, organisationId, now),
    listUsableIndicators(trx, actor, indicatorsOf(terms).filter(isUuid)),
  ]);
  const faults = [
    ...faultsOfTerms(terms, {
      directions: new Map(indicators.map(({ id, direction }) => [id, direction])),
      ownerIds: people.owners.map(({ id }) => id),
      reviewerIds: people.reviewers.map(({ id }) => id),
      today: dayIn(now, timeZone),
    }),
    ...further(terms),
  ];
  if (faults.length > 0) throw invalidInput({ fields: faults });
  return { terms, termsHash: hashOfTerms(terms) };
}

/** Drafts a contract. Throws `invalid-input` with a fault for each wrong field. */
export async function draftContract(
  { db, clock, config }: Needs,
  actor: Actor,
  organisationId: string,
  input: TermsInput,
): Promise<NamedContract> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const organisation = organisationsOwnedBy(actor).includes(organisationId)
      ? await findOrganisation(trx, organisationId)
      : undefined;
    if (!organisation) {
      const text = {
        fr: 'Choisissez une organisation pour laquelle vous portez des contrats.',
        en: 'Choose an organisation for which you own contracts.',
      };
      throw invalidInput({ fields: [{ field: 'organisationId', text }] });
    }
    const { terms, termsHash } = await checked(
      trx,
      { now, timeZone: config.timeZone },
      actor,
      organisationId,
      input,
    );
    const id = await insertContract(trx, now, {
      organisationId,
      organisationName: organisation.name,
      terms,
      termsHash,
      personId: actor.personId,
    });
    await useIndicators(trx, id, terms);
    await recordContractEvent(trx, now, id, {
      kind: 'drafted',
      actor: contractActorOf(actor, { organisationId }),
      data: { organisationId, version: 1, termsHash },
    });
    return contractAt(trx, actor, id);
  });
}

async function useIndicators(trx: Trx, id: string, terms: ContractTerms): Promise<void> {
  for (const indicatorId of indicatorsOf(terms)) {
    await registerIndicatorUse(trx, { indicatorId, user: `impact/contract/${id}` });
  }
}

async function ownedAt(trx: Trx, actor: Actor, id: string): Promise<NamedContract> {
  const contract = await lockedContractAt(trx, actor, id);
  if (!ownsContract(actor, contract)) throw roleRequired();
  return contract;
}

/**
 * Writes a draft's terms anew, as long as nobody signed them. Throws `not-found`, `role-required`,
 * `impact.contract-terms-are-frozen`, `impact.contract-is-in-another-state`, or `invalid-input`.
 */
export async function changeDraft(
  { db, clock, config }: Needs,
  actor: Actor,
  id: string,
  input: TermsInput,
): Promise<NamedContract> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const contract = await ownedAt(trx, actor, id);
    if (contract.state !== 'draft') throw contractIsElsewhere();
    if (partiesThatSigned(await listSignatures(trx, id), contract.version).length > 0) throw termsAreFrozen();
    const { terms, termsHash } = await checked(
      trx,
      { now, timeZone: config.timeZone },
      actor,
      contract.organisationId,
      input,
    );
    const written = { version: contract.version, terms, termsHash };
    await updateProposedTerms(trx, id, written);
    await updateShownTerms(trx, now, contract, written);
    await useIndicators(trx, id, terms);
    await recordContractEvent(trx, now, id, {
      kind: 'draft-changed',
      actor: contractActorOf(actor, contract),
      data: { version: contract.version, termsHash },
    });
    return contractAt(trx, actor, id);
  });
}

/**
 * Proposes a new version of the terms, or writes the proposed one anew, as long as nobody signed it: the version in force
 * stays until both parties sign. The decision rule stays as it was registered. Throws as `changeDraft` does.
 */
export async function proposeAmendment(
  { db, clock, config }: Needs,
  actor: Actor,
  id: string,
  input: TermsInput,
  typedReason: string,
): Promise<NamedContract> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const contract = await ownedAt(trx, actor, id);
    if (!mayBeAmended(contract)) throw contractIsElsewhere();
    const reason = wordsAsTyped('reason', typedReason);
    const { rule } = contract.terms;
    const { terms, termsHash } = await checked(
      trx,
      { now, timeZone: config.timeZone },
      actor,
      contract.organisationId,
      {
        ...input,
        pScale: String(rule.pScale),
        pStop: String(rule.pStop),
        reviews: String(rule.reviewsToStop),
      },
      (typed) => (hashOfTerms(typed) === contract.termsHash ? [NOTHING_CHANGED] : []),
    );
    const proposed = await findProposedVersion(trx, id);
    if (proposed && partiesThatSigned(await listSignatures(trx, id), proposed.version).length > 0) {
      throw termsAreFrozen();
    }
    await withdrawProposed(trx, id);
    const version = ((await listVersions(trx, id)).at(-1)?.version ?? 0) + 1;
    await insertVersion(trx, now, {
      contractId: id,
      version,
      terms,
      termsHash,
      reason,
      personId: actor.personId,
    });
    await useIndicators(trx, id, terms);
    await recordContractEvent(trx, now, id, {
      kind: 'amendment-proposed',
      actor: contractActorOf(actor, contract),
      data: { version, termsHash, reason },
    });
    return contractAt(trx, actor, id);
  });
}

const NOTHING_CHANGED: FieldError = {
  field: 'title',
  text: {
    fr: 'Changez au moins un terme\u00A0: cette version serait la même que celle en vigueur.',
    en: 'Change one term at least: this version would be the same as the one in force.',
  },
};

/**
 * Returns terms that one party signed to drafting, with a reason: the signatures become void and stay readable. Either
 * party may. Throws `impact.contract-is-in-another-state` when nothing waits for a signature.
 */
export async function returnForChanges(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typedReason: string,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const contract = await lockedContractAt(trx, actor, id);
    if (!ownsContract(actor, contract) && !actsForTheState(actor, contract)) throw roleRequired();
    const reason = wordsAsTyped('reason', typedReason);
    const proposed = await findProposedVersion(trx, id);
    if (!proposed) throw contractIsElsewhere();
    if ((await voidSignatures(trx, now, id, proposed.version)) === 0) throw contractIsElsewhere();
    await recordContractEvent(trx, now, id, {
      kind: 'returned',
      actor: contractActorOf(actor, contract),
      data: { version: proposed.version, reason },
    });
  });
}

/** Gives a contract up, with a reason. Throws `impact.contract-is-in-another-state` once it was measured. */
export async function abandonContract(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typedReason: string,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const contract = await ownedAt(trx, actor, id);
    if (!mayBeAbandoned(contract)) throw contractIsElsewhere();
    const reason = wordsAsTyped('reason', typedReason);
    await withdrawProposed(trx, id);
    await updateContractState(trx, now, id, { state: 'abandoned' });
    await recordContractEvent(trx, now, id, {
      kind: 'abandoned',
      actor: contractActorOf(actor, contract),
      data: { from: contract.state, reason },
    });
  });
}
