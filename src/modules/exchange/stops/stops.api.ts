// Stops over the REST interface: order, resume, list, effect.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findEntryIndex } from '#platform/ledger/ledger.repository.ts';
import { isUuid } from '#platform/typed-text.ts';
import { findApiBySlug } from '../catalogue/apis.repository.ts';
import { findStopEffect } from './stop-effect.repository.ts';
import { delayOf, effectVerdict } from './stop-effect.rules.ts';
import { resumeFlow, stopFlow } from './stops.actions.ts';
import { stopsPermissions } from './stops.permissions.ts';
import { findStop, listStops } from './stops.repository.ts';
import { producersOverseenBy, stopStateAt } from './stops.rules.ts';
import {
  effectSchema,
  orderedStopSchema,
  resumeBody,
  stopBody,
  stopParams,
  stopSchema,
  stopsApiQuery,
} from './stops.schemas.ts';
import type { LogPlace, Stop, StopFilter } from './stops.types.ts';

const path = '/api/v1/exchange/stops';
const tags = ['exchange'];

/** What a query narrows the list of stops by; an API that is not the reader's finds nothing. */
export async function stopFilterOf(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  { api, state }: { api?: string | undefined; state?: '' | 'in-force' | undefined },
): Promise<StopFilter> {
  const found = api ? await findApiBySlug(db, api, producersOverseenBy(actorOf(request))) : undefined;
  if (api && !found) throw notFound();
  return { ...(found ? { apiId: found.id } : {}), ...(state === 'in-force' ? { inForce: true } : {}) };
}

/** The stop that an address names, as far as the actor sees it. Throws `not-found` otherwise. */
export async function stopAt({ db }: Pick<Kernel, 'db'>, request: FastifyRequest, id: string): Promise<Stop> {
  const stop = isUuid(id) ? await findStop(db, id, producersOverseenBy(actorOf(request))) : undefined;
  if (!stop) throw notFound();
  return stop;
}

function asJson(stop: Stop, now: Date) {
  return {
    id: stop.id,
    apiId: stop.apiId,
    api: stop.apiSlug,
    producerId: stop.producerId,
    organisationId: stop.organisationId,
    accreditationId: stop.accreditationId,
    accreditationNumber: stop.accreditationNumber,
    scope: stop.scopeName,
    reason: stop.reason,
    orderedAs: stop.orderedAs,
    orderedAt: stop.orderedAt.toISOString(),
    endsAt: stop.endsAt?.toISOString() ?? null,
    state: stopStateAt(stop, now),
    resumedAt: stop.resumedAt?.toISOString() ?? null,
    resumeReason: stop.resumeReason,
    policyVersion: stop.policyVersion,
    resumePolicyVersion: stop.resumePolicyVersion,
  };
}

function placeAsJson(place: LogPlace) {
  return { ...place, at: place.at.toISOString() };
}

/** `/api/v1/exchange/stops` and what is under it. */
export function stopsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, { db, clock }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: stopsPermissions.seeAccesses };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the stops of your APIs, the newest first',
        tags,
        querystring: stopsApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(stopSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const reach = producersOverseenBy(actorOf(request));
      const filter = await stopFilterOf({ db }, request, query);
      const now = clock.now();
      const found = await listStops(db, reach, filter, { after: cursor ?? null, limit: limit + 1, now });
      const items = found.slice(0, limit).map((stop) => asJson(stop, now));
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: { summary: 'Read one stop', tags, params: stopParams, response: { 200: stopSchema } },
    },
    async (request) => asJson(await stopAt({ db }, request, request.params.id), clock.now()),
  );

  app.get(
    `${path}/:id/effect`,
    {
      config,
      schema: {
        summary: 'Check the effect of a stop: last and first calls of each gateway, and any call let through',
        tags,
        params: stopParams,
        response: { 200: effectSchema },
      },
    },
    async (request) => {
      const stop = await stopAt({ db }, request, request.params.id);
      const effect = await findStopEffect(db, stop);
      return {
        stop: asJson(stop, clock.now()),
        verdict: effectVerdict(effect),
        ledgerEntry: stop.ledgerId === null ? null : await findEntryIndex(db, stop.ledgerId),
        recordsRead: effect.recordsRead,
        isWhole: effect.isWhole,
        breaches: effect.breaches.map(placeAsJson),
        gateways: effect.gateways.map((gateway) => ({
          ...gateway,
          seenAt: gateway.seenAt?.toISOString() ?? null,
          appliedAt: gateway.appliedAt?.toISOString() ?? null,
          lastAllowed: gateway.lastAllowed && placeAsJson(gateway.lastAllowed),
          firstDenied: gateway.firstDenied && placeAsJson(gateway.firstDenied),
          delayMs: delayOf(stop, gateway),
        })),
      };
    },
  );
}

/** An end as written over the REST interface. */
function endOf(typed: string | null | undefined): Date | null {
  if (typed === null || typed === undefined) return null;
  const end = new Date(typed);
  if (Number.isNaN(end.getTime())) throw invalidInput({ fields: [endIsNone] });
  return end;
}

const endIsNone: FieldError = {
  field: 'endsAt',
  text: { fr: 'Donnez un moment ISO 8601.', en: 'Give an ISO 8601 moment.' },
};

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: stopsPermissions.stopFlows };

  app.post(
    path,
    {
      config,
      schema: {
        summary: 'Stop a flow: from the policy version answered on, no gateway lets it through',
        tags,
        body: stopBody,
        response: { 201: orderedStopSchema },
      },
    },
    async (request, reply) => {
      const { organisationId = null, accreditationId = null, scope = null, endsAt, ...rest } = request.body;
      const input = { ...rest, organisationId, accreditationId, scope, endsAt: endOf(endsAt) };
      const ordered = await stopFlow(kernel, actorOf(request), input);
      return reply.code(201).header('location', `${path}/${ordered.id}`).send(ordered);
    },
  );

  app.post(
    `${path}/:id/resume`,
    {
      config,
      schema: {
        summary: 'Let a stopped flow go on',
        tags,
        params: stopParams,
        body: resumeBody,
        response: { 200: orderedStopSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const policyVersion = await resumeFlow(kernel, actorOf(request), id, request.body.reason);
      return { id, policyVersion };
    },
  );
}
