// Pages of resources for machines: list, one, registering, changing, granting, withdrawing; and the same over the API.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  changeResource,
  grantOwnResource,
  registerOwnResource,
  withdrawOwnResource,
} from './resources.actions.ts';
import { resourcesApi } from './resources.api.ts';
import { type ResourceForm, resourceFormPage, resourcePage, resourcesPage } from './resources.pages.ts';
import { findResourceById, listGrantsOf, pageOfResources } from './resources.repository.ts';
import { TOKEN_SECONDS } from './resources.rules.ts';
import {
  grantForm,
  resourceForm,
  resourceParams,
  resourcesQuery,
  withdrawForm,
} from './resources.schemas.ts';
import type { NamedResource } from './resources.types.ts';
import { grantsSeenBy, isWithin, resourcesGrantedBy, resourcesManagedBy } from './service-access.rules.ts';
import { linesOf } from './service-form.rules.ts';
import { servicesPermissions } from './services.permissions.ts';
import { organisationsWithin } from './services.repository.ts';

const PAGE_SIZE = 50;

const EMPTY_FORM: ResourceForm = {
  identifier: '',
  name: '',
  organisationId: '',
  scopes: '',
  tokenSeconds: String(TOKEN_SECONDS.usual),
  servedBy: '',
};

function asForm(resource: NamedResource): ResourceForm {
  return {
    identifier: resource.identifier,
    name: resource.name,
    organisationId: resource.organisationId,
    scopes: resource.scopes.join('\n'),
    tokenSeconds: String(resource.tokenSeconds),
    servedBy: resource.servers[0]?.clientId ?? '',
  };
}

/** `/resources` and what is under it, and `/api/v1/identity/resources`. */
export function resourcesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  readingRoutes(untyped, kernel);
  formRoutes(untyped, kernel);
  resourcesApi(untyped, kernel);
}

function readingRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;
  const read = { permission: servicesPermissions.readServices };
  const grant = { permission: servicesPermissions.grantResources };

  async function resourceAt(id: string): Promise<NamedResource> {
    const resource = isUuid(id) ? await findResourceById(db, id) : undefined;
    if (!resource) throw notFound();
    return resource;
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    resource: NamedResource,
    typed: { clientId: string; scopes: readonly string[] } = { clientId: '', scopes: [] },
    faults: FormFaults = [],
  ) {
    const actor = actorOf(request);
    const { id, organisationId } = resource;
    const seesGrants = isWithin(grantsSeenBy(actor), organisationId);
    const page = resourcePage(request.locale, {
      csrf: csrfField(request),
      resource,
      grants: seesGrants ? await listGrantsOf(db, id) : null,
      mayChange: isWithin(resourcesManagedBy(actor), organisationId),
      mayGrant: isWithin(resourcesGrantedBy(actor), organisationId),
      timeZone: config.timeZone,
      typed,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/resources', { config: read, schema: { querystring: resourcesQuery } }, async (request, reply) => {
    const filter = request.query.search ? { search: request.query.search } : {};
    const page = { number: request.query.page ?? 1, size: PAGE_SIZE };
    const { items, total } = await pageOfResources(db, filter, page);
    const managed = resourcesManagedBy(actorOf(request));
    const mayRegister = managed === 'all' || managed.length > 0;
    return sendPage(reply, resourcesPage(request.locale, { filter, items, total, page, mayRegister }));
  });

  app.get('/resources/:id', { config: read, schema: { params: resourceParams } }, async (request, reply) =>
    show(request, reply, await resourceAt(request.params.id)),
  );

  app.post(
    '/resources/:id/grants',
    { config: grant, schema: { params: resourceParams, body: grantForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => grantOwnResource(kernel, actorOf(request), id, request.body));
      if (attempt.done) return reply.redirect(`/resources/${id}`, 303);
      return show(request, reply, await resourceAt(id), request.body, attempt.faults);
    },
  );

  app.post(
    '/resources/:id/withdraw',
    { config: grant, schema: { params: resourceParams, body: withdrawForm } },
    async (request, reply) => {
      const { id } = request.params;
      await withdrawOwnResource(kernel, actorOf(request), id, request.body.clientId);
      return reply.redirect(`/resources/${id}`, 303);
    },
  );
}

function formRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const manage = { permission: servicesPermissions.manageResources };

  async function managedAt(request: FastifyRequest, id: string): Promise<NamedResource> {
    const resource = isUuid(id) ? await findResourceById(db, id) : undefined;
    if (!resource || !isWithin(resourcesManagedBy(actorOf(request)), resource.organisationId))
      throw notFound();
    return resource;
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    before: NamedResource | null,
    typed: ResourceForm,
    faults: FormFaults = [],
  ) {
    const day = clock.now().toISOString().slice(0, 10);
    const managed = resourcesManagedBy(actorOf(request));
    const page = resourceFormPage(request.locale, {
      csrf: csrfField(request),
      before,
      typed,
      faults,
      organisations: before === null ? await organisationsWithin(db, managed, day) : [],
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/resources/new', { config: manage }, async (request, reply) =>
    showForm(request, reply, null, EMPTY_FORM),
  );

  app.post('/resources/new', { config: manage, schema: { body: resourceForm } }, async (request, reply) => {
    const typed = request.body;
    const attempt = await attemptForm(() =>
      registerOwnResource(kernel, actorOf(request), { ...typed, scopes: linesOf(typed.scopes) }),
    );
    if (attempt.done) return reply.redirect(`/resources/${attempt.result.id}`, 303);
    return showForm(request, reply, null, typed, attempt.faults);
  });

  app.get(
    '/resources/:id/edit',
    { config: manage, schema: { params: resourceParams } },
    async (request, reply) => {
      const before = await managedAt(request, request.params.id);
      return showForm(request, reply, before, asForm(before));
    },
  );

  app.post(
    '/resources/:id/edit',
    { config: manage, schema: { params: resourceParams, body: resourceForm } },
    async (request, reply) => {
      const before = await managedAt(request, request.params.id);
      const typed = request.body;
      const attempt = await attemptForm(() =>
        changeResource(kernel, actorOf(request), before.id, { ...typed, scopes: linesOf(typed.scopes) }),
      );
      if (attempt.done) return reply.redirect(`/resources/${before.id}`, 303);
      return showForm(request, reply, before, typed, attempt.faults);
    },
  );
}
