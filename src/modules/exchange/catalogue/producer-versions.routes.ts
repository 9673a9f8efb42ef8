// The producer's pages of versions and scopes: a new version with its document, its server, its end, what scopes let out.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { SpooledBody } from '#platform/http/spooled-body.ts';
import { readUpload } from '#platform/http/upload.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { confirmPage } from './api-form.pages.ts';
import { listScopesOf } from './apis.repository.ts';
import { uploadIsBroken } from './catalogue.errors.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import {
  confirmForm,
  endForm,
  openForm,
  slugParams,
  upstreamForm,
  versionParams,
} from './catalogue.schemas.ts';
import type { Api, ApiVersion } from './catalogue.types.ts';
import { fieldsOf } from './openapi.rules.ts';
import { LARGEST_DOCUMENT } from './openapi-text.rules.ts';
import { ownApiAt } from './own-api-at.ts';
import { producerAddress } from './producer-apis.pages.ts';
import { scopesAsForm, scopesOfForm, upstreamAsForm, withRoom } from './producer-forms.rules.ts';
import { writeScopes } from './scopes.actions.ts';
import { type ScopeInput, unknownFields } from './scopes.rules.ts';
import {
  scopesFormPage,
  upstreamFormPage,
  type VersionForm,
  versionFormPage,
} from './version-forms.pages.ts';
import { addVersion, deprecateVersion, retireVersion, setUpstream } from './versions.actions.ts';
import { findContent, findVersion, listVersions } from './versions.repository.ts';
import { nextVersionName, type UpstreamInput } from './versions.rules.ts';

const config = { permission: cataloguePermissions.manageApis };

/** `/exchange/producer/apis/:slug/versions` and `/scopes`. */
export function producerVersionsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  newVersionRoutes(untyped, kernel);
  upstreamRoutes(untyped, kernel);
  endRoutes(untyped, kernel);
  scopesRoutes(untyped, kernel);
}

async function ownVersionAt(
  kernel: Kernel,
  request: FastifyRequest,
  { slug, version: name }: { slug: string; version: string },
): Promise<{ api: Api; version: ApiVersion }> {
  const api = await ownApiAt(kernel, request, slug);
  const version = await findVersion(kernel.db, api.id, name);
  if (!version) throw notFound();
  return { api, version };
}

function newVersionRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const path = '/exchange/producer/apis/:slug/versions/new';

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    api: Api,
    typed: VersionForm,
    faults: readonly FieldError[] = [],
  ) {
    const page = versionFormPage(request.locale, { csrf: csrfField(request), api, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: slugParams } }, async (request, reply) => {
    const api = await ownApiAt(kernel, request, request.params.slug);
    const name = nextVersionName(await listVersions(db, api.id));
    return show(request, reply, api, { name, documentUrl: '', sandboxExamples: '' });
  });

  app.post(
    path,
    {
      config: { ...config, csrf: 'by-handler', rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { params: slugParams },
    },
    async (request, reply) => {
      const { fields, file } = await readUpload(request, {
        maxBytes: LARGEST_DOCUMENT,
        broken: uploadIsBroken,
      });
      const { name = '', documentUrl = '', sandboxExamples = '' } = fields;
      const typed = { name, documentUrl, sandboxExamples };
      const document = await documentIn(file);
      const api = await ownApiAt(kernel, request, request.params.slug);
      const attempt = await attemptForm(() =>
        addVersion(kernel, actorOf(request), api.id, { ...typed, document }),
      );
      if (attempt.done) return reply.redirect(`${producerAddress(api.slug)}?run=${attempt.result.run}`, 303);
      return show(request, reply, api, typed, attempt.faults);
    },
  );
}

/** The text of a file; what is longer than any document is replaced, so that it is refused as too long. */
async function documentIn(file: SpooledBody | null): Promise<string> {
  if (file === null) return '';
  try {
    if (file.isCut) return ' '.repeat(LARGEST_DOCUMENT).concat('{}');
    const chunks: Buffer[] = [];
    for await (const chunk of file.read()) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file[Symbol.asyncDispose]();
  }
}

function upstreamRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const path = '/exchange/producer/apis/:slug/versions/:version/upstream';

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { api, version }: { api: Api; version: ApiVersion },
    typed: UpstreamInput,
    faults: readonly FieldError[] = [],
  ) {
    const { hasSecret } = version.upstream;
    const view = { csrf: csrfField(request), api, version: version.name, hasSecret, typed, faults };
    return sendPage(reply, upstreamFormPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: versionParams } }, async (request, reply) => {
    const found = await ownVersionAt(kernel, request, request.params);
    return show(request, reply, found, upstreamAsForm(found.version));
  });

  app.post(
    path,
    { config, schema: { params: versionParams, body: upstreamForm } },
    async (request, reply) => {
      const found = await ownVersionAt(kernel, request, request.params);
      const { pipelining, ...rest } = request.body as Record<string, string>;
      const typed = { ...rest, pipelining: pipelining !== '' } as UpstreamInput;
      const attempt = await attemptForm(() =>
        setUpstream(kernel, actorOf(request), found.api.id, found.version.name, typed),
      );
      if (attempt.done) return reply.redirect(producerAddress(found.api.slug), 303);
      return show(request, reply, found, typed, attempt.faults);
    },
  );
}

function endRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    { api, version }: { api: Api; version: ApiVersion },
    asks: 'deprecate' | 'retire',
    endsOn: string,
    faults: readonly FieldError[] = [],
  ) => {
    const view = { csrf: csrfField(request), api, version: version.name, asks, faults, endsOn };
    return sendPage(reply, confirmPage(request.locale, view), faults.length > 0 ? 422 : 200);
  };

  for (const asks of ['deprecate', 'retire'] as const) {
    const path = `/exchange/producer/apis/:slug/versions/:version/${asks}`;
    app.get(path, { config, schema: { params: versionParams } }, async (request, reply) => {
      const found = await ownVersionAt(kernel, request, request.params);
      return show(request, reply, found, asks, found.version.endsOn ?? '');
    });
    app.post(
      path,
      { config, schema: { params: versionParams, body: asks === 'deprecate' ? endForm : confirmForm } },
      async (request, reply) => {
        const found = await ownVersionAt(kernel, request, request.params);
        const { endsOn = '' } = request.body as { endsOn?: string };
        const actor = actorOf(request);
        const { api, version } = found;
        const attempt = await attemptForm(() =>
          asks === 'deprecate'
            ? deprecateVersion(kernel, actor, api.id, version.name, endsOn)
            : retireVersion(kernel, actor, api.id, version.name),
        );
        if (attempt.done) return reply.redirect(producerAddress(api.slug), 303);
        return show(request, reply, found, asks, endsOn, attempt.faults);
      },
    );
  }
}

function scopesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const path = '/exchange/producer/apis/:slug/scopes';

  /** The fields that the newest version in use describes. */
  async function offeredOf(api: Api): Promise<string[]> {
    const newest = (await listVersions(db, api.id)).find(({ state }) => state !== 'retired');
    const content = newest && (await findContent(db, newest.id));
    return content ? fieldsOf(content.openapi) : [];
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    api: Api,
    typed: readonly ScopeInput[],
    faults: readonly FieldError[] = [],
  ) {
    const [offered, scopes] = await Promise.all([offeredOf(api), listScopesOf(db, [api.id])]);
    const unknown = scopes.flatMap((scope) => unknownFields(scope, offered));
    const view = { csrf: csrfField(request), api, typed, faults, offered, unknown };
    return sendPage(reply, scopesFormPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: slugParams } }, async (request, reply) => {
    const api = await ownApiAt(kernel, request, request.params.slug);
    return show(request, reply, api, scopesAsForm(await listScopesOf(db, [api.id])));
  });

  app.post(path, { config, schema: { params: slugParams, body: openForm } }, async (request, reply) => {
    const api = await ownApiAt(kernel, request, request.params.slug);
    const typed = scopesOfForm(request.body as Record<string, string>);
    const attempt = await attemptForm(() => writeScopes(kernel, actorOf(request), api.id, typed));
    if (attempt.done) return reply.redirect(producerAddress(api.slug), 303);
    return show(request, reply, api, withRoom(typed), attempt.faults);
  });
}
