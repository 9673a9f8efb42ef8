// Pages of conferences: list, form, agenda, one conference with its steps, its minutes.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#platform/access.ts';
import { isAllowed } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { listRecommendationsFrom } from '../recommendations/recommendations.repository.ts';
import { conferencePage } from './conference.pages.ts';
import { conferenceReachOf, rightsOnConference } from './conference-access.rules.ts';
import { CONFERENCES, conferenceAddress } from './conference-parts.pages.ts';
import {
  arrangeAgenda,
  candidatesOf,
  conferenceAt,
  conferenceMinistries,
  giveBackSheets,
  handInSheets,
  openConference,
  type ReadConference,
} from './conferences.actions.ts';
import { agendaPage, conferenceFormPage, conferencesPage } from './conferences.pages.ts';
import { conferencesPermissions } from './conferences.permissions.ts';
import { findMinutes, listConferenceItems, listConferences } from './conferences.repository.ts';
import { AGENDA_MOVES, isInSession, movedAgenda } from './conferences.rules.ts';
import {
  agendaForm,
  conferenceForm,
  conferenceParams,
  conferencesQuery,
  readForm,
  sessionForm,
} from './conferences.schemas.ts';
import { closeConference, recordSession } from './session.actions.ts';

const PAGE_SIZE = 50;
const { readConferences, holdConferences, prepareConferences } = conferencesPermissions;

/** `/projects/conferences` and what is under it, save its projects. */
export function conferencesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  agendaRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
  minutesRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get(
    CONFERENCES,
    { config: { permission: readConferences }, schema: { querystring: conferencesQuery } },
    async (request, reply) => {
      const { cursor } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const reach = conferenceReachOf(actorOf(request));
      const found = await listConferences(db, reach, { after: cursor ?? null, limit: PAGE_SIZE + 1 });
      const items = found.slice(0, PAGE_SIZE);
      return sendPage(
        reply,
        conferencesPage(request.locale, {
          items,
          next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
          isFirst: cursor === undefined,
          mayOpen: isAllowed(holdConferences, request.actor),
        }),
      );
    },
  );

  const config = { permission: holdConferences };
  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed = { organisationId: '', heldOn: '' },
    faults: readonly FieldError[] = [],
  ) {
    const ministries = await conferenceMinistries(db);
    const view = { csrf: csrfField(request), ministries, typed, faults };
    return sendPage(reply, conferenceFormPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(`${CONFERENCES}/new`, { config }, (request, reply) => showForm(request, reply));

  app.post(`${CONFERENCES}/new`, { config, schema: { body: conferenceForm } }, async (request, reply) => {
    const attempt = await attemptForm(() => openConference(kernel, actorOf(request), request.body));
    if (attempt.done) return reply.redirect(conferenceAddress(attempt.result), 303);
    return showForm(request, reply, request.body, attempt.faults);
  });
}

function agendaRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: holdConferences };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    faults: readonly FieldError[] = [],
  ) {
    const conference = await conferenceAt(db, actorOf(request), id);
    if (conference.state !== 'drafted') return reply.redirect(conferenceAddress(conference.id), 303);
    const today = dayIn(clock.now(), settings.timeZone);
    const [items, candidates] = await Promise.all([
      listConferenceItems(db, conference.id),
      candidatesOf(db, conference.organisationId, today),
    ]);
    const page = agendaPage(request.locale, {
      csrf: () => csrfField(request),
      conference,
      items,
      others: candidates.filter(({ fileId }) => items.every((item) => item.fileId !== fileId)),
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(`${CONFERENCES}/:id/agenda`, { config, schema: { params: conferenceParams } }, (request, reply) =>
    show(request, reply, request.params.id),
  );

  app.post(
    `${CONFERENCES}/:id/agenda`,
    { config, schema: { params: conferenceParams, body: agendaForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, move: named, fileId } = request.body;
      const move = AGENDA_MOVES.find((one) => one === named);
      if (!move) return show(request, reply, id);
      const attempt = await attemptForm(() =>
        arrangeAgenda(kernel, actorOf(request), { id, version }, (present) =>
          movedAgenda(present, move, fileId),
        ),
      );
      if (attempt.done) return reply.redirect(conferenceAddress(id, '/agenda'), 303);
      return show(request, reply, id, attempt.faults);
    },
  );
}

async function showConference(
  { db, clock, config }: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  {
    typed,
    faults = [],
  }: { typed?: { participants: string; summary: string }; faults?: readonly FieldError[] } = {},
) {
  const actor = actorOf(request);
  const conference = await conferenceAt(db, actor, id);
  const [items, recommendations] = await Promise.all([
    listConferenceItems(db, conference.id),
    listRecommendationsFrom(db, conference.id),
  ]);
  const counts = Map.groupBy(recommendations, ({ fileId }) => fileId);
  const page = conferencePage(request.locale, {
    csrf: () => csrfField(request),
    conference,
    items,
    recommendations: new Map([...counts].map(([fileId, own]) => [fileId, own.length])),
    rights: rightsOnConference(actor, conference),
    inSession: isInSession(conference, dayIn(clock.now(), config.timeZone)),
    typed: typed ?? conference,
    faults,
    timeZone: config.timeZone,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    `${CONFERENCES}/:id`,
    { config: { permission: readConferences }, schema: { params: conferenceParams } },
    (request, reply) => showConference(kernel, request, reply, request.params.id),
  );

  /** A step that only says what was read. */
  function step(
    rest: string,
    permission: typeof holdConferences,
    take: (actor: Actor, read: ReadConference) => Promise<void>,
  ): void {
    app.post(
      `${CONFERENCES}/:id/${rest}`,
      { config: { permission }, schema: { params: conferenceParams, body: readForm } },
      async (request, reply) => {
        const { id } = request.params;
        const { version } = request.body;
        const attempt = await attemptForm(() => take(actorOf(request), { id, version }));
        if (attempt.done) return reply.redirect(conferenceAddress(id), 303);
        return showConference(kernel, request, reply, id, { faults: attempt.faults });
      },
    );
  }
  step('sheets', prepareConferences, (actor, read) => handInSheets(kernel, actor, read));
  step('giving-back', holdConferences, (actor, read) => giveBackSheets(kernel, actor, read));
  step('closure', holdConferences, (actor, read) => closeConference(kernel, actor, read));

  app.post(
    `${CONFERENCES}/:id/session`,
    { config: { permission: holdConferences }, schema: { params: conferenceParams, body: sessionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, ...typed } = request.body;
      const attempt = await attemptForm(() =>
        recordSession(kernel, actorOf(request), { id, version }, typed),
      );
      if (attempt.done) return reply.redirect(conferenceAddress(id), 303);
      return showConference(kernel, request, reply, id, { typed, faults: attempt.faults });
    },
  );
}

function minutesRoutes(untyped: FastifyInstance, { db }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    `${CONFERENCES}/:id/minutes.pdf`,
    { config: { permission: readConferences }, schema: { params: conferenceParams } },
    async (request, reply) => {
      const conference = await conferenceAt(db, actorOf(request), request.params.id);
      const minutes = await findMinutes(db, conference.id);
      if (!minutes) throw notFound();
      return reply
        .type('application/pdf')
        .header(
          'content-disposition',
          `inline; filename="conference-${conference.heldOn}-${conference.number}.pdf"`,
        )
        .header('cache-control', 'private, no-store')
        .header('etag', `"${minutes.sha256}"`)
        .send(minutes.content);
    },
  );
}
