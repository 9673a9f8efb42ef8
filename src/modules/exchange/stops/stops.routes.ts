// Pages of stops: list, order, one with its effect, resumption.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findEntryIndex } from '#platform/ledger/ledger.repository.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { findApiBySlug, listApis, listScopesOf } from '../catalogue/apis.repository.ts';
import { findStopEffect } from './stop-effect.repository.ts';
import { chooseApiPage, type StopForm, stopFormPage } from './stop-form.pages.ts';
import { resumeFlow, stopFlow } from './stops.actions.ts';
import { stopAt, stopFilterOf } from './stops.api.ts';
import { stopPage, stopsPage } from './stops.pages.ts';
import { stopsPermissions } from './stops.permissions.ts';
import { listStoppable, listStops } from './stops.repository.ts';
import { endAsTyped, producersOverseenBy, sideOf } from './stops.rules.ts';
import { newStopQuery, resumeForm, stopForm, stopParams, stopQuery, stopsQuery } from './stops.schemas.ts';
import type { OrderedStop, Stop } from './stops.types.ts';

const PAGE_SIZE = 50;
const MOST_APIS = 500;
const here = '/exchange/producer/stops';

/** `/exchange/producer/stops` and what is under it. */
export function stopsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  readingRoutes(untyped, kernel);
  orderRoutes(untyped, kernel);
}

async function showStop(
  { db, clock, config }: Kernel,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  stop: Stop,
  more: { done?: string | undefined; typed?: string; faults?: readonly FieldError[] } = {},
) {
  const [effect, ledgerIndex] = await Promise.all([
    findStopEffect(db, stop),
    stop.ledgerId === null ? null : findEntryIndex(db, stop.ledgerId),
  ]);
  const { done, typed = '', faults = [] } = more;
  const page = stopPage(request.locale, {
    csrf: csrfField(request),
    stop,
    effect,
    ledgerIndex,
    mayResume: sideOf(actorOf(request), stop.producerId) === stop.orderedAs,
    done: done === 'ordered' || done === 'resumed' ? done : null,
    typed,
    faults,
    now: clock.now(),
    timeZone: config.timeZone,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

function readingRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: stopsPermissions.seeAccesses };

  app.get(here, { config, schema: { querystring: stopsQuery } }, async (request, reply) => {
    const { cursor, ...query } = request.query;
    if (cursor !== undefined && !isUuid(cursor)) throw notFound();
    const now = clock.now();
    const reach = producersOverseenBy(actorOf(request));
    const filter = await stopFilterOf(kernel, request, query);
    const found = await listStops(db, reach, filter, { after: cursor ?? null, limit: PAGE_SIZE + 1, now });
    const items = found.slice(0, PAGE_SIZE);
    const next = found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null;
    const { timeZone } = settings;
    return sendPage(reply, stopsPage(request.locale, { items, query, next, now, timeZone }));
  });

  app.get(
    `${here}/:id`,
    { config, schema: { params: stopParams, querystring: stopQuery } },
    async (request, reply) => {
      const stop = await stopAt(kernel, request, request.params.id);
      return showStop(kernel, { request, reply }, stop, { done: request.query.done });
    },
  );

  app.post(
    `${here}/:id/resume`,
    {
      config: { permission: stopsPermissions.stopFlows },
      schema: { params: stopParams, body: resumeForm },
    },
    async (request, reply) => {
      const stop = await stopAt(kernel, request, request.params.id);
      const { reason } = request.body;
      const attempt = await attemptForm(() => resumeFlow(kernel, actorOf(request), stop.id, reason));
      if (attempt.done) return reply.redirect(`${here}/${stop.id}?done=resumed`, 303);
      return showStop(kernel, { request, reply }, stop, { typed: reason, faults: attempt.faults });
    },
  );
}

const UNTYPED = { reason: '', duration: 'until-resumed', endDay: '', endHour: '' };

function orderRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: stopsPermissions.stopFlows };

  async function showForm(
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    typed: StopForm,
    faults: readonly FieldError[] = [],
  ) {
    const reach = producersOverseenBy(actorOf(request));
    if (typed.api === '') {
      const { items } = await listApis(db, reach, { state: 'open' }, { number: 1, size: MOST_APIS });
      return sendPage(reply, chooseApiPage(request.locale, items));
    }
    const api = await findApiBySlug(db, typed.api, reach);
    if (!api) throw notFound();
    const [scopes, accreditations] = await Promise.all([
      listScopesOf(db, [api.id]),
      listStoppable(db, api.id),
    ]);
    const csrf = csrfField(request);
    const page = stopFormPage(request.locale, { csrf, api, scopes, accreditations, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(`${here}/new`, { config, schema: { querystring: newStopQuery } }, (request, reply) =>
    showForm({ request, reply }, { ...request.query, ...UNTYPED }),
  );

  app.post(`${here}/new`, { config, schema: { body: stopForm } }, async (request, reply) => {
    const typed = request.body;
    const attempt = await attemptForm(() => orderTyped(request, typed));
    if (attempt.done) return reply.redirect(`${here}/${attempt.result.id}?done=ordered`, 303);
    return showForm({ request, reply }, typed, attempt.faults);
  });

  async function orderTyped(request: FastifyRequest, typed: StopForm): Promise<OrderedStop> {
    const actor = actorOf(request);
    const api = await findApiBySlug(db, typed.api, producersOverseenBy(actor));
    if (!api) throw notFound();
    const end = endAsTyped(typed, clock.now(), kernel.config.timeZone);
    if ('faults' in end) throw invalidInput({ fields: end.faults });
    return stopFlow(kernel, actor, {
      apiId: api.id,
      organisationId: typed.organisation || null,
      accreditationId: typed.accreditation || null,
      scope: typed.scope || null,
      reason: typed.reason,
      endsAt: end.endsAt,
    });
  }
}
