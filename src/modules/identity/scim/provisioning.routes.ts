// Pages by which administrators, and digital directors for their own organisation and what stands under it, give
// directories their tokens and see what these did.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed, type Role } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { originAsked } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { idsDownwardsFrom, listOrganisations } from '../organisations.repository.ts';
import { permissions } from '../permissions.ts';
import { provisioningPage, tokenFormPage, tokenMadePage, tokenRevokePage } from './provisioning.pages.ts';
import { scimPermissions } from './scim.permissions.ts';
import { provisioningQuery, scimTokenForm, scimTokenParams } from './scim.schemas.ts';
import { makeScimToken, revokeScimToken } from './scim-tokens.actions.ts';
import { findToken, listTokens, type Reach } from './scim-tokens.repository.ts';
import type { NamedScimToken, ScimTokenInput } from './scim-tokens.types.ts';
import { pageOfScimChanges } from './scim-users.repository.ts';

const PAGE_SIZE = 50;

/** `/provisioning` and what is under it. */
export function provisioningRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: scimPermissions.manageProvisioning };

  const isAdministrator = (request: FastifyRequest) =>
    actorOf(request).roles.some(({ role }) => role === 'administrator');

  /** Whose provisioning the reader sees: all of it, or that of the organisations that they direct and below. */
  async function reachOf(request: FastifyRequest): Promise<Reach> {
    if (isAdministrator(request)) return 'all';
    const directed = actorOf(request).roles.flatMap(({ role, organisationId }) =>
      role === 'digital-director' && organisationId !== null ? [organisationId] : [],
    );
    return idsDownwardsFrom(db, directed);
  }

  function byWhom(request: FastifyRequest): LedgerActor {
    const role: Role = isAdministrator(request) ? 'administrator' : 'digital-director';
    return { kind: 'person', personId: actorOf(request).personId, role };
  }

  app.get('/provisioning', { config, schema: { querystring: provisioningQuery } }, async (request, reply) => {
    const reach = await reachOf(request);
    const page = { number: request.query.page ?? 1, size: PAGE_SIZE };
    const [tokens, changes] = await Promise.all([listTokens(db, reach), pageOfScimChanges(db, reach, page)]);
    const origin = originAsked(request, kernel.config);
    return sendPage(
      reply,
      provisioningPage(request.locale, {
        tokens,
        base: origin === null ? null : `${origin}/scim/v2`,
        changes: changes.items,
        total: changes.total,
        page,
        mayReadPeople: isAllowed(permissions.managePeople, request.actor),
      }),
    );
  });

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { typed, faults }: { typed: ScimTokenInput; faults: FormFaults },
  ) {
    const reach = await reachOf(request);
    const all = await listOrganisations(db);
    const organisations = reach === 'all' ? all : all.filter(({ id }) => reach.includes(id));
    const page = tokenFormPage(request.locale, { csrf: csrfField(request), organisations, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/provisioning/tokens/new', { config }, async (request, reply) =>
    showForm(request, reply, { typed: { name: '', organisationId: '' }, faults: [] }),
  );

  app.post(
    '/provisioning/tokens/new',
    { config, schema: { body: scimTokenForm } },
    async (request, reply) => {
      const reach = await reachOf(request);
      const attempt = await attemptForm(() => makeScimToken(kernel, byWhom(request), request.body, reach));
      // No redirection: the token is in this answer and nowhere else.
      if (attempt.done) {
        return sendPage(
          reply.header('cache-control', 'no-store'),
          tokenMadePage(request.locale, attempt.result.token),
        );
      }
      return showForm(request, reply, { typed: request.body, faults: attempt.faults });
    },
  );

  async function tokenAt(request: FastifyRequest, id: string): Promise<NamedScimToken> {
    const token = isUuid(id) ? await findToken(db, id, await reachOf(request)) : undefined;
    if (!token) throw notFound();
    return token;
  }

  app.get(
    '/provisioning/tokens/:id/revoke',
    { config, schema: { params: scimTokenParams } },
    async (request, reply) => {
      const token = await tokenAt(request, request.params.id);
      if (token.revokedAt !== null) return reply.redirect('/provisioning', 303);
      return sendPage(reply, tokenRevokePage(request.locale, { csrf: csrfField(request), token }));
    },
  );

  app.post(
    '/provisioning/tokens/:id/revoke',
    { config, schema: { params: scimTokenParams } },
    async (request, reply) => {
      await revokeScimToken(kernel, byWhom(request), request.params.id, await reachOf(request));
      return reply.redirect('/provisioning', 303);
    },
  );
}
