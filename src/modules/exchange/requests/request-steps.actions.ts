// What every step of a request has in common: the request locked, the actor's right, the history, the ledger, the webhooks.
import { createHash } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { canonicalJson } from '#platform/ledger/canonical-json.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { hasControlCharacterInLines, isUuid, tidiedLines } from '#platform/typed-text.ts';
import { tellWebhooks } from '../webhooks/webhooks.actions.ts';
import type { WebhookEvent } from '../webhooks/webhooks.types.ts';
import { insertRequestEvents } from './request-events.repository.ts';
import {
  hasPartFor,
  instructs,
  type RequestStep,
  requestActorInLedger,
  requestsSeenBy,
  stateAfter,
} from './request-states.rules.ts';
import { ownRequest, requestChangedSince, requestIsElsewhere } from './requests.errors.ts';
import { lockRequest } from './requests.repository.ts';
import type { AccreditationRequest, RequestEvent, RequestEventKind } from './requests.types.ts';

/** What steps on requests need of the kernel. */
export type RequestNeeds = Pick<Kernel, 'db' | 'clock' | 'mailer' | 'config'>;

/** What the one who acts read before: its version, so that nothing that they did not see is decided. */
export interface ReadRequest {
  readonly id: string;
  /** Null: whatever it is now. */
  readonly version: number | null;
}

/**
 * The request, locked for a step. Throws `not-found` when the actor does not see it, `role-required` (or
 * `exchange.own-request`) when the step is not theirs, `exchange.request-is-elsewhere` when its state does not allow it,
 * `exchange.request-changed-since` when it is no longer what they read.
 */
export async function lockForStep(
  trx: Trx,
  actor: Actor,
  { id, version }: ReadRequest,
  step: RequestStep,
): Promise<AccreditationRequest> {
  const request = isUuid(id) ? await lockRequest(trx, requestsSeenBy(actor), id) : undefined;
  if (!request) throw notFound();
  if (!hasPartFor(actor, step, request))
    throw instructs(actor) && request.applicantId === actor.personId ? ownRequest() : roleRequired();
  if (stateAfter(step, request) === undefined) throw requestIsElsewhere({ detail: { state: request.state } });
  if (version !== null && version !== request.version) throw requestChangedSince();
  return request;
}

const IN_LEDGER: Record<RequestEventKind, string> = {
  create: 'created',
  copy: 'copied',
  prepare: 'prepared',
  'hand-over': 'handed-over',
  claim: 'claimed',
  submit: 'submitted',
  'request-changes': 'changes-requested',
  validate: 'validated',
  refuse: 'refused',
  revoke: 'revoked',
  reopen: 'reopened',
  'cancel-reopening': 'reopening-cancelled',
  archive: 'archived',
  'ask-transfer': 'transfer-asked',
  transfer: 'transferred',
  'decline-transfer': 'transfer-declined',
  message: 'message-sent',
  remind: 'reminder-sent',
};

const TO_WEBHOOKS: Partial<Record<RequestEventKind, WebhookEvent>> = {
  submit: 'request.submitted',
  'request-changes': 'request.changes-requested',
  validate: 'request.validated',
  refuse: 'request.refused',
  revoke: 'request.revoked',
  reopen: 'request.reopened',
  archive: 'request.archived',
  message: 'request.message',
};

/** What happened to a request, for its history. */
export interface RequestHappening {
  readonly kind: RequestEventKind;
  readonly by: LedgerActor;
  readonly text?: string | null;
  readonly data?: RequestEvent['data'];
}

/** Writes what happened into the request's history and the ledger, and tells the organisation's webhooks. */
export async function recordOnRequest(
  trx: Trx,
  now: Date,
  request: Pick<AccreditationRequest, 'id' | 'number' | 'organisationId' | 'stage'>,
  { kind, by, text = null, data = {} }: RequestHappening,
): Promise<void> {
  const { id, number, organisationId, stage } = request;
  const byPerson = by.kind === 'person' ? by.personId : null;
  await insertRequestEvents(trx, [{ requestId: id, kind, byPerson, at: now, text, data }]);
  const { snapshot, times, accreditationId, reminder, organisation } = data;
  await appendToLedger(trx, now, {
    kind: `exchange.request-${IN_LEDGER[kind]}`,
    subject: `exchange/request/${id}`,
    actor: by,
    data: {
      number,
      organisationId,
      stage,
      // What people typed stays out of the ledger: its hash proves what was submitted.
      ...(snapshot
        ? { formHash: hashOf(snapshot), scopeIds: snapshot.scopes.map(({ scopeId }) => scopeId) }
        : {}),
      ...(times ? { ...times } : {}),
      ...(accreditationId === undefined ? {} : { accreditationId }),
      ...(reminder === undefined ? {} : { reminder }),
      ...(organisation === undefined ? {} : { organisation }),
    },
  });
  const event = TO_WEBHOOKS[kind];
  if (event)
    await tellWebhooks(trx, now, {
      event,
      organisationIds: [organisationId],
      payload: { request: { id, number, organisationId, stage } },
    });
}

function hashOf(value: unknown): string {
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return createHash('sha256').update(canonicalJson(plain)).digest('hex');
}

/** The same by an actor on a request, in the role in which they did it. */
export async function recordByActor(
  trx: Trx,
  now: Date,
  request: AccreditationRequest,
  actor: Actor,
  happening: Omit<RequestHappening, 'by'>,
): Promise<void> {
  await recordOnRequest(trx, now, request, { ...happening, by: requestActorInLedger(actor, request) });
}

/** A text as typed, tidied. Throws `invalid-input` on `field` when it is too long, or empty while it is compulsory. */
export function textAsTyped(
  field: string,
  typed: string,
  { compulsory, most = 5000 }: { readonly compulsory: boolean; readonly most?: number },
): string | null {
  const text = tidiedLines(typed);
  if (text.length > most || hasControlCharacterInLines(text)) {
    throw faulty(
      field,
      `Au plus ${most} caractères, sans caractère de contrôle.`,
      `At most ${most} characters, no control characters.`,
    );
  }
  if (text.length >= 3) return text;
  if (compulsory)
    throw faulty(field, 'Écrivez au moins trois caractères.', 'Write at least three characters.');
  return text === '' ? null : text;
}

/** An `invalid-input` on one field. */
export function faulty(field: string, fr: string, en: string): Error {
  const fields: FieldError[] = [{ field, text: { fr, en } }];
  return invalidInput({ fields });
}
