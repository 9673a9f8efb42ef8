// Pages of services: list, one, registering, changing, suspending, closing. The other pages of one are mounted from here.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { originOf } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import type { Realm } from '../hub/realms.ts';
import { configurationsOf } from './configuration.rules.ts';
import { connectionsRoutes } from './connections.routes.ts';
import { countLiveCredentials } from './credentials.repository.ts';
import { credentialsRoutes } from './credentials.routes.ts';
import { nextSteps } from './next-steps.rules.ts';
import { listResourcesOfService } from './resources.repository.ts';
import { countWaitingReviews } from './reviews.repository.ts';
import { reviewsRoutes } from './reviews.routes.ts';
import { type StateChange, servicePage, stateChangePage } from './service.pages.ts';
import { isWithin, oversees, servicesManagedBy, servicesSeenBy } from './service-access.rules.ts';
import { serviceAt } from './service-at.ts';
import { realmPage, serviceFormPage } from './service-form.pages.ts';
import { asForm, emptyForm, inputOf, type ServiceForm } from './service-form.rules.ts';
import {
  changeService,
  closeService,
  registerService,
  resumeService,
  suspendService,
} from './services.actions.ts';
import { servicesPage } from './services.pages.ts';
import { servicesPermissions } from './services.permissions.ts';
import { eachService, organisationsWithin, pageOfServices } from './services.repository.ts';
import { isRealm } from './services.rules.ts';
import {
  newServiceQuery,
  reasonForm,
  serviceForm,
  serviceParams,
  servicesQuery,
} from './services.schemas.ts';
import type { NamedService, ServiceFilter, ServiceState } from './services.types.ts';

const PAGE_SIZE = 50;

const COLUMNS = [
  'id',
  'client_id',
  'realm',
  'name',
  'state',
  'organisation_id',
  'organisation',
  'client_authentication',
  'claims',
  'created_at',
  'changed_at',
];

/** What a query narrows the list by; empty values narrow nothing. */
export function serviceFilterOf(query: {
  search?: string;
  state?: '' | ServiceState;
  realm?: '' | Realm;
}): ServiceFilter {
  return {
    ...(query.search ? { search: query.search } : {}),
    ...(query.state ? { state: query.state } : {}),
    ...(query.realm ? { realm: query.realm } : {}),
  };
}

async function* rowsOf(services: AsyncIterable<NamedService>): AsyncGenerator<Cell[]> {
  for await (const service of services) {
    yield [
      service.id,
      service.clientId,
      service.realm,
      service.name,
      service.state,
      service.organisationId,
      service.organisationName,
      service.clientAuthentication,
      service.claims.map(({ claim }) => claim).join(' '),
      service.createdAt.toISOString(),
      service.changedAt.toISOString(),
    ];
  }
}

/** `/services` and what is under it. */
export function servicesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  formRoutes(untyped, kernel);
  stateRoutes(untyped, kernel);
  credentialsRoutes(untyped, kernel);
  connectionsRoutes(untyped, kernel);
  reviewsRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const read = { permission: servicesPermissions.readServices };

  app.get('/services', { config: read, schema: { querystring: servicesQuery } }, async (request, reply) => {
    const actor = actorOf(request);
    const filter = serviceFilterOf(request.query);
    const page = { number: request.query.page ?? 1, size: PAGE_SIZE };
    const [{ items, total }, waiting] = await Promise.all([
      pageOfServices(db, servicesSeenBy(actor), filter, page),
      oversees(actor) ? countWaitingReviews(db) : null,
    ]);
    const managed = servicesManagedBy(actor);
    const mayRegister = managed === 'all' || managed.length > 0;
    return sendPage(
      reply,
      servicesPage(request.locale, { filter, items, total, page, mayRegister, waiting }),
    );
  });

  app.get(
    '/services.csv',
    { config: read, schema: { querystring: servicesQuery } },
    async (request, reply) => {
      const scope = servicesSeenBy(actorOf(request));
      const source = eachService(db, scope, serviceFilterOf(request.query));
      return sendCsv(reply, 'services.csv', COLUMNS, rowsOf(source));
    },
  );

  app.get('/services/:id', { config: read, schema: { params: serviceParams } }, async (request, reply) => {
    const actor = actorOf(request);
    const service = await serviceAt(db, actor, request.params.id);
    const origin = originOf(request, config);
    const [live, resources] = await Promise.all([
      countLiveCredentials(db, service.id),
      listResourcesOfService(db, service.id),
    ]);
    const page = servicePage(request.locale, {
      service,
      origin,
      live,
      resources,
      steps: nextSteps(service, live, resources.length),
      configurations: configurationsOf(service, origin, resources),
      mayManage: isWithin(servicesManagedBy(actor), service.organisationId),
      oversees: oversees(actor),
    });
    return sendPage(reply, page);
  });
}

function formRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const manage = { permission: servicesPermissions.manageServices };

  const organisationsOf = (request: FastifyRequest) =>
    organisationsWithin(db, servicesManagedBy(actorOf(request)), clock.now().toISOString().slice(0, 10));

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    realm: Realm,
    before: NamedService | null,
    { typed, faults = [] }: { typed: ServiceForm; faults?: FormFaults },
  ) {
    const page = serviceFormPage(request.locale, {
      csrf: csrfField(request),
      realm,
      before,
      typed,
      faults,
      organisations: before === null ? await organisationsOf(request) : [],
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  async function managedAt(request: FastifyRequest, id: string): Promise<NamedService> {
    const actor = actorOf(request);
    const service = await serviceAt(db, actor, id);
    if (!isWithin(servicesManagedBy(actor), service.organisationId)) throw roleRequired();
    return service;
  }

  app.get(
    '/services/new',
    { config: manage, schema: { querystring: newServiceQuery } },
    async (request, reply) => {
      const { realm } = request.query;
      const organisations = await organisationsOf(request);
      if (!realm || organisations.length === 0) {
        return sendPage(reply, realmPage(request.locale, organisations.length > 0));
      }
      return showForm(request, reply, realm, null, { typed: emptyForm(organisations[0]?.id ?? '') });
    },
  );

  app.post('/services/new', { config: manage, schema: { body: serviceForm } }, async (request, reply) => {
    const typed = request.body as ServiceForm;
    const realm = isRealm(typed.realm ?? '') ? (typed.realm as Realm) : null;
    if (realm === null) return sendPage(reply, realmPage(request.locale, true), 422);
    const attempt = await attemptForm(() => registerService(kernel, actorOf(request), inputOf(realm, typed)));
    if (attempt.done) return reply.redirect(`/services/${attempt.result.id}`, 303);
    return showForm(request, reply, realm, null, { typed, faults: attempt.faults });
  });

  app.get(
    '/services/:id/edit',
    { config: manage, schema: { params: serviceParams } },
    async (request, reply) => {
      const before = await managedAt(request, request.params.id);
      return showForm(request, reply, before.realm, before, { typed: asForm(before) });
    },
  );

  app.post(
    '/services/:id/edit',
    { config: manage, schema: { params: serviceParams, body: serviceForm } },
    async (request, reply) => {
      const before = await managedAt(request, request.params.id);
      const typed = request.body as ServiceForm;
      const attempt = await attemptForm(() =>
        changeService(kernel, actorOf(request), before.id, inputOf(before.realm, typed)),
      );
      if (attempt.done) return reply.redirect(`/services/${before.id}`, 303);
      return showForm(request, reply, before.realm, before, { typed, faults: attempt.faults });
    },
  );
}

function stateRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const { manageServices, suspendServices } = servicesPermissions;
  const changes: Record<StateChange, (request: FastifyRequest, id: string, reason: string) => Promise<void>> =
    {
      suspend: (request, id, reason) => suspendService(kernel, actorOf(request), id, reason),
      resume: (request, id, reason) => resumeService(kernel, actorOf(request), id, reason),
      close: (request, id) => closeService(kernel, actorOf(request), id),
    };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    change: StateChange,
    service: NamedService,
    reason = '',
    faults: FormFaults = [],
  ) {
    const csrf = csrfField(request);
    const page = stateChangePage(request.locale, { csrf, service, change, reason, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  for (const change of Object.keys(changes) as StateChange[]) {
    const config = { permission: change === 'close' ? manageServices : suspendServices };
    app.get(
      `/services/:id/${change}`,
      { config, schema: { params: serviceParams } },
      async (request, reply) => {
        const actor = actorOf(request);
        const service = await serviceAt(db, actor, request.params.id);
        if (change === 'close' && !isWithin(servicesManagedBy(actor), service.organisationId))
          throw roleRequired();
        return show(request, reply, change, service);
      },
    );
    app.post(
      `/services/:id/${change}`,
      { config, schema: { params: serviceParams, body: reasonForm } },
      async (request, reply) => {
        const service = await serviceAt(db, actorOf(request), request.params.id);
        const { reason } = request.body;
        const attempt = await attemptForm(() => changes[change](request, service.id, reason));
        if (attempt.done) return reply.redirect(`/services/${service.id}`, 303);
        return show(request, reply, change, service, reason, attempt.faults);
      },
    );
  }
}
