// The producer's side of the catalogue: list, overview, adding, changing, opening and closing. Versions are mounted from here.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { apiFormPage, type Confirmation, confirmPage } from './api-form.pages.ts';
import { addApi, changeApi, closeApi, openApi } from './apis.actions.ts';
import { findApi, listApis, listScopesOf } from './apis.repository.ts';
import { type NewApiInput, resourceIdentifierOf, whatOpeningLacks } from './apis.rules.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import { apiForm, confirmForm, producerApisQuery, slugParams } from './catalogue.schemas.ts';
import type { Api } from './catalogue.types.ts';
import { ownApiAt } from './own-api-at.ts';
import { producerAddress, producerApiPage, producerApisPage } from './producer-apis.pages.ts';
import { apiAsForm, emptyApiForm } from './producer-forms.rules.ts';
import { producerVersionsRoutes } from './producer-versions.routes.ts';
import { apisManagedBy } from './producers.rules.ts';
import { listVersions } from './versions.repository.ts';

const PAGE_SIZE = 50;

/** `/exchange/producer/apis` and what is under it. */
export function producerApisRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  readingRoutes(untyped, kernel);
  formRoutes(untyped, kernel);
  stateRoutes(untyped, kernel);
  producerVersionsRoutes(untyped, kernel);
}

const config = { permission: cataloguePermissions.manageApis };

function readingRoutes(untyped: FastifyInstance, { db, config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/exchange/producer/apis',
    { config, schema: { querystring: producerApisQuery } },
    async (request, reply) => {
      const page = { number: request.query.page ?? 1, size: PAGE_SIZE };
      const found = await listApis(db, apisManagedBy(actorOf(request)), {}, page);
      return sendPage(reply, producerApisPage(request.locale, { ...found, page }));
    },
  );

  app.get(
    '/exchange/producer/apis/:slug',
    { config, schema: { params: slugParams, querystring: producerApisQuery } },
    async (request, reply) => {
      const api = await ownApiAt({ db }, request, request.params.slug);
      const [versions, scopes] = await Promise.all([listVersions(db, api.id), listScopesOf(db, [api.id])]);
      const { run = '' } = request.query;
      const page = producerApiPage(request.locale, {
        api,
        versions,
        scopes,
        lacks: whatOpeningLacks(versions, scopes),
        run: isUuid(run) ? run : null,
        timeZone: settings.timeZone,
      });
      return sendPage(reply, page);
    },
  );
}

function formRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    before: Api | null,
    typed: NewApiInput | null,
    faults: readonly FieldError[] = [],
  ) {
    const managed = apisManagedBy(actorOf(request));
    const all = before === null ? await listOrganisations(db) : [];
    const organisations = managed === 'all' ? all : all.filter(({ id }) => managed.includes(id));
    const page = apiFormPage(request.locale, {
      csrf: csrfField(request),
      before,
      typed: typed ?? (before ? apiAsForm(before) : emptyApiForm(organisations[0]?.id ?? '')),
      faults,
      organisations,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/exchange/producer/apis/new', { config }, (request, reply) =>
    showForm(request, reply, null, null),
  );

  app.post('/exchange/producer/apis/new', { config, schema: { body: apiForm } }, async (request, reply) => {
    const typed = request.body as NewApiInput;
    const attempt = await attemptForm(() => addApi(kernel, actorOf(request), typed));
    if (!attempt.done) return showForm(request, reply, null, typed, attempt.faults);
    const api = await findApi(db, attempt.result, 'all');
    return reply.redirect(producerAddress(api?.slug ?? ''), 303);
  });

  app.get(
    '/exchange/producer/apis/:slug/edit',
    { config, schema: { params: slugParams } },
    async (request, reply) =>
      showForm(request, reply, await ownApiAt(kernel, request, request.params.slug), null),
  );

  app.post(
    '/exchange/producer/apis/:slug/edit',
    { config, schema: { params: slugParams, body: apiForm } },
    async (request, reply) => {
      const before = await ownApiAt(kernel, request, request.params.slug);
      const typed = request.body as NewApiInput;
      const attempt = await attemptForm(() => changeApi(kernel, actorOf(request), before.id, typed));
      if (attempt.done) return reply.redirect(producerAddress(before.slug), 303);
      return showForm(request, reply, before, typed, attempt.faults);
    },
  );
}

function stateRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const identifierOf = resourceIdentifierOf(kernel.config.publicUrl);
  const changes: Readonly<Record<'open' | 'close', (actor: Actor, id: string) => Promise<void>>> = {
    open: (actor, id) => openApi(kernel, actor, id, identifierOf),
    close: (actor, id) => closeApi(kernel, actor, id),
  };
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    api: Api,
    asks: Confirmation,
    faults: readonly FieldError[] = [],
  ) => {
    const page = confirmPage(request.locale, { csrf: csrfField(request), api, version: null, asks, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  };

  for (const asks of ['open', 'close'] as const) {
    app.get(
      `/exchange/producer/apis/:slug/${asks}`,
      { config, schema: { params: slugParams } },
      async (request, reply) =>
        show(request, reply, await ownApiAt(kernel, request, request.params.slug), asks),
    );
    app.post(
      `/exchange/producer/apis/:slug/${asks}`,
      { config, schema: { params: slugParams, body: confirmForm } },
      async (request, reply) => {
        const api = await ownApiAt(kernel, request, request.params.slug);
        const attempt = await attemptForm(() => changes[asks](actorOf(request), api.id));
        if (attempt.done) return reply.redirect(producerAddress(api.slug), 303);
        return show(request, reply, api, asks, attempt.faults);
      },
    );
  }
}
