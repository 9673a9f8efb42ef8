// Pages of indicators: list, one with its series, a new one, and what their team does to them; the files beside them.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findOrganisation, findPeopleNames, listOrganisations } from '#modules/identity/public.ts';
import { type Actor, isAllowed } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { sourcesPermissions } from '../sources/sources.permissions.ts';
import { listSourcesOf } from '../sources/sources.repository.ts';
import { indicatorPage, SHOWN_ORIGINS } from './indicator.pages.ts';
import { indicatorsSeenBy, organisationsWrittenBy } from './indicator-access.rules.ts';
import {
  closeIndicator,
  createIndicator,
  declareMeasure,
  defineAnew,
  deleteIndicator,
} from './indicators.actions.ts';
import { INDICATORS, type IndicatorsQuery, indicatorFormPage, indicatorsPage } from './indicators.pages.ts';
import { indicatorsPermissions } from './indicators.permissions.ts';
import { findIndicator, listDefinitions, listIndicators } from './indicators.repository.ts';
import type { Typed } from './indicators.rules.ts';
import {
  declarationForm,
  definitionForm,
  indicatorForm,
  indicatorParams,
  indicatorsQuery,
  pageQuery,
} from './indicators.schemas.ts';
import type { Indicator, IndicatorFilter, Measure } from './indicators.types.ts';
import { eachMeasure, lastCorrections, readSeries, spanOf } from './measures.repository.ts';
import { alignSeries, type Step, shownFrom } from './series.rules.ts';
import { seriesFaults } from './series-faults.ts';

const PAGE_SIZE = 50;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const read = { permission: indicatorsPermissions.readIndicators };
const write = { permission: indicatorsPermissions.writeIndicators };

/** The indicator of an address, when the reader sees it. Throws not-found. */
export async function indicatorAt(db: Db, actor: Actor | null, id: string): Promise<Indicator> {
  const indicator = isUuid(id) ? await findIndicator(db, id) : undefined;
  const reach = indicatorsSeenBy(actor);
  if (!indicator || !(indicator.isPublic || reach === 'all' || reach.includes(indicator.organisationId))) {
    throw notFound();
  }
  return indicator;
}

/** What a query narrows the list by; empty values narrow nothing, and what is no id finds nothing. */
export function indicatorFilterOf(
  actor: Actor | null,
  { search, organisation, state }: IndicatorsQuery,
): Omit<IndicatorFilter, 'after' | 'limit'> {
  return {
    reach: indicatorsSeenBy(actor),
    ...(search ? { search } : {}),
    ...(organisation ? { organisationId: isUuid(organisation) ? organisation : NOBODY } : {}),
    ...(state ? { state } : {}),
  };
}

/** `/impact/indicators` and what is under it. */
export function indicatorsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

async function* indicatorRows(
  db: Db,
  filter: Omit<IndicatorFilter, 'after' | 'limit'>,
): AsyncGenerator<Cell[]> {
  for (let after: string | null = null; ; ) {
    const items: Indicator[] = await listIndicators(db, { ...filter, after, limit: 500 });
    for (const one of items) {
      yield [
        one.id,
        one.title,
        one.subject,
        one.organisationId,
        one.unit,
        one.direction,
        one.population,
        one.aggregation,
        one.cadence,
        one.state,
      ];
    }
    after = items.at(-1)?.id ?? null;
    if (items.length < 500) return;
  }
}

async function* measureRows(measures: AsyncIterable<Measure>): AsyncGenerator<Cell[]> {
  for await (const { origin, day, segment, value, sourceId, evidence, receivedAt } of measures) {
    yield [origin, day, segment, value, sourceId, evidence, receivedAt.toISOString()];
  }
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get(INDICATORS, { config: read, schema: { querystring: indicatorsQuery } }, async (request, reply) => {
    const { actor, locale } = request;
    const { cursor, ...query } = request.query;
    if (cursor !== undefined && !isUuid(cursor)) throw notFound();
    const filter = indicatorFilterOf(actor, query);
    const [found, organisations] = await Promise.all([
      listIndicators(db, { ...filter, after: cursor ?? null, limit: PAGE_SIZE + 1 }),
      listOrganisations(db),
    ]);
    const items = found.slice(0, PAGE_SIZE);
    const page = indicatorsPage(locale, {
      query,
      items,
      next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
      isFirst: cursor === undefined,
      organisations,
      mayCreate: actor !== null && organisationsWrittenBy(actor).length > 0,
    });
    return sendPage(reply, page);
  });

  app.get(
    `${INDICATORS}.csv`,
    { config: read, schema: { querystring: indicatorsQuery } },
    (request, reply) => {
      const columns = [
        'id',
        'title',
        'subject',
        'organisation_id',
        'unit',
        'direction',
        'population',
        'aggregation',
        'cadence',
        'state',
      ];
      const filter = indicatorFilterOf(request.actor, request.query);
      return sendCsv(reply, 'indicators.csv', columns, indicatorRows(db, filter));
    },
  );

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Typed,
    faults: readonly FieldError[] = [],
  ) {
    const within = organisationsWrittenBy(actorOf(request));
    const organisations = (await listOrganisations(db)).filter(({ id }) => within.includes(id));
    const page = indicatorFormPage(request.locale, {
      csrf: csrfField(request),
      typed,
      faults,
      organisations,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(`${INDICATORS}/new`, { config: write }, (request, reply) =>
    showForm(request, reply, { direction: 'up', aggregation: 'sum', cadence: 'monthly', isPublic: 'on' }),
  );

  app.post(
    `${INDICATORS}/new`,
    { config: write, schema: { body: indicatorForm } },
    async (request, reply) => {
      const attempt = await attemptForm(() => createIndicator(kernel, actorOf(request), request.body));
      if (attempt.done) return reply.redirect(`${INDICATORS}/${attempt.result}`, 303);
      return showForm(request, reply, request.body, attempt.faults);
    },
  );
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config } = kernel;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, step = 'month' }: { id: string; step?: Step },
    typed: Typed = {},
    faults: readonly FieldError[] = [],
  ) {
    const { actor } = request;
    const indicator = await indicatorAt(db, actor, id);
    const today = dayIn(clock.now(), config.timeZone);
    const [organisation, definitions, corrected, sources, ...series] = await Promise.all([
      findOrganisation(db, indicator.organisationId),
      listDefinitions(db, id),
      lastCorrections(db, id, 10),
      listSourcesOf(db, id),
      ...SHOWN_ORIGINS.map(async (origin) => {
        const span = await spanOf(db, id, origin);
        const asked = { indicatorId: id, origin, until: today, by: step };
        if (span === null) return { origin, span, points: [], faults: [] };
        const [points, seen] = await Promise.all([
          readSeries(db, { ...asked, from: shownFrom(step, span.last) }),
          seriesFaults(db, indicator, origin, today),
        ]);
        return { origin, span, points, faults: seen };
      }),
    ]);
    const { days, values } = alignSeries(
      series.map(({ points }) => points),
      step,
    );
    const reach = indicatorsSeenBy(actor);
    const authors = definitions.flatMap(({ byPerson }) => byPerson ?? []);
    const page = indicatorPage(request.locale, {
      csrf: csrfField(request),
      indicator,
      organisationName: organisation?.name ?? '',
      definitions,
      names: actor === null ? new Map() : await findPeopleNames(db, authors),
      step,
      days,
      series: series.map((one, at) => ({ ...one, values: values[at] ?? [] })),
      corrections: corrected.corrections,
      correctionCount: corrected.total,
      mayWrite: actor !== null && organisationsWrittenBy(actor).includes(indicator.organisationId),
      sources,
      mayReadSources:
        isAllowed(sourcesPermissions.readSources, actor) &&
        (reach === 'all' || reach.includes(indicator.organisationId)),
      typed,
      faults,
      timeZone: config.timeZone,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    `${INDICATORS}/:id`,
    { config: read, schema: { params: indicatorParams, querystring: pageQuery } },
    (request, reply) => show(request, reply, { id: request.params.id, step: request.query.by }),
  );

  app.get(
    `${INDICATORS}/:id/series.csv`,
    { config: read, schema: { params: indicatorParams } },
    async (request, reply) => {
      const { id } = await indicatorAt(db, request.actor, request.params.id);
      const columns = ['origin', 'day', 'segment', 'value', 'source_id', 'evidence', 'received_at'];
      return sendCsv(reply, 'series.csv', columns, measureRows(eachMeasure(db, id)));
    },
  );

  app.post(
    `${INDICATORS}/:id/measures`,
    { config: write, schema: { params: indicatorParams, body: declarationForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => declareMeasure(kernel, actorOf(request), id, request.body));
      if (attempt.done) return reply.redirect(`${INDICATORS}/${id}`, 303);
      return show(request, reply, { id }, request.body, attempt.faults);
    },
  );

  app.post(
    `${INDICATORS}/:id/definitions`,
    { config: write, schema: { params: indicatorParams, body: definitionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => defineAnew(kernel, actorOf(request), id, request.body));
      if (attempt.done) return reply.redirect(`${INDICATORS}/${id}`, 303);
      return show(request, reply, { id }, request.body, attempt.faults);
    },
  );

  app.post(
    `${INDICATORS}/:id/close`,
    { config: write, schema: { params: indicatorParams } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => closeIndicator(kernel, actorOf(request), id));
      if (attempt.done) return reply.redirect(`${INDICATORS}/${id}`, 303);
      return show(request, reply, { id }, {}, attempt.faults);
    },
  );

  app.post(
    `${INDICATORS}/:id/delete`,
    { config: write, schema: { params: indicatorParams } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => deleteIndicator(kernel, actorOf(request), id));
      if (attempt.done) return reply.redirect(INDICATORS, 303);
      return show(request, reply, { id }, {}, attempt.faults);
    },
  );
}
