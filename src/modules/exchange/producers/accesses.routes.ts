// Pages of the producer's room: overview, accesses, one record, volumes; and accesses as CSV.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { findApiBySlug, listApis, listProducers, listScopesOf } from '../catalogue/apis.repository.ts';
import { stopsPermissions } from '../stops/stops.permissions.ts';
import { listStops } from '../stops/stops.repository.ts';
import { producersOverseenBy } from '../stops/stops.rules.ts';
import { type HoursFilter, listActivity, listVolumes, type Volume } from './access-hours.repository.ts';
import { accessKeyOf, accessName, periodOf, startOfDays, USUAL_DAYS } from './access-key.rules.ts';
import { type AccessQuery, accessesPage, accessPage } from './accesses.pages.ts';
import {
  countSubjects,
  eachAccess,
  findAccess,
  listAccessChoices,
  listAccesses,
} from './accesses.repository.ts';
import { accessesQuery, accessParams, roomQuery, volumesQuery } from './accesses.schemas.ts';
import type { Access, AccessFilter, AccessKey, WholeAccess } from './accesses.types.ts';
import { listAnomalies } from './anomalies.repository.ts';
import { roomPage } from './room.pages.ts';
import { volumesPage } from './volumes.pages.ts';

const PAGE_SIZE = 50;
const MOST_APIS = 500;
const SHOWN_ANOMALIES = 10;
const SHOWN_STOPS = 20;
const HOURS_SHOWN = 48;
const HOUR_MS = 3_600_000;
const DAYS_SHOWN = 30;
const room = '/exchange/producer';

const COLUMNS = [
  'at',
  'log',
  'index',
  'api',
  'version',
  'environment',
  'organisation_id',
  'organisation',
  'accreditation',
  'client_id',
  'purpose',
  'scopes',
  'fields',
  'concerns_somebody',
  'verdict',
  'status',
  'latency_ms',
  'policy_version',
  'trace_id',
];

/** What accesses and volumes alike are narrowed by. Throws `not-found` for another's API or an id that is none. */
export async function flowFilterOf(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  { producer, api, consumer, accreditation }: AccessQuery,
): Promise<HoursFilter> {
  for (const id of [producer, consumer, accreditation]) if (id && !isUuid(id)) throw notFound();
  const found = api ? await findApiBySlug(db, api, producersOverseenBy(actorOf(request))) : undefined;
  if (api && !found) throw notFound();
  return {
    ...(producer ? { producerId: producer } : {}),
    ...(found ? { apiId: found.id } : {}),
    ...(consumer ? { organisationId: consumer } : {}),
    ...(accreditation ? { accreditationId: accreditation } : {}),
  };
}

/** How a query narrows a list of accesses. */
export async function accessFilterOf(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  request: FastifyRequest,
  query: AccessQuery,
): Promise<AccessFilter> {
  return {
    ...(await flowFilterOf({ db }, request, query)),
    ...(query.verdict ? { verdict: query.verdict } : {}),
    ...(query.scope ? { scope: query.scope } : {}),
    ...periodOf(query, clock.now(), config.timeZone),
  };
}

/** The place in a list that a cursor means; null at its start. Throws `not-found` for one that is none. */
export function placeOf(cursor: string | undefined): AccessKey | null {
  if (!cursor) return null;
  const key = accessKeyOf(cursor);
  if (key === null) throw notFound();
  return key;
}

/** The record that an address names, as far as the actor sees it. Throws `not-found` otherwise. */
export async function accessAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  name: string,
): Promise<WholeAccess> {
  const key = accessKeyOf(name);
  const access = key && (await findAccess(db, producersOverseenBy(actorOf(request)), key));
  if (!access) throw notFound();
  return access;
}

/** Volumes of the last 48 hours or 30 days. */
export async function volumesOf(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  request: FastifyRequest,
  query: AccessQuery & { readonly by?: '' | 'hour' | 'day' | undefined },
): Promise<{ by: 'hour' | 'day'; volumes: Volume[] }> {
  const now = clock.now();
  const by = query.by === 'day' ? 'day' : 'hour';
  const from =
    by === 'day'
      ? startOfDays(now, DAYS_SHOWN, config.timeZone)
      : new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - (HOURS_SHOWN - 1) * HOUR_MS);
  const filter = await flowFilterOf({ db }, request, query);
  const reach = producersOverseenBy(actorOf(request));
  const to = new Date(now.getTime() + 1);
  return { by, volumes: await listVolumes(db, reach, filter, { from, to, by, timeZone: config.timeZone }) };
}

async function* rowsOf(accesses: AsyncIterable<Access>): AsyncGenerator<Cell[]> {
  for await (const access of accesses) {
    yield [
      access.at.toISOString(),
      access.log,
      access.index,
      access.apiSlug,
      access.apiVersion,
      access.environment,
      access.organisationId,
      access.organisationName,
      access.accreditationNumber,
      access.clientId,
      access.purpose,
      access.scopes.join(' '),
      access.fields.join(' '),
      access.hasSubject,
      access.verdict,
      access.status,
      access.latencyUs / 1000,
      access.policyVersion,
      access.traceId,
    ];
  }
}

/** `/exchange/producer`, its accesses and its volumes. */
export function producersRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  roomRoutes(untyped, kernel);
  accessesRoutes(untyped, kernel);
}

const config = { permission: stopsPermissions.seeAccesses };

function roomRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const { timeZone } = settings;

  app.get(room, { config, schema: { querystring: roomQuery } }, async (request, reply) => {
    const now = clock.now();
    const reach = producersOverseenBy(actorOf(request));
    const { producerId } = await flowFilterOf(kernel, request, request.query);
    const of = producerId === undefined ? {} : { producerId };
    const week = startOfDays(now, USUAL_DAYS, timeZone);
    const [apis, subjects, stops, anomalies, producers] = await Promise.all([
      listActivity(db, reach, { ...of, today: startOfDays(now, 1, timeZone), now }),
      countSubjects(db, reach, { ...of, from: week }),
      listStops(db, reach, { ...of, inForce: true }, { after: null, limit: SHOWN_STOPS, now }),
      listAnomalies(db, reach, { ...of, waiting: true, limit: SHOWN_ANOMALIES }),
      reach === 'all' ? listProducers(db, 'all') : null,
    ]);
    const view = { apis, subjects, stops, anomalies, producers, producerId, now, timeZone };
    return sendPage(reply, roomPage(request.locale, view));
  });

  app.get(`${room}/volumes`, { config, schema: { querystring: volumesQuery } }, async (request, reply) => {
    const { by: _, ...query } = request.query;
    const reach = producersOverseenBy(actorOf(request));
    const { by, volumes } = await volumesOf(kernel, request, request.query);
    const { apiId } = await flowFilterOf(kernel, request, query);
    const [{ items: apis }, choices] = await Promise.all([
      listApis(db, reach, query.producer ? { producerId: query.producer } : {}, {
        number: 1,
        size: MOST_APIS,
      }),
      listAccessChoices(db, reach, { apiId, producerId: query.producer || undefined }),
    ]);
    return sendPage(reply, volumesPage(request.locale, { volumes, by, query, apis, choices, timeZone }));
  });
}

function accessesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;
  const { timeZone } = settings;
  const here = `${room}/accesses`;

  app.get(here, { config, schema: { querystring: accessesQuery } }, async (request, reply) => {
    const { cursor, live, ...query } = request.query;
    const after = placeOf(cursor);
    const reach = producersOverseenBy(actorOf(request));
    const filter = await accessFilterOf(kernel, request, query);
    const { apiId, producerId } = filter;
    const [found, subjects, { items: apis }, choices, scopes] = await Promise.all([
      listAccesses(db, reach, filter, { after, limit: PAGE_SIZE + 1 }),
      countSubjects(db, reach, filter),
      listApis(db, reach, producerId === undefined ? {} : { producerId }, { number: 1, size: MOST_APIS }),
      listAccessChoices(db, reach, { apiId, producerId }),
      apiId === undefined ? [] : listScopesOf(db, [apiId]),
    ]);
    const items = found.slice(0, PAGE_SIZE);
    const last = items.at(-1);
    const page = accessesPage(request.locale, {
      items,
      subjects,
      query,
      next: found.length > PAGE_SIZE && last ? accessName(last) : null,
      isLive: live === '1',
      apis,
      choices,
      scopes,
      timeZone,
    });
    return sendPage(reply, page);
  });

  app.get(`${here}.csv`, { config, schema: { querystring: accessesQuery } }, async (request, reply) => {
    const reach = producersOverseenBy(actorOf(request));
    const filter = await accessFilterOf(kernel, request, request.query);
    return sendCsv(reply, 'accesses.csv', COLUMNS, rowsOf(eachAccess(db, reach, filter)));
  });

  app.get(`${here}/:record`, { config, schema: { params: accessParams } }, async (request, reply) => {
    const access = await accessAt(kernel, request, request.params.record);
    return sendPage(reply, accessPage(request.locale, access, timeZone));
  });
}
