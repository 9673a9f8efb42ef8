// Intentions on applications up to the award: each is one transaction with its entry in the ledger.

import { findContract } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerEntry } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { financingObstacles } from '../doctrines/financing.reading.ts';
import {
  findLightestJury,
  insertApplication,
  lockApplication,
  lockApplicationOfJury,
  updateApplication,
  updateContract,
  updateDraft,
} from './applications.repository.ts';
import {
  applicantMayNotVerify,
  doctrinesStandInTheWay,
  memberHasConflict,
  moneyIsNotThere,
  notInThisState,
  windowIsNotOpen,
} from './funding.errors.ts';
import type { Application } from './funding.types.ts';
import {
  applicationsSeenBy,
  appliesFor,
  belongsTo,
  fundingActor,
  isThirdParty,
  mayNameContract,
  runsWindows,
} from './funding-access.rules.ts';
import { insertConflict, listConflicts, upsertScores } from './scores.repository.ts';
import {
  checkedAmount,
  checkedApplication,
  checkedPoints,
  checkedReason,
  type TypedApplication,
} from './typed-funding.rules.ts';
import { findWindow, listCriteria, lockWindow, moveMoney } from './windows.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Appends what happened to an application to the ledger. */
export async function recordOnApplication(
  trx: Trx,
  now: Date,
  actor: Actor,
  { id, organisationId, windowId }: Pick<Application, 'id' | 'organisationId' | 'windowId'>,
  { kind, data = {} }: { readonly kind: string; readonly data?: LedgerEntry['data'] },
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `support.${kind}`,
    subject: `support/application/${id}`,
    actor: fundingActor(actor, organisationId),
    data: { windowId, organisationId, ...(data as object) },
  });
}

/** The application with this id, locked, as far as the actor sees it. Throws `not-found`. */
export async function lockedApplication(trx: Trx, actor: Actor, id: string): Promise<Application> {
  const found = isUuid(id) ? await lockApplication(trx, applicationsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** The same, for whoever runs windows and has no part in the application. */
export async function lockedForDecision(trx: Trx, actor: Actor, id: string): Promise<Application> {
  const found = await lockedApplication(trx, actor, id);
  if (!runsWindows(actor)) throw notFound();
  if (!isThirdParty(actor, found)) throw applicantMayNotVerify();
  return found;
}

/** The same, for whoever applies for its organisation. */
export async function lockedByApplicant(trx: Trx, actor: Actor, id: string): Promise<Application> {
  const application = await lockedApplication(trx, actor, id);
  if (!appliesFor(actor).includes(application.organisationId)) throw notFound();
  return application;
}

/** Drafts an application of an organisation to an open window. Throws `invalid-input`, `not-found`. @returns its id. */
export async function draftApplication(
  { db, clock }: Needs,
  actor: Actor,
  typed: TypedApplication & { readonly windowId: string; readonly organisationId: string },
): Promise<string> {
  const { value, faults } = checkedApplication(typed);
  const own = appliesFor(actor);
  const organisationId = typed.organisationId || (own.length === 1 ? (own[0] ?? '') : '');
  const window = isUuid(typed.windowId) ? await findWindow(db, typed.windowId, { drafts: false }) : undefined;
  const wrong = [
    ...(own.includes(organisationId)
      ? []
      : [
          {
            field: 'organisationId',
            text: { fr: 'Choisissez une de vos organisations.', en: 'Choose one of your organisations.' },
          },
        ]),
    ...(window?.state === 'open'
      ? []
      : [{ field: 'windowId', text: { fr: 'Choisissez un guichet ouvert.', en: 'Choose an open window.' } }]),
    ...(faults ?? []),
  ];
  if (value?.contractId) wrong.push(...(await faultsOfContract(db, value.contractId, { organisationId })));
  if (value === null || window === undefined || wrong.length > 0) throw invalidInput({ fields: wrong });
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const windowId = window.id;
    const id = await insertApplication(trx, now, {
      ...value,
      windowId,
      organisationId,
      applicantId: actor.personId,
    });
    await recordOnApplication(
      trx,
      now,
      actor,
      { id, organisationId, windowId },
      { kind: 'application-drafted' },
    );
    return id;
  });
}

/** Writes a draft anew; it stays with its window and organisation. Throws `not-found`, `invalid-input`. */
export async function rewriteApplication(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: TypedApplication,
): Promise<void> {
  const { value, faults } = checkedApplication(typed);
  await db.transaction().execute(async (trx) => {
    const application = await lockedByApplicant(trx, actor, id);
    if (application.state !== 'draft') throw notInThisState();
    const wrong = [...(faults ?? [])];
    if (value?.contractId) wrong.push(...(await faultsOfContract(trx, value.contractId, application)));
    if (value === null || wrong.length > 0) throw invalidInput({ fields: wrong });
    await updateDraft(trx, id, value);
    const now = clock.now();
    await recordOnApplication(trx, now, actor, application, { kind: 'application-rewritten' });
  });
}

async function faultsOfContract(
  db: Needs['db'],
  contractId: string,
  { organisationId }: Pick<Application, 'organisationId'>,
): Promise<FieldError[]> {
  if ((await findContract(db, contractId))?.organisationId === organisationId) return [];
  const text = { fr: 'Choisissez un contrat de la liste.', en: 'Choose a contract of the list.' };
  return [{ field: 'contractId', text }];
}

/**
 * Names the success contract of an application, until the directorate signed its agreement. Throws `not-found`,
 * `invalid-input`, `support.funding-not-in-this-state`.
 */
export async function nameContract(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  contractId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedByApplicant(trx, actor, id);
    if (!mayNameContract(application)) throw notInThisState();
    const fields = await faultsOfContract(trx, contractId, application);
    if (fields.length > 0) throw invalidInput({ fields });
    await updateContract(trx, id, contractId);
    const now = clock.now();
    const data = { contractId };
    await recordOnApplication(trx, now, actor, application, { kind: 'application-contract-named', data });
  });
}

/** Submits a draft while its window takes applications. Throws `not-found`, `support.window-is-not-open`. */
export async function submitApplication(
  { db, clock, config }: Needs & Pick<Kernel, 'config'>,
  actor: Actor,
  id: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedByApplicant(trx, actor, id);
    if (application.state !== 'draft') throw notInThisState();
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    const window = await lockWindow(trx, application.windowId);
    if (window?.state !== 'open' || today < window.opensOn || today > window.closesOn)
      throw windowIsNotOpen();
    await updateApplication(trx, id, { state: 'submitted', submittedAt: now });
    await recordOnApplication(trx, now, actor, application, {
      kind: 'application-submitted',
      data: { askedCents: application.askedCents },
    });
  });
}

/**
 * Decides whether an application may be scored. An eligible one asks no more than the budget, its subject meets the
 * doctrines or is exempt, and it goes to the jury that has the fewest.
 * Throws `not-found`, `invalid-input`, `support.doctrines-stand-in-the-way`, `support.funding-not-in-this-state`.
 */
export async function decideEligibility(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  decision: { readonly isEligible: boolean; readonly reason: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, id);
    if (application.state !== 'submitted') throw notInThisState();
    const now = clock.now();
    const window = await lockWindow(trx, application.windowId);
    if (!window || !['open', 'in-jury'].includes(window.state)) throw notInThisState();
    if (decision.isEligible) {
      if (application.askedCents > window.budgetCents) throw moneyIsNotThere();
      const { subjectRef, organisationId } = application;
      const obstacles = await financingObstacles(trx, subjectRef, now, organisationId);
      if (obstacles.length > 0) {
        throw doctrinesStandInTheWay({}, obstacles.map(({ doctrine }) => doctrine).join(', '));
      }
      await updateApplication(trx, id, { state: 'eligible', juryId: await findLightestJury(trx, window.id) });
    } else {
      const { value, faults } = checkedReason(decision.reason);
      if (faults) throw invalidInput({ fields: faults });
      await updateApplication(trx, id, { state: 'ineligible', reason: value });
    }
    const kind = decision.isEligible ? 'application-found-eligible' : 'application-found-ineligible';
    await recordOnApplication(trx, now, actor, application, { kind });
  });
}

async function toScore(trx: Trx, actor: Actor, id: string): Promise<Application> {
  const application = isUuid(id) ? await lockApplicationOfJury(trx, actor.personId, id) : undefined;
  if (!application) throw notFound();
  if (application.state !== 'eligible' || application.windowState !== 'in-jury') throw notInThisState();
  return application;
}

/** Declares a conflict of interest of a jury member; what they scored is left out. Throws `not-found`, `invalid-input`. */
export async function declareConflict(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  const { value, faults } = checkedReason(typed);
  if (faults) throw invalidInput({ fields: faults });
  await db.transaction().execute(async (trx) => {
    const application = await toScore(trx, actor, id);
    const now = clock.now();
    await insertConflict(trx, now, { applicationId: id, personId: actor.personId, reason: value });
    await recordOnApplication(trx, now, actor, application, { kind: 'conflict-declared' });
  });
}

/** Tells whether this member may score: they declared no conflict and do not belong to the organisation that applies. */
export async function mayScore(db: Needs['db'], actor: Actor, application: Application): Promise<boolean> {
  if (belongsTo(actor, application.organisationId)) return false;
  const conflicts = await listConflicts(db, [application.id]);
  return !conflicts.some(({ personId }) => personId === actor.personId);
}

/** Scores an application on every criterion. Throws `not-found`, `support.member-has-conflict`, `invalid-input`. */
export async function scoreApplication(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const application = await toScore(trx, actor, id);
    if (!(await mayScore(trx, actor, application))) throw memberHasConflict();
    const { value, faults } = checkedPoints(await listCriteria(trx, application.windowId), typed);
    if (faults) throw invalidInput({ fields: faults });
    const now = clock.now();
    const { personId } = actor;
    await upsertScores(
      trx,
      now,
      value.map((score) => ({ ...score, applicationId: id, personId })),
    );
    await recordOnApplication(trx, now, actor, application, { kind: 'application-scored' });
  });
}

/**
 * Awards an amount, at most what was asked, within what is left of the budget: of decisions at the same moment one waits
 * for the other. Throws `not-found`, `invalid-input`, `support.money-is-not-there`, `support.funding-not-in-this-state`.
 */
export async function awardApplication(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  const { value: cents, faults } = checkedAmount(typed);
  if (faults) throw invalidInput({ fields: faults });
  await db.transaction().execute(async (trx) => {
    const application = await lockedForDecision(trx, actor, id);
    if (application.state !== 'scored') throw notInThisState();
    const window = await lockWindow(trx, application.windowId);
    if (window?.state !== 'ranked') throw notInThisState();
    if (cents > application.askedCents) throw moneyIsNotThere();
    const now = clock.now();
    const { windowId } = application;
    if (!(await moveMoney(trx, now, { windowId, applicationId: id, kind: 'awarded', cents, reason: '' }))) {
      throw moneyIsNotThere();
    }
    await updateApplication(trx, id, { state: 'awarded' });
    await recordOnApplication(trx, now, actor, application, { kind: 'application-awarded', data: { cents } });
  });
}
