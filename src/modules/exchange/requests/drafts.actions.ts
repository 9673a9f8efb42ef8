// Intentions on drafts: create, copy, prepare for somebody, hand over, claim, save. Each is one transaction.

import { createHash, randomBytes } from 'node:crypto';
import { existsOn, findCorrespondentByEmail, findOrganisation } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid, tidied } from '#platform/typed-text.ts';
import type { AccreditationStage } from '../accreditations/accreditations.types.ts';
import { isEmailAddress } from '../catalogue/typed-text.rules.ts';
import type { RequestForm } from './request-fields.data.ts';
import { faultsOfDraft, formAsTyped } from './request-form.rules.ts';
import { sendClaimLink } from './request-mail.ts';
import { instructs, organisationsAppliedFor, requestActorInLedger } from './request-states.rules.ts';
import {
  faulty,
  lockForStep,
  type ReadRequest,
  type RequestNeeds,
  recordByActor,
  recordOnRequest,
} from './request-steps.actions.ts';
import { claimIsOver } from './requests.errors.ts';
import {
  findClaimable,
  insertRequest,
  listRequestedScopes,
  listScopesOffered,
  lockRequest,
  replaceScopes,
  updateRequest,
} from './requests.repository.ts';
import type { AccreditationRequest, RequestedScope } from './requests.types.ts';
import { findTemplate, type RequestTemplate } from './templates.data.ts';

const DAY_MS = 86_400_000;
/** How long the link to claim a draft serves. */
const CLAIM_DAYS = 30;

/** What begins a request. */
export interface NewRequestInput {
  /** The word of a use case. */
  readonly template: string;
  readonly organisationId: string;
  readonly stage: string;
  /** The word of an API whose page led here: its scopes that are not sensitive are asked for too. */
  readonly api?: string;
}

function stageAsTyped(stage: string): AccreditationStage {
  if (stage === 'sandbox' || stage === 'production') return stage;
  throw faulty('stage', 'Choisissez une étape.', 'Choose a stage.');
}

function templateAsTyped(word: string): RequestTemplate {
  const template = findTemplate(word);
  if (!template) throw faulty('template', 'Choisissez un cas d’usage.', 'Choose a use case.');
  return template;
}

async function organisationAsTyped(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  id: string,
): Promise<{ id: string; name: string }> {
  const organisation = isUuid(id) ? await findOrganisation(db, id) : undefined;
  const today = dayIn(clock.now(), config.timeZone);
  if (!organisation || !existsOn(organisation, today))
    throw faulty(
      'organisationId',
      'Choisissez une organisation en activité.',
      'Choose an organisation that exists today.',
    );
  return organisation;
}

async function usualScopes(db: Db, { scopes }: RequestTemplate, wanted = ''): Promise<string[]> {
  if (scopes.length === 0 && wanted === '') return [];
  const offered = await listScopesOffered(db);
  const isUsual = scopes.some(({ api }) => api === wanted);
  return offered
    .filter(
      ({ apiSlug, name, isSensitive }) =>
        scopes.some(({ api, names }) => api === apiSlug && names.includes(name)) ||
        (apiSlug === wanted && !isUsual && !isSensitive),
    )
    .map(({ scopeId }) => scopeId);
}

/** Begins a request of an organisation, filled in by a use case. Throws `invalid-input`, `role-required`. @returns its id. */
export async function createRequest(
  kernel: RequestNeeds,
  actor: Actor,
  input: NewRequestInput,
): Promise<string> {
  const template = templateAsTyped(input.template);
  const stage = stageAsTyped(input.stage);
  const organisation = await organisationAsTyped(kernel, input.organisationId);
  if (!organisationsAppliedFor(actor).includes(organisation.id)) throw roleRequired();
  const { db, clock } = kernel;
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const { id, number } = await insertRequest(trx, now, {
      template: template.word,
      organisationId: organisation.id,
      organisationName: organisation.name,
      applicantId: actor.personId,
      claimableByEmail: null,
      stage,
      form: template.form,
      copiedFrom: null,
    });
    await replaceScopes(trx, id, await usualScopes(trx, template, input.api));
    const begun = { id, number, organisationId: organisation.id, stage };
    const by = requestActorInLedger(actor, { applicantId: actor.personId, organisationId: organisation.id });
    await recordOnRequest(trx, now, begun, { kind: 'create', by });
    return id;
  });
}

/**
 * Begins a request with what another one says, for the same organisation; the copy is the actor's. `stage` is the
 * other's unless told. Throws as `lockForStep`. @returns its id.
 */
export async function copyRequest(
  { db, clock }: RequestNeeds,
  actor: Actor,
  id: string,
  typedStage: string,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const source = await lockForStep(trx, actor, { id, version: null }, 'copy');
    const stage = typedStage === '' ? source.stage : stageAsTyped(typedStage);
    const now = clock.now();
    const copy = await insertRequest(trx, now, {
      ...source,
      applicantId: actor.personId,
      claimableByEmail: null,
      stage,
      copiedFrom: source.id,
    });
    const scopes = await listRequestedScopes(trx, id);
    const open = scopes.filter(({ apiState }) => apiState === 'open');
    await replaceScopes(
      trx,
      copy.id,
      open.map(({ scopeId }) => scopeId),
    );
    const copied = { ...copy, organisationId: source.organisationId, stage };
    const by = requestActorInLedger(actor, {
      applicantId: actor.personId,
      organisationId: source.organisationId,
    });
    await recordOnRequest(trx, now, copied, { kind: 'copy', by });
    return copy.id;
  });
}

/** Begins a draft that an instructor fills in for the person with an address. Throws `invalid-input`. @returns its id. */
export async function prepareDraftFor(
  kernel: RequestNeeds,
  actor: Actor,
  input: NewRequestInput & { readonly email: string },
): Promise<string> {
  if (!instructs(actor)) throw roleRequired();
  const template = templateAsTyped(input.template);
  const stage = stageAsTyped(input.stage);
  const email = tidied(input.email).toLowerCase();
  if (!isEmailAddress(email))
    throw faulty(
      'email',
      'Saisissez une adresse comme nom@organisme.example.',
      'Enter an address such as name@body.example.',
    );
  const organisation = await organisationAsTyped(kernel, input.organisationId);
  const { db, clock } = kernel;
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const { id, number } = await insertRequest(trx, now, {
      template: template.word,
      organisationId: organisation.id,
      organisationName: organisation.name,
      applicantId: null,
      claimableByEmail: email,
      stage,
      form: template.form,
      copiedFrom: null,
    });
    await replaceScopes(trx, id, await usualScopes(trx, template));
    const begun = { id, number, organisationId: organisation.id, stage };
    const by = requestActorInLedger(actor, { applicantId: null, organisationId: organisation.id });
    await recordOnRequest(trx, now, begun, { kind: 'prepare', by });
    return id;
  });
}

function claimHash(token: string): Buffer {
  return createHash('sha256').update(`exchange/claim/${token}`).digest();
}

/** Sends the link that claims a prepared draft to its address; one sent before no longer serves. Throws as `lockForStep`. */
export async function handOverDraft(kernel: RequestNeeds, actor: Actor, read: ReadRequest): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'hand-over');
    const now = clock.now();
    const token = randomBytes(32).toString('base64url');
    const claim = { tokenHash: claimHash(token), expiresAt: new Date(now.getTime() + CLAIM_DAYS * DAY_MS) };
    await updateRequest(trx, now, request.id, { claim });
    await recordByActor(trx, now, request, actor, { kind: 'hand-over' });
    const email = request.claimableByEmail ?? '';
    const known = await findCorrespondentByEmail(trx, email);
    await sendClaimLink(trx, kernel, { email, locale: known?.locale ?? 'fr' }, request, token);
  });
}

/** The draft that a link claims, for the person to whom it was sent. Throws `exchange.claim-is-over`. */
export async function requestClaimedBy(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  token: string,
): Promise<AccreditationRequest> {
  const request = token.length > 100 ? undefined : await findClaimable(db, claimHash(token), clock.now());
  if (!request) throw claimIsOver();
  const person = await findCorrespondentByEmail(db, request.claimableByEmail ?? '');
  if (person?.id !== actor.personId || !organisationsAppliedFor(actor).includes(request.organisationId))
    throw claimIsOver();
  return request;
}

/** Makes the actor the applicant of the draft that a link claims; the link serves no more. Throws `exchange.claim-is-over`. */
export async function claimRequest(kernel: RequestNeeds, actor: Actor, token: string): Promise<string> {
  const { clock } = kernel;
  return kernel.db.transaction().execute(async (trx) => {
    const { id } = await requestClaimedBy({ db: trx, clock }, actor, token);
    await lockRequest(trx, { everything: true, instructs: true, consumers: [], producers: [] }, id);
    // Another click may have claimed it while this one waited for the lock.
    const request = await requestClaimedBy({ db: trx, clock }, actor, token);
    const now = clock.now();
    await updateRequest(trx, now, id, { applicantId: actor.personId, claim: null });
    const claimed = { ...request, applicantId: actor.personId };
    await recordByActor(trx, now, claimed, actor, { kind: 'claim' });
    return id;
  });
}

/** What a save writes: the fields that are given, and the scopes where they are. */
export interface DraftInput {
  readonly form: Readonly<Record<string, string | undefined>>;
  /** Ids of scopes of open APIs; absent: those that are there stay. */
  readonly scopeIds?: readonly string[];
}

/**
 * Saves part of a draft. Fields may be incomplete; what no database could keep is refused. Throws as `lockForStep`, or
 * `invalid-input` with the faults. @returns the request as it is now, with its scopes.
 */
export async function saveDraft(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  read: ReadRequest,
  input: DraftInput,
): Promise<{ readonly request: AccreditationRequest; readonly scopes: readonly RequestedScope[] }> {
  return db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'edit');
    const typed = formAsTyped(input.form);
    const faults = faultsOfDraft(typed);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const form: RequestForm = { ...request.form, ...typed };
    if (input.scopeIds !== undefined) await saveScopes(trx, request.id, input.scopeIds);
    await updateRequest(trx, clock.now(), request.id, { form });
    const scopes = await listRequestedScopes(trx, request.id);
    return { request: { ...request, form, version: request.version + 1 }, scopes };
  });
}

async function saveScopes(trx: Trx, requestId: string, scopeIds: readonly string[]): Promise<void> {
  const offered = new Set((await listScopesOffered(trx)).map(({ scopeId }) => scopeId));
  const kept = (await listRequestedScopes(trx, requestId)).map(({ scopeId }) => scopeId);
  const known = new Set([...offered, ...kept]);
  if (scopeIds.some((id) => !known.has(id)))
    throw faulty(
      'scopes',
      'Un des périmètres n’est plus proposé\u00A0: rechargez la page.',
      'One of the scopes is no longer offered: reload the page.',
    );
  await replaceScopes(trx, requestId, scopeIds);
}
