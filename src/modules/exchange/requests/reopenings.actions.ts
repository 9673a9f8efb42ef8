// Intentions that move a request without deciding on it: reopen, cancel, archive, transfer, write a message. One transaction each.
import {
  findCorrespondentByEmail,
  findCorrespondents,
  findOrganisation,
  listHoldersOf,
} from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import { isUuid, tidied } from '#platform/typed-text.ts';
import { restoreValidated } from './decisions.actions.ts';
import { listRequestEvents } from './request-events.repository.ts';
import { tellPerson } from './request-mail.ts';
import { APPLICANT_ROLES, instructs, partsIn } from './request-states.rules.ts';
import {
  faulty,
  lockForStep,
  type ReadRequest,
  type RequestNeeds,
  recordByActor,
  textAsTyped,
} from './request-steps.actions.ts';
import { requestIsElsewhere } from './requests.errors.ts';
import { updateRequest } from './requests.repository.ts';
import type { AccreditationRequest } from './requests.types.ts';

async function tell(
  trx: Trx,
  kernel: RequestNeeds,
  request: AccreditationRequest,
  actor: Actor,
  news: Parameters<typeof tellPerson>[4],
  text: string | null,
): Promise<void> {
  const { applicantId } = request;
  if (applicantId === null || applicantId === actor.personId) return;
  const to = (await findCorrespondents(trx, [applicantId])).get(applicantId);
  await tellPerson(trx, kernel, to, request, news, text);
}

/** Makes a validated request a draft again; the accreditation stays in force. Throws as `lockForStep`. */
export async function reopenRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  typed = '',
): Promise<void> {
  await kernel.db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'reopen');
    const text = textAsTyped('text', typed, { compulsory: false });
    const now = kernel.clock.now();
    await updateRequest(trx, now, request.id, { state: 'draft', reopenedAt: now });
    await recordByActor(trx, now, request, actor, { kind: 'reopen', text });
    await tell(trx, kernel, request, actor, 'reopen', text);
  });
}

/** Makes a reopened request validated as it was. Throws as `lockForStep`. */
export async function cancelReopening(kernel: RequestNeeds, actor: Actor, read: ReadRequest): Promise<void> {
  await kernel.db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'cancel-reopening');
    const now = kernel.clock.now();
    await restoreValidated(trx, now, request);
    await recordByActor(trx, now, request, actor, { kind: 'cancel-reopening' });
  });
}

/** Puts a request away for good. Throws as `lockForStep`. */
export async function archiveRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  typed = '',
): Promise<void> {
  await kernel.db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'archive');
    const text = textAsTyped('text', typed, { compulsory: false });
    const now = kernel.clock.now();
    await updateRequest(trx, now, request.id, { state: 'archived', claim: null, transfer: null });
    await recordByActor(trx, now, request, actor, { kind: 'archive', text });
    await tell(trx, kernel, request, actor, 'archive', text);
  });
}

/** To whom a request goes. */
export interface TransferInput {
  /** Empty: the request's own. */
  readonly organisationId: string;
  readonly email: string;
}

async function newApplicant(
  trx: Trx,
  now: Date,
  organisationId: string,
  typedEmail: string,
): Promise<{ id: string; name: string }> {
  const person = await findCorrespondentByEmail(trx, tidied(typedEmail));
  const holders = await listHoldersOf(trx, APPLICANT_ROLES, [organisationId], now);
  if (person && holders.some(({ id }) => id === person.id)) return person;
  throw faulty(
    'email',
    'Personne avec cette adresse ne tient un rôle de demandeur dans cette organisation.',
    'Nobody with this address holds an applicant’s role in this organisation.',
  );
}

async function handTo(
  trx: Trx,
  kernel: RequestNeeds,
  request: AccreditationRequest,
  actor: Actor,
  to: { readonly organisationId: string; readonly personId: string },
): Promise<void> {
  const now = kernel.clock.now();
  const isElsewhere = to.organisationId !== request.organisationId;
  // Contacts and legal basis are another organisation's now: what was validated must be seen again.
  const reopened = isElsewhere && request.state === 'validated';
  await updateRequest(trx, now, request.id, {
    organisationId: to.organisationId,
    applicantId: to.personId,
    transfer: null,
    claim: null,
    ...(reopened ? { state: 'draft', reopenedAt: now } : {}),
  });
  await recordByActor(trx, now, request, actor, {
    kind: 'transfer',
    ...(isElsewhere ? { data: { organisation: to.organisationId } } : {}),
  });
  if (reopened) await recordByActor(trx, now, request, actor, { kind: 'reopen' });
  const person = (await findCorrespondents(trx, [to.personId])).get(to.personId);
  await tellPerson(trx, kernel, person, request, 'transfer', null);
}

/**
 * Hands a request to another person: at once in the same organisation or by an instructor; else it waits for an
 * instructor to accept. A validated one is reopened in another organisation. Throws as `lockForStep`, `invalid-input`.
 * @returns whether it waits.
 */
export async function transferRequest(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  input: TransferInput,
): Promise<{ readonly waits: boolean }> {
  return kernel.db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'transfer');
    const now = kernel.clock.now();
    const organisationId = input.organisationId === '' ? request.organisationId : input.organisationId;
    const organisation = isUuid(organisationId) ? await findOrganisation(trx, organisationId) : undefined;
    if (!organisation)
      throw faulty('organisationId', 'Choisissez une organisation.', 'Choose an organisation.');
    const person = await newApplicant(trx, now, organisation.id, input.email);
    const to = { organisationId: organisation.id, personId: person.id };
    const isAtOnce =
      organisation.id === request.organisationId || partsIn(actor, request).includes('instructor');
    if (isAtOnce) {
      await handTo(trx, kernel, request, actor, to);
      return { waits: false };
    }
    await updateRequest(trx, now, request.id, { transfer: to });
    await recordByActor(trx, now, request, actor, {
      kind: 'ask-transfer',
      data: { organisation: organisation.id },
    });
    return { waits: true };
  });
}

/** Accepts or declines a transfer to another organisation that waits. Throws as `lockForStep`. */
export async function decideTransfer(
  kernel: RequestNeeds,
  actor: Actor,
  read: ReadRequest,
  isAccepted: boolean,
): Promise<void> {
  if (!instructs(actor)) throw roleRequired();
  await kernel.db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'transfer');
    const { transfer } = request;
    if (transfer === null || !partsIn(actor, request).includes('instructor')) throw requestIsElsewhere();
    if (isAccepted) {
      await handTo(trx, kernel, request, actor, transfer);
      return;
    }
    const now = kernel.clock.now();
    await updateRequest(trx, now, request.id, { transfer: null });
    await recordByActor(trx, now, request, actor, { kind: 'decline-transfer' });
    await tell(trx, kernel, request, actor, 'decline-transfer', null);
  });
}

/** Writes a message of the applicant or of an instructor on a request. Throws as `lockForStep`, or `invalid-input` on `text`. */
export async function sendMessage(
  kernel: RequestNeeds,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  await kernel.db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, { id, version: null }, 'message');
    const text = textAsTyped('text', typed, { compulsory: true });
    await recordByActor(trx, kernel.clock.now(), request, actor, { kind: 'message', text });
    await tell(trx, kernel, request, actor, 'message', text);
    if (actor.personId === request.applicantId) await tellInstructor(trx, kernel, request, text);
  });
}

/** Tells the instructor who spoke to the applicant last; before that, a submitted request is on every instructor's desk. */
async function tellInstructor(
  trx: Trx,
  kernel: RequestNeeds,
  request: AccreditationRequest,
  text: string | null,
): Promise<void> {
  const events = await listRequestEvents(trx, request.id);
  const last = events.findLast(
    ({ kind, byPerson }) =>
      ['message', 'request-changes', 'validate', 'refuse', 'prepare'].includes(kind) &&
      byPerson !== null &&
      byPerson !== request.applicantId,
  )?.byPerson;
  if (!last) return;
  const to = (await findCorrespondents(trx, [last])).get(last);
  await tellPerson(trx, kernel, to, request, 'message', text);
}
