// The pages on which requests are decided, and those that ask before a step is taken.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import {
  checksOfRequest,
  refuseRequest,
  requestChanges,
  revokeRequest,
  validateRequest,
} from './decisions.actions.ts';
import { copyRequest, handOverDraft } from './drafts.actions.ts';
import {
  ASKED_STEPS,
  type AskedStep,
  instructionPage,
  stepPage,
  type TypedDecision,
} from './instruction.pages.ts';
import {
  archiveRequest,
  cancelReopening,
  decideTransfer,
  reopenRequest,
  transferRequest,
} from './reopenings.actions.ts';
import { requestAt, seenRequest } from './request-at.ts';
import { summariseTimes } from './request-events.repository.ts';
import { comparisonsOf } from './request-history.rules.ts';
import { requestAddress } from './request-parts.pages.ts';
import { hasPartFor, mayTake } from './request-states.rules.ts';
import type { ReadRequest } from './request-steps.actions.ts';
import { summarySince, timesSentence } from './request-times.rules.ts';
import { ownRequest, requestIsElsewhere } from './requests.errors.ts';
import { requestsPermissions } from './requests.permissions.ts';
import { decisionForm, requestParams, stepForm, transferDecisionForm } from './requests.schemas.ts';

const { instructRequests, writeRequests } = requestsPermissions;

/** `/exchange/requests/:id/instruction` and a page for each step that asks first. */
export function instructionRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  decisionRoutes(untyped, kernel);
  stepRoutes(untyped, kernel);
}

function decisionRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config } = kernel;
  const empty = { decision: '', text: '', quotaPerMinute: '', validUntil: '' };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: TypedDecision = empty,
    faults: readonly FieldError[] = [],
  ) {
    const actor = actorOf(request);
    const seen = await seenRequest(db, actor, id);
    if (!hasPartFor(actor, 'validate', seen.request)) throw ownRequest();
    if (faults.length === 0 && !mayTake(actor, 'validate', seen.request)) throw requestIsElsewhere();
    const [checks, times] = await Promise.all([
      checksOfRequest(db, kernel, seen.request, seen.scopes),
      summariseTimes(db, summarySince(clock.now())),
    ]);
    const page = instructionPage(request.locale, {
      csrf: csrfField(request),
      request: seen.request,
      scopes: seen.scopes,
      checks,
      comparisons: comparisonsOf(seen.events),
      typed,
      faults,
      times: timesSentence(request.locale, times),
      timeZone: config.timeZone,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/exchange/requests/:id/instruction',
    { config: { permission: instructRequests }, schema: { params: requestParams } },
    (request, reply) => show(request, reply, request.params.id),
  );

  app.post(
    '/exchange/requests/:id/instruction',
    { config: { permission: instructRequests }, schema: { params: requestParams, body: decisionForm } },
    async (request, reply) => {
      const { version, ...typed } = request.body;
      const { id } = await requestAt(db, actorOf(request), request.params.id);
      const attempt = await attemptForm(() => decide(kernel, actorOf(request), { id, version }, typed));
      if (attempt.done) return reply.redirect(requestAddress(id), 303);
      return show(request, reply, id, typed, attempt.faults);
    },
  );
}

/** Takes the decision that was typed. Throws as the decisions do, or `invalid-input` when none was chosen. */
export async function decide(
  kernel: Kernel,
  actor: Actor,
  read: ReadRequest,
  typed: TypedDecision,
): Promise<void> {
  switch (typed.decision) {
    case 'validate':
      await validateRequest(kernel, actor, read, typed);
      return;
    case 'request-changes':
      await requestChanges(kernel, actor, read, typed.text);
      return;
    case 'refuse':
      await refuseRequest(kernel, actor, read, typed.text);
      return;
    default: {
      const text = { fr: 'Choisissez une décision.', en: 'Choose a decision.' };
      throw invalidInput({ fields: [{ field: 'decision', text }] });
    }
  }
}

interface TypedStep {
  readonly text: string;
  readonly stage: string;
  readonly organisationId: string;
  readonly email: string;
}

function stepRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  /** What each step does. @returns the request to show afterwards. */
  const steps: Record<AskedStep, (actor: Actor, read: ReadRequest, typed: TypedStep) => Promise<string>> = {
    async reopen(actor, read, { text }) {
      await reopenRequest(kernel, actor, read, text);
      return read.id;
    },
    async 'cancel-reopening'(actor, read) {
      await cancelReopening(kernel, actor, read);
      return read.id;
    },
    async archive(actor, read, { text }) {
      await archiveRequest(kernel, actor, read, text);
      return read.id;
    },
    async revoke(actor, read, { text }) {
      await revokeRequest(kernel, actor, read, text);
      return read.id;
    },
    copy: (actor, read, { stage }) => copyRequest(kernel, actor, read.id, stage),
    async 'hand-over'(actor, read) {
      await handOverDraft(kernel, actor, read);
      return read.id;
    },
    async transfer(actor, read, typed) {
      await transferRequest(kernel, actor, read, typed);
      return read.id;
    },
  };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    step: AskedStep,
    typed: Partial<TypedStep> = {},
    faults: readonly FieldError[] = [],
  ) {
    const actor = actorOf(request);
    const found = await requestAt(db, actor, id);
    if (!hasPartFor(actor, step, found)) throw roleRequired();
    if (faults.length === 0 && !mayTake(actor, step, found)) throw requestIsElsewhere();
    const organisations = step === 'transfer' ? await listOrganisations(db) : [];
    const view = { csrf: csrfField(request), request: found, step, typed, faults, organisations };
    return sendPage(reply, stepPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  for (const step of ASKED_STEPS) {
    const permission = step === 'revoke' || step === 'hand-over' ? instructRequests : writeRequests;
    app.get(
      `/exchange/requests/:id/${step}`,
      { config: { permission }, schema: { params: requestParams } },
      (request, reply) => show(request, reply, request.params.id, step),
    );
    app.post(
      `/exchange/requests/:id/${step}`,
      { config: { permission }, schema: { params: requestParams, body: stepForm } },
      async (request, reply) => {
        const { version, ...typed } = request.body;
        const { id } = request.params;
        const attempt = await attemptForm(() => steps[step](actorOf(request), { id, version }, typed));
        if (attempt.done) {
          // Whoever handed a request to another organisation sees it no more.
          const seen = step !== 'transfer' || (await isSeen(db, actorOf(request), id));
          return reply.redirect(seen ? requestAddress(attempt.result) : '/exchange/requests', 303);
        }
        return show(request, reply, id, step, typed, attempt.faults);
      },
    );
  }

  app.post(
    '/exchange/requests/:id/transfer-decision',
    {
      config: { permission: instructRequests },
      schema: { params: requestParams, body: transferDecisionForm },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { version, decision } = request.body;
      await decideTransfer(kernel, actorOf(request), { id, version }, decision === 'accept');
      return reply.redirect(requestAddress(id), 303);
    },
  );
}

async function isSeen(db: Kernel['db'], actor: Actor, id: string): Promise<boolean> {
  return requestAt(db, actor, id).then(
    () => true,
    () => false,
  );
}
