// The pages on which requests begin and are written: new, prepared, claimed, one page a block, submission.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { checksOfRequest, submitRequest } from './decisions.actions.ts';
import {
  claimRequest,
  createRequest,
  prepareDraftFor,
  requestClaimedBy,
  saveDraft,
} from './drafts.actions.ts';
import { requestAt } from './request-at.ts';
import { summariseTimes } from './request-events.repository.ts';
import type { RequestBlock, RequestForm } from './request-fields.data.ts';
import {
  blockPage,
  claimPage,
  newRequestPage,
  prepareRequestPage,
  submissionPage,
  type TypedBeginning,
} from './request-form.pages.ts';
import { formAsTyped, isBlock, nextBlock } from './request-form.rules.ts';
import { requestAddress } from './request-parts.pages.ts';
import { hasPartFor, mayTake, organisationsAppliedFor } from './request-states.rules.ts';
import { summarySince, timesSentence } from './request-times.rules.ts';
import { requestIsElsewhere } from './requests.errors.ts';
import { requestsPermissions } from './requests.permissions.ts';
import { listRequestedScopes, listScopesOffered } from './requests.repository.ts';
import {
  beginningForm,
  beginningQuery,
  blockForm,
  blockParams,
  claimParams,
  requestParams,
  submissionForm,
} from './requests.schemas.ts';
import type { AccreditationRequest, RequestedScope } from './requests.types.ts';
import { REQUEST_TEMPLATES } from './templates.data.ts';

const { applyForAccreditation, instructRequests, writeRequests } = requestsPermissions;

/** The pages on which requests are written. */
export function requestFormRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  beginningRoutes(untyped, kernel);
  claimRoutes(untyped, kernel);
  blockRoutes(untyped, kernel);
  submissionRoutes(untyped, kernel);
}

function beginningRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const empty = { template: '', organisationId: '', stage: 'production', email: '', api: '' };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: 'new' | 'prepare',
    typed: TypedBeginning = empty,
    faults: readonly FieldError[] = [],
  ) {
    const own = organisationsAppliedFor(actorOf(request));
    const [all, times] = await Promise.all([
      listOrganisations(db),
      summariseTimes(db, summarySince(clock.now())),
    ]);
    const view = {
      csrf: csrfField(request),
      typed,
      faults,
      organisations: kind === 'prepare' ? all : all.filter(({ id }) => own.includes(id)),
      times: timesSentence(request.locale, times),
    };
    const page =
      kind === 'new' ? newRequestPage(request.locale, view) : prepareRequestPage(request.locale, view);
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  const kinds = {
    new: { permission: applyForAccreditation, begin: createRequest },
    prepare: { permission: instructRequests, begin: prepareDraftFor },
  } as const;
  for (const kind of ['new', 'prepare'] as const) {
    const { permission, begin } = kinds[kind];
    app.get(
      `/exchange/requests/${kind}`,
      { config: { permission }, schema: { querystring: beginningQuery } },
      (request, reply) => {
        const { api = '' } = request.query;
        return show(request, reply, kind, { ...empty, api, template: templateFor(api) });
      },
    );
    app.post(
      `/exchange/requests/${kind}`,
      { config: { permission }, schema: { body: beginningForm } },
      async (request, reply) => {
        const attempt = await attemptForm(() => begin(kernel, actorOf(request), request.body));
        if (attempt.done) return reply.redirect(requestAddress(attempt.result), 303);
        return show(request, reply, kind, request.body, attempt.faults);
      },
    );
  }
}

/** The use case that asks for an API; the free one where none does; none without an API. */
function templateFor(api: string): string {
  if (api === '') return '';
  const usual = REQUEST_TEMPLATES.find(({ scopes }) => scopes.some((scope) => scope.api === api));
  return usual?.word ?? 'free';
}

function claimRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: applyForAccreditation };

  app.get(
    '/exchange/requests/claim/:token',
    { config, schema: { params: claimParams } },
    async (request, reply) => {
      const { token } = request.params;
      const claimed = await requestClaimedBy(kernel, actorOf(request), token);
      const scopes = await listRequestedScopes(db, claimed.id);
      const csrf = csrfField(request);
      return sendPage(reply, claimPage(request.locale, { csrf, request: claimed, token, scopes }));
    },
  );

  app.post(
    '/exchange/requests/claim/:token',
    { config, schema: { params: claimParams } },
    async (request, reply) => {
      const id = await claimRequest(kernel, actorOf(request), request.params.token);
      return reply.redirect(requestAddress(id), 303);
    },
  );
}

/** The request as its writer reads it. Throws `not-found`, `role-required`, `exchange.request-is-elsewhere`. */
async function writtenAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  id: string,
): Promise<AccreditationRequest> {
  const actor = actorOf(request);
  const found = await requestAt(db, actor, id);
  if (!hasPartFor(actor, 'edit', found)) throw roleRequired();
  if (!mayTake(actor, 'edit', found)) throw requestIsElsewhere();
  return found;
}

function blockOf(word: string): RequestBlock {
  if (!isBlock(word)) throw notFound();
  return word;
}

/** Scopes on offer, and those asked for whose API is no longer open, so that they can be taken away. */
function withKept(offered: readonly RequestedScope[], asked: readonly RequestedScope[]): RequestedScope[] {
  const known = new Set(offered.map(({ scopeId }) => scopeId));
  return [...asked.filter(({ scopeId }) => !known.has(scopeId)), ...offered];
}

function blockRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: writeRequests };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    found: AccreditationRequest,
    block: RequestBlock,
    typed: { form: RequestForm; scopeIds: readonly string[]; version: string } | null = null,
    faults: readonly FieldError[] = [],
  ) {
    const asked = await listRequestedScopes(db, found.id);
    const page = blockPage(request.locale, {
      csrf: csrfField(request),
      request: found,
      version: typed?.version ?? String(found.version),
      block,
      form: { ...found.form, ...typed?.form },
      scopeIds: typed?.scopeIds ?? asked.map(({ scopeId }) => scopeId),
      offered: block === 'scopes' ? withKept(await listScopesOffered(db), asked) : [],
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/exchange/requests/:id/form/:block',
    { config, schema: { params: blockParams } },
    async (request, reply) => {
      const found = await writtenAt(kernel, request, request.params.id);
      return show(request, reply, found, blockOf(request.params.block));
    },
  );

  app.post(
    '/exchange/requests/:id/form/:block',
    { config, schema: { params: blockParams, body: blockForm } },
    async (request, reply) => {
      const found = await writtenAt(kernel, request, request.params.id);
      const block = blockOf(request.params.block);
      const { version, scope, ...fields } = request.body as { version: number; scope: string[] } & Record<
        string,
        string
      >;
      const attempt = await attemptForm(() =>
        saveDraft(
          kernel,
          actorOf(request),
          { id: found.id, version },
          {
            form: fields,
            ...(block === 'scopes' ? { scopeIds: scope } : {}),
          },
        ),
      );
      if (!attempt.done) {
        const typed = { form: formAsTyped(fields), scopeIds: scope, version: String(version) };
        return show(request, reply, found, block, typed, attempt.faults);
      }
      const { request: saved, scopes } = attempt.result;
      const next = nextBlock(block, saved, scopes);
      return reply.redirect(requestAddress(found.id, next === null ? '' : `/form/${next}`), 303);
    },
  );
}

function submissionRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: applyForAccreditation };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    found: AccreditationRequest,
    typed = { acceptsTerms: false, dpoIsInformed: false },
    faults: readonly FieldError[] = [],
  ) {
    const scopes = await listRequestedScopes(db, found.id);
    const checks = await checksOfRequest(db, kernel, found, scopes);
    const view = { csrf: csrfField(request), request: found, scopes, checks, typed, faults };
    return sendPage(reply, submissionPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/exchange/requests/:id/submit',
    { config, schema: { params: requestParams } },
    async (request, reply) => show(request, reply, await writtenAt(kernel, request, request.params.id)),
  );

  app.post(
    '/exchange/requests/:id/submit',
    { config, schema: { params: requestParams, body: submissionForm } },
    async (request, reply) => {
      const found = await writtenAt(kernel, request, request.params.id);
      const { version, acceptsTerms, dpoIsInformed } = request.body;
      const agreed = { acceptsTerms: acceptsTerms !== '', dpoIsInformed: dpoIsInformed !== '' };
      const attempt = await attemptForm(() =>
        submitRequest(kernel, actorOf(request), { id: found.id, version }, agreed),
      );
      if (attempt.done) return reply.redirect(requestAddress(found.id), 303);
      return show(request, reply, found, agreed, attempt.faults);
    },
  );
}
