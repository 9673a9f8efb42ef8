// The pages of sources: list, new, one with its runs, and what may be done with it.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#platform/access.ts';
import { type FieldError, isSocleError, type SocleError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { originOf } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { readUpload, type Upload } from '#platform/http/upload.ts';
import type { Kernel } from '#platform/kernel.ts';
import { indicatorsSeenBy, organisationsWrittenBy } from '../indicators/indicator-access.rules.ts';
import { offeredMeasures } from './offered-measures.ts';
import { pageOfSources, sourceAt } from './source-at.ts';
import { sourceFormPage, sourceKindPage, sourceTokenPage } from './source-form.pages.ts';
import { addSource, handInFile, renewToken, setSourceState, trySource } from './sources.actions.ts';
import { measuresUnreadable } from './sources.errors.ts';
import { sourcesMessages } from './sources.messages.ts';
import { SOURCES, type SourceView, sourcePage, sourcesPage } from './sources.pages.ts';
import { sourcesPermissions } from './sources.permissions.ts';
import { eachSource, listOpenIndicatorsOf, listRuns } from './sources.repository.ts';
import { MOST_BYTES } from './sources.rules.ts';
import { newSourceQuery, sourceBody, sourceParams, sourcesQuery } from './sources.schemas.ts';
import type { Source, SourceKind, SourceSettings } from './sources.types.ts';

const read = { permission: sourcesPermissions.readSources };
const manage = { permission: sourcesPermissions.manageSources };

const NOTHING_TYPED: SourceSettings & { readonly indicatorId: string } = {
  indicatorId: '',
  url: '',
  format: 'json',
  everyHours: 24,
  list: '',
  day: '',
  value: '',
  segment: '',
  measure: '',
  subject: '',
};

/** `/impact/sources` and what is under it. */
export function sourcesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  formRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.get(SOURCES, { config: read, schema: { querystring: sourcesQuery } }, async (request, reply) => {
    const { cursor } = request.query;
    const { items, next } = await pageOfSources(kernel, request, cursor);
    const page = sourcesPage(request.locale, {
      items,
      next,
      isFirst: cursor === undefined,
      mayAdd: organisationsWrittenBy(actorOf(request)).length > 0,
      timeZone: kernel.config.timeZone,
    });
    return sendPage(reply, page);
  });

  app.get(`${SOURCES}.csv`, { config: read }, (request, reply) => {
    const reach = indicatorsSeenBy(actorOf(request));
    return sendCsv(reply, 'sources.csv', COLUMNS, rowsOf(eachSource(kernel.db, reach)));
  });
}

const COLUMNS = [
  'id',
  'indicator_id',
  'indicator',
  'kind',
  'host',
  'format',
  'every_hours',
  'state',
  'failures',
  'last_run_at',
  'next_run_at',
];

// The host alone: some products put a secret into the path.
async function* rowsOf(all: AsyncIterable<Source>): AsyncGenerator<Cell[]> {
  for await (const { settings, ...one } of all) {
    const isAddress = one.kind === 'address';
    yield [
      one.id,
      one.indicatorId,
      one.indicatorName,
      one.kind,
      isAddress ? (URL.parse(settings.url)?.host ?? null) : null,
      isAddress ? settings.format : null,
      isAddress ? settings.everyHours : null,
      one.state,
      one.failures,
      one.lastRunAt?.toISOString() ?? null,
      one.nextRunAt?.toISOString() ?? null,
    ];
  }
}

function formRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: SourceKind,
    typed = NOTHING_TYPED,
    faults: readonly FieldError[] = [],
  ) {
    const indicators = await listOpenIndicatorsOf(db, organisationsWrittenBy(actorOf(request)));
    const view = { csrf: csrfField(request), kind, indicators, measures: offeredMeasures(db), typed, faults };
    return sendPage(reply, sourceFormPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(
    `${SOURCES}/new`,
    { config: manage, schema: { querystring: newSourceQuery } },
    async (request, reply) => {
      const { kind } = request.query;
      return kind ? showForm(request, reply, kind) : sendPage(reply, sourceKindPage(request.locale));
    },
  );

  // A push is answered with the page itself: after a redirect the token would have to wait somewhere.
  app.post(`${SOURCES}/new`, { config: manage, schema: { body: sourceBody } }, async (request, reply) => {
    const { indicatorId, kind, ...settings } = request.body;
    try {
      const { id, token } = await addSource(kernel, actorOf(request), { indicatorId, kind, settings });
      if (token === null) return reply.redirect(`${SOURCES}/${id}`, 303);
      return showToken(request, reply, kernel, { id, token });
    } catch (error) {
      return showForm(request, reply, kind, { indicatorId, ...settings }, faultsOf(error));
    }
  });
}

/** The faults that a form is shown again with; throws on what no other typing mends. */
function faultsOf(error: unknown): readonly FieldError[] {
  const mends = (refusal: SocleError) => ['invalid', 'unprocessable', 'conflict'].includes(refusal.kind);
  if (!isSocleError(error) || !mends(error)) throw error;
  return error.fields.length > 0 ? error.fields : [{ field: '', text: error.text }];
}

function showToken(
  request: FastifyRequest,
  reply: FastifyReply,
  { config }: Kernel,
  { id, token }: { readonly id: string; readonly token: string },
) {
  reply.header('cache-control', 'no-store');
  const siteUrl = originOf(request, config);
  return sendPage(reply, sourceTokenPage(request.locale, { id, token, siteUrl }));
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const params = { params: sourceParams };

  async function showSource(
    request: FastifyRequest,
    reply: FastifyReply,
    source: Source,
    { evidence = '', faults = [], intake = null }: Partial<SourceView> = {},
  ) {
    const runs = await listRuns(kernel.db, source.id);
    const mayChange = organisationsWrittenBy(actorOf(request)).includes(source.organisationId);
    const { timeZone } = kernel.config;
    const view = { csrf: csrfField(request), source, runs, mayChange, timeZone, evidence, faults, intake };
    return sendPage(reply, sourcePage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(`${SOURCES}/:id`, { config: read, schema: params }, async (request, reply) =>
    showSource(request, reply, await sourceAt(kernel, request, request.params.id)),
  );

  const acts: readonly (readonly [string, (actor: Actor, id: string) => Promise<unknown>])[] = [
    ['try', (actor, id) => trySource(kernel, actor, id)],
    ['pause', (actor, id) => setSourceState(kernel, actor, id, 'paused')],
    ['resume', (actor, id) => setSourceState(kernel, actor, id, 'active')],
    ['revoke', (actor, id) => renewToken(kernel, actor, id, { revoke: true })],
  ];
  for (const [name, act] of acts) {
    const config = { ...manage, rateLimit: { max: 30, timeWindow: 60_000 } };
    app.post(`${SOURCES}/:id/${name}`, { config, schema: params }, async (request, reply) => {
      const { id } = request.params;
      await act(actorOf(request), id);
      return reply.redirect(`${SOURCES}/${id}`, 303);
    });
  }

  app.post(`${SOURCES}/:id/token`, { config: manage, schema: params }, async (request, reply) => {
    const { id } = request.params;
    const token = await renewToken(kernel, actorOf(request), id);
    return showToken(request, reply, kernel, { id, token });
  });

  const upload = { ...manage, csrf: 'by-handler', rateLimit: { max: 30, timeWindow: 60_000 } } as const;
  app.post(`${SOURCES}/:id/file`, { config: upload, schema: params }, async (request, reply) => {
    const { fields, file } = await readUpload(request, { maxBytes: MOST_BYTES, broken: measuresUnreadable });
    try {
      const source = await sourceAt(kernel, request, request.params.id);
      return await takeFile(request, reply, source, { fields, file });
    } finally {
      await file?.[Symbol.asyncDispose]();
    }
  });

  async function takeFile(
    request: FastifyRequest,
    reply: FastifyReply,
    source: Source,
    { fields, file }: Upload,
  ) {
    const { evidence = '' } = fields;
    if (!file?.length) {
      const missing = { fr: sourcesMessages('fr').file.missing, en: sourcesMessages('en').file.missing };
      return showSource(request, reply, source, { evidence, faults: [{ field: 'file', text: missing }] });
    }
    const preview = fields.preview === 'yes';
    try {
      const intake = await handInFile(kernel, actorOf(request), source.id, { file, evidence, preview });
      return await showSource(request, reply, source, { evidence, intake: { ...intake, preview } });
    } catch (error) {
      return showSource(request, reply, source, { evidence, faults: faultsOf(error) });
    }
  }
}
