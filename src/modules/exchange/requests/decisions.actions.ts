// Intentions that decide on a request: submit, request changes, refuse, validate, revoke. Each is one transaction.

import { findCorrespondents, findOrganisation, listHoldersOf } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isDay, tidied } from '#platform/typed-text.ts';
import { issueAccreditation, revokeActiveAccreditation } from '../accreditations/accreditations.actions.ts';
import type { NewAccreditation } from '../accreditations/accreditations.types.ts';
import { type CheckResult, checksOf } from './request-checks.rules.ts';
import { listRequestEvents } from './request-events.repository.ts';
import { faultsOfSubmission, snapshotOf } from './request-form.rules.ts';
import { lastValidated, timesOfDecision } from './request-history.rules.ts';
import { tellPerson, tellProducers } from './request-mail.ts';
import { APPLICANT_ROLES, requestActorInLedger } from './request-states.rules.ts';
import {
  faulty,
  lockForStep,
  type ReadRequest,
  type RequestNeeds,
  recordByActor,
  textAsTyped,
} from './request-steps.actions.ts';
import { listRequestedScopes, replaceScopes, updateRequest } from './requests.repository.ts';
import type { AccreditationRequest, RequestedScope } from './requests.types.ts';
import { findTemplate } from './templates.data.ts';

/** Every check of a request as it stands, for whoever submits and whoever decides. */
export async function checksOfRequest(
  db: Db,
  { clock, config }: Pick<Kernel, 'clock' | 'config'>,
  request: AccreditationRequest,
  scopes: readonly RequestedScope[],
): Promise<CheckResult[]> {
  const now = clock.now();
  const organisation = await findOrganisation(db, request.organisationId);
  if (!organisation) return [];
  const { applicantId } = request;
  const person =
    applicantId === null ? undefined : (await findCorrespondents(db, [applicantId])).get(applicantId);
  const members = await listHoldersOf(db, APPLICANT_ROLES, [organisation.id], now);
  return checksOf({
    form: request.form,
    scopes,
    template: findTemplate(request.template),
    organisation,
    applicant: person ? { ...person, isMember: members.some(({ id }) => id === person.id) } : null,
    today: dayIn(now, config.timeZone),
  });
}

/** The field at which a bad check is mended; the others are about the whole. */
const FIELD_OF_CHECK: Partial<Record<CheckResult['check'], string>> = { dpo: 'dpoEmail', apis: 'scopes' };

/** What the applicant agrees to at submission. */
export interface SubmissionInput {
  readonly acceptsTerms: boolean;
  readonly dpoIsInformed: boolean;
}

/** What keeps a request from being submitted: faults of its fields, bad checks, what was not agreed to. */
export async function faultsOfRequest(
  db: Db,
  kernel: Pick<Kernel, 'clock' | 'config'>,
  request: AccreditationRequest,
  scopes: readonly RequestedScope[],
  agreed: SubmissionInput,
): Promise<FieldError[]> {
  const checks = await checksOfRequest(db, kernel, request, scopes);
  const agreements: FieldError[] = [];
  if (!agreed.acceptsTerms) {
    const text = { fr: 'Acceptez les conditions d’utilisation.', en: 'Accept the terms of use.' };
    agreements.push({ field: 'acceptsTerms', text });
  }
  if (request.stage === 'production' && !agreed.dpoIsInformed) {
    const text = {
      fr: 'Confirmez que le délégué à la protection des données est informé.',
      en: 'Confirm that the data-protection officer knows of it.',
    };
    agreements.push({ field: 'dpoIsInformed', text });
  }
  const bad = checks.filter(({ check, level }) => level === 'bad' && check !== 'apis');
  return [
    ...faultsOfSubmission(request.form, request.stage, scopes),
    ...bad.map(({ check, text }) => ({ field: FIELD_OF_CHECK[check] ?? '', text })),
    ...agreements,
  ];
}

/**
 * Submits a request, or submits it again: it is kept as it is now, and waits for an instructor. Throws as `lockForStep`,
 * or `invalid-input` with every fault by its field.
 */
export async function submitRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  agreed: SubmissionInput,
): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'submit');
    const scopes = await listRequestedScopes(trx, request.id);
    const faults = await faultsOfRequest(trx, kernel, request, scopes, agreed);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const now = clock.now();
    await updateRequest(trx, now, request.id, { state: 'submitted', submittedAt: now });
    const snapshot = snapshotOf(request, scopes);
    await recordByActor(trx, now, request, actor, { kind: 'submit', data: { snapshot } });
  });
}

async function applicantOf(trx: Trx, { applicantId }: Pick<AccreditationRequest, 'applicantId'>) {
  return applicantId === null ? undefined : (await findCorrespondents(trx, [applicantId])).get(applicantId);
}

/** Sends a submitted request back with what to change. Throws as `lockForStep`, or `invalid-input` on `text`. */
export async function requestChanges(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  typed: string,
): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'request-changes');
    const text = textAsTyped('text', typed, { compulsory: true });
    const now = clock.now();
    await updateRequest(trx, now, request.id, { state: 'changes-requested' });
    await recordByActor(trx, now, request, actor, { kind: 'request-changes', text });
    await tellPerson(trx, kernel, await applicantOf(trx, request), request, 'request-changes', text);
  });
}

/**
 * Makes a reopened request validated as it was: form, scopes, organisation and applicant are those of the version in
 * force. The caller records what happened.
 */
export async function restoreValidated(
  trx: Trx,
  now: Date,
  request: AccreditationRequest,
  more: { readonly decidedAt?: Date } = {},
): Promise<void> {
  const validated = lastValidated(await listRequestEvents(trx, request.id))?.snapshot;
  if (validated) {
    const scopeIds = validated.scopes.map(({ scopeId }) => scopeId);
    await replaceScopes(trx, request.id, scopeIds);
  }
  const { form, organisationId, applicantId } = validated ?? request;
  await updateRequest(trx, now, request.id, {
    ...more,
    state: 'validated',
    reopenedAt: null,
    transfer: null,
    form,
    organisationId,
    applicantId,
  });
}

/**
 * Refuses a submitted request; a reopened one is validated again as it was. Throws as `lockForStep`, or `invalid-input`
 * on `text`.
 */
export async function refuseRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  typed: string,
): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'refuse');
    const text = textAsTyped('text', typed, { compulsory: true });
    const now = clock.now();
    const times = timesOfDecision(await listRequestEvents(trx, request.id), now);
    const isReopened = request.reopenedAt !== null;
    if (isReopened) await restoreValidated(trx, now, request, { decidedAt: now });
    else await updateRequest(trx, now, request.id, { state: 'refused', decidedAt: now });
    await recordByActor(trx, now, request, actor, { kind: 'refuse', text, data: times ? { times } : {} });
    const news = isReopened ? 'refuse-reopened' : 'refuse';
    await tellPerson(trx, kernel, await applicantOf(trx, request), request, news, text);
    await publicDataChanged(trx);
  });
}

/** What an instructor adds to a validation. */
export interface ValidationInput {
  readonly text: string;
  /** Calls per minute; empty for the quota of each API. */
  readonly quotaPerMinute: string;
  /** Last day, YYYY-MM-DD; empty for none. */
  readonly validUntil: string;
}

function quotaAsTyped(typed: string): number | null {
  const text = typed.trim();
  if (text === '') return null;
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= 600_000) return Number(text);
  throw faulty(
    'quotaPerMinute',
    'Saisissez un nombre entier de 1 à 600\u00A0000.',
    'Enter a whole number from 1 to 600,000.',
  );
}

function endAsTyped(typed: string, now: Date): Date | null {
  const text = tidied(typed);
  if (text === '') return null;
  const end = isDay(text) ? new Date(`${text}T23:59:59.999Z`) : null;
  if (end && end > now) return end;
  throw faulty(
    'validUntil',
    'Saisissez un jour à venir, comme 2028-12-31.',
    'Enter a day to come, such as 2028-12-31.',
  );
}

function accreditationOf(
  { id, organisationId, template, stage, form }: AccreditationRequest,
  scopes: readonly RequestedScope[],
  more: Pick<NewAccreditation, 'quotaPerMinute' | 'validUntil' | 'decidedBy'>,
): NewAccreditation {
  return {
    requestId: id,
    organisationId,
    template,
    stage,
    purpose: form.purpose ?? '',
    legalBasis: form.legalBasis ? form.legalBasis : null,
    form,
    declaredCallsPerDay: Number(form.callsPerDay ?? '') || null,
    declaredFromHour: Number(form.fromHour ?? 0),
    declaredToHour: Number(form.toHour ?? 23),
    scopeIds: scopes.map(({ scopeId }) => scopeId),
    ...more,
  };
}

/**
 * Validates a submitted request, once for all the producers concerned, who are informed: its accreditation is in force
 * from the commit on. Throws as `lockForStep`, or `invalid-input`. @returns the accreditation.
 */
export async function validateRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  input: ValidationInput,
): Promise<{ readonly id: string; readonly number: number }> {
  const { db, clock } = kernel;
  return db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'validate');
    const now = clock.now();
    const text = textAsTyped('text', input.text, { compulsory: false });
    const quotaPerMinute = quotaAsTyped(input.quotaPerMinute);
    const validUntil = endAsTyped(input.validUntil, now);
    const scopes = await listRequestedScopes(trx, request.id);
    const faults = faultsOfSubmission(request.form, request.stage, scopes);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const times = timesOfDecision(await listRequestEvents(trx, request.id), now);
    await updateRequest(trx, now, request.id, { state: 'validated', reopenedAt: null, decidedAt: now });
    await tellPerson(trx, kernel, await applicantOf(trx, request), request, 'validate', text);
    await tellProducers(trx, kernel, request, scopes, 'validate');
    await publicDataChanged(trx);
    await recordByActor(trx, now, request, actor, { kind: 'validate', text, data: times ? { times } : {} });
    // Last: it takes the lock of the policy.
    const decided = { quotaPerMinute, validUntil, decidedBy: actor.personId };
    const by = requestActorInLedger(actor, request);
    return issueAccreditation(trx, now, accreditationOf(request, scopes, decided), { by });
  });
}

/** Revokes what a request was granted: gateways refuse its calls from the commit on. Throws as `lockForStep`, `invalid-input`. */
export async function revokeRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  typed: string,
): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'revoke');
    const reason = textAsTyped('text', typed, { compulsory: true, most: 2000 }) ?? '';
    const now = clock.now();
    const scopes = await listRequestedScopes(trx, request.id);
    await updateRequest(trx, now, request.id, {
      state: 'revoked',
      reopenedAt: null,
      transfer: null,
      decidedAt: now,
    });
    await recordByActor(trx, now, request, actor, { kind: 'revoke', text: reason });
    await tellPerson(trx, kernel, await applicantOf(trx, request), request, 'revoke', reason);
    await tellProducers(trx, kernel, request, scopes, 'revoke');
    await revokeActiveAccreditation(trx, now, request.id, {
      reason,
      by: requestActorInLedger(actor, request),
    });
  });
}
