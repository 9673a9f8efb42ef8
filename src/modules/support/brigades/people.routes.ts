// Pages and REST interface of the brigade's people, for those who run it.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { brigadesPermissions } from './brigades.permissions.ts';
import {
  absenceForm,
  absenceParams,
  madeSchema,
  oneParams,
  personBody,
  personForm,
  personSchema,
} from './brigades.schemas.ts';
import { weeksFrom } from './calendar.rules.ts';
import { EXPERTISES } from './expertises.data.ts';
import {
  addBrigadePerson,
  changeBrigadePerson,
  leaveBrigade,
  noteAbsence,
  removeAbsence,
} from './people.actions.ts';
import {
  brigadePage,
  brigadePersonPage,
  type PersonWithWeeks,
  type TypedBrigadePerson,
} from './people.pages.ts';
import { findBrigadePerson, listBrigade } from './people.repository.ts';
import type { BrigadePerson } from './people.types.ts';
import { freeDaysOf } from './team.rules.ts';

const here = '/support/brigade';
const WEEKS_SHOWN = 8;
const config = { permission: brigadesPermissions.runBrigade };

/** `/support/brigade` and what is under it, and `/api/v1/support/brigade`. */
export function brigadePeopleRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  pagesRoutes(untyped, kernel);
  absencesRoutes(untyped, kernel);
  peopleApi(untyped, kernel);
}

async function brigadeWithWeeks({ db, clock, config: settings }: Kernel): Promise<PersonWithWeeks[]> {
  const today = dayIn(clock.now(), settings.timeZone);
  const weeks = weeksFrom(today, WEEKS_SHOWN);
  const people = await listBrigade(db, weeks[0] as string);
  return people.map((person) => ({
    ...person,
    freeDays: weeks.map((week) => ({
      week,
      days: freeDaysOf(person, { from: week, to: dayAfter(week, 4) }).freeDays,
    })),
  }));
}

const UNTYPED: TypedBrigadePerson = { email: '', daysPerWeek: '', levels: {} };

function typedOf(body: Readonly<Record<string, unknown>>): TypedBrigadePerson {
  const text = (name: string) => String(body[name] ?? '');
  return {
    email: text('email'),
    daysPerWeek: text('daysPerWeek'),
    levels: Object.fromEntries(EXPERTISES.map((expertise) => [expertise, text(`level-${expertise}`)])),
  };
}

interface Shown {
  readonly typed?: TypedBrigadePerson;
  readonly absence?: { readonly from: string; readonly to: string };
  readonly faults?: readonly FieldError[];
}

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

function showPerson({ request, reply }: Exchange, person: BrigadePerson | null, shown: Shown = {}) {
  const { typed = UNTYPED, absence = { from: '', to: '' }, faults = [] } = shown;
  const page = brigadePersonPage(request.locale, {
    csrf: csrfField(request),
    person,
    typed,
    absence,
    faults,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

async function showKnown(
  { db, clock, config: settings }: Kernel,
  exchange: Exchange,
  id: string,
  shown: Shown = {},
) {
  const today = dayIn(clock.now(), settings.timeZone);
  const person = isUuid(id) ? await findBrigadePerson(db, id, today) : undefined;
  if (!person) throw notFound();
  const isFrench = exchange.request.locale === 'fr';
  const typed = {
    email: '',
    daysPerWeek: isFrench ? String(person.daysPerWeek).replace('.', ',') : String(person.daysPerWeek),
    levels: Object.fromEntries(person.skills.map(({ expertise, level }) => [expertise, String(level)])),
  };
  return showPerson(exchange, person, { typed, ...shown });
}

function pagesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(here, { config }, async (request, reply) =>
    sendPage(reply, brigadePage(request.locale, await brigadeWithWeeks(kernel))),
  );

  app.get(`${here}/new`, { config }, (request, reply) => showPerson({ request, reply }, null));

  app.post(`${here}/new`, { config, schema: { body: personForm } }, async (request, reply) => {
    const typed = typedOf(request.body);
    const attempt = await attemptForm(() => addBrigadePerson(kernel, actorOf(request), typed));
    if (attempt.done) return reply.redirect(`${here}/${attempt.result}`, 303);
    return showPerson({ request, reply }, null, { typed, faults: attempt.faults });
  });

  app.get(`${here}/:id`, { config, schema: { params: oneParams } }, (request, reply) =>
    showKnown(kernel, { request, reply }, request.params.id),
  );

  app.post(
    `${here}/:id`,
    { config, schema: { params: oneParams, body: personForm } },
    async (request, reply) => {
      const { id } = request.params;
      const typed = typedOf(request.body);
      const attempt = await attemptForm(() => changeBrigadePerson(kernel, actorOf(request), id, typed));
      if (attempt.done) return reply.redirect(`${here}/${id}`, 303);
      return showKnown(kernel, { request, reply }, id, { typed, faults: attempt.faults });
    },
  );

  app.post(`${here}/:id/leave`, { config, schema: { params: oneParams } }, async (request, reply) => {
    await leaveBrigade(kernel, actorOf(request), request.params.id);
    return reply.redirect(here, 303);
  });
}

function absencesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.post(
    `${here}/:id/absences`,
    { config, schema: { params: oneParams, body: absenceForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { from, to } = request.body;
      const attempt = await attemptForm(() => noteAbsence(kernel, actorOf(request), id, { from, to }));
      if (attempt.done) return reply.redirect(`${here}/${id}`, 303);
      return showKnown(kernel, { request, reply }, id, { absence: { from, to }, faults: attempt.faults });
    },
  );

  app.post(
    `${here}/:id/absences/:absence/remove`,
    { config, schema: { params: absenceParams } },
    async (request, reply) => {
      const { id, absence } = request.params;
      await removeAbsence(kernel, actorOf(request), id, absence);
      return reply.redirect(`${here}/${id}`, 303);
    },
  );
}

function peopleApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const path = '/api/v1/support/brigade';
  const tags = ['support'];

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the brigade’s people with their free days in the next eight weeks',
        tags,
        response: { 200: Type.Object({ items: Type.Array(personSchema) }) },
      },
    },
    async () => ({
      items: (await brigadeWithWeeks(kernel)).map(
        ({ personId, name, daysPerWeek, skills, absences, freeDays }) => ({
          personId,
          name,
          daysPerWeek,
          skills: [...skills],
          absences: [...absences],
          freeDays: [...freeDays],
        }),
      ),
    }),
  );

  app.post(
    path,
    {
      config,
      schema: {
        summary: 'Add a person of the directorate to the brigade, or write anew what they bring',
        tags,
        body: personBody,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const { email, daysPerWeek, skills } = request.body;
      const levels = Object.fromEntries(skills.map(({ expertise, level }) => [expertise, String(level)]));
      const typed = { email, daysPerWeek: String(daysPerWeek), levels };
      return reply.code(201).send({ id: await addBrigadePerson(kernel, actorOf(request), typed) });
    },
  );
}
