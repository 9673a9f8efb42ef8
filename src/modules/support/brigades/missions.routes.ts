// Pages of missions: list, public figures, one mission and what its members, requester and the brigade write.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { findContract, findContractResults } from '#modules/impact/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { brigadeReachOf } from './brigade-access.rules.ts';
import { missionAddress } from './brigade-parts.pages.ts';
import { brigadesPermissions } from './brigades.permissions.ts';
import {
  deliverableForm,
  deliverableParams,
  effectForm,
  feedbackForm,
  missionsQuery,
  oneParams,
  weekForm,
} from './brigades.schemas.ts';
import {
  acceptDeliverable,
  endMission,
  enterWeek,
  giveFeedback,
  handInDeliverable,
  missionAt,
  rightsOn,
  tellEffect,
} from './missions.actions.ts';
import { missionFiguresPage, missionPage, missionsPage, type TypedMission } from './missions.pages.ts';
import { listMissionFigures, listMissions } from './missions.repository.ts';
import { weekDaysTyped, weeksToEnter } from './missions.rules.ts';

const PAGE_SIZE = 50;
const here = '/support/missions';
const FIGURE_COLUMNS = ['expertise', 'missions', 'ended', 'days_planned', 'days_spent', 'mean_mark', 'marks'];
const { readMissions, readMissionFigures, readHelpRequests, runBrigade } = brigadesPermissions;

/** `/support/missions` and what is under it. */
export function missionsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  writingRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get(
    here,
    { config: { permission: readMissions }, schema: { querystring: missionsQuery } },
    async (request, reply) => {
      const { cursor } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const reach = brigadeReachOf(actorOf(request));
      const found = await listMissions(db, reach, { after: cursor ?? null, limit: PAGE_SIZE + 1 });
      const items = found.slice(0, PAGE_SIZE);
      const next = found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null;
      return sendPage(reply, missionsPage(request.locale, { items, next, isFirst: cursor === undefined }));
    },
  );

  const open = { permission: readMissionFigures };
  app.get(`${here}/public`, { config: { ...open, cache: 'public' } }, async (request, reply) => {
    const figures = await listMissionFigures(db);
    const origin = (await demonstrationIsLoaded(db)) ? 'demonstration' : 'declared';
    return sendPage(reply, missionFiguresPage(request.locale, { figures, origin }));
  });

  app.get(`${here}/public.csv`, { config: open }, async (_request, reply) => {
    const figures = await listMissionFigures(db);
    return sendCsv(
      reply,
      'brigade-missions.csv',
      FIGURE_COLUMNS,
      figures.map((one) => [
        one.expertise,
        one.missions,
        one.ended,
        one.daysPlanned,
        one.daysSpent,
        one.meanMark,
        one.marks,
      ]),
    );
  });

  app.get(
    `${here}/:id`,
    { config: { permission: readMissions }, schema: { params: oneParams } },
    (request, reply) => showMission(kernel, { request, reply }, request.params.id),
  );
}

async function showMission(
  { db, clock, config }: Kernel,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  id: string,
  { typed = {}, faults = [] }: { typed?: TypedMission; faults?: readonly FieldError[] } = {},
) {
  const actor = actorOf(request);
  const mission = await missionAt(db, actor, id);
  const [contract, outcomes] = await Promise.all([
    findContract(db, mission.contractId),
    findContractResults(db, [mission.contractId]),
  ]);
  const page = missionPage(request.locale, {
    csrf: csrfField(request),
    mission,
    ...rightsOn(actor, mission),
    contractTitle: contract?.terms.title ?? '',
    outcome: outcomes.get(mission.contractId) ?? null,
    weeks: weeksToEnter(mission, dayIn(clock.now(), config.timeZone)),
    typed,
    faults,
    timeZone: config.timeZone,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

function writingRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readMissions };

  /** Does `work` and goes back to the mission, or shows it again with what was typed. */
  async function answer(
    exchange: { request: FastifyRequest; reply: FastifyReply },
    id: string,
    typed: TypedMission,
    work: () => Promise<unknown>,
  ) {
    const attempt = await attemptForm(work);
    if (attempt.done) return exchange.reply.redirect(missionAddress(id), 303);
    return showMission(kernel, exchange, id, { typed, faults: attempt.faults });
  }

  app.post(
    `${here}/:id/weeks`,
    { config, schema: { params: oneParams, body: weekForm } },
    (request, reply) => {
      const { id } = request.params;
      const { week, days } = request.body;
      return answer({ request, reply }, id, { week, days }, () =>
        enterWeek(kernel, actorOf(request), id, { week, days: weekDaysTyped(days) }),
      );
    },
  );

  app.post(
    `${here}/:id/deliverables`,
    { config, schema: { params: oneParams, body: deliverableForm } },
    (request, reply) => {
      const { id } = request.params;
      const { title, link } = request.body;
      return answer({ request, reply }, id, { title, link }, () =>
        handInDeliverable(kernel, actorOf(request), id, { title, link }),
      );
    },
  );

  app.post(
    `${here}/:id/deliverables/:deliverable/accept`,
    { config: { permission: readHelpRequests }, schema: { params: deliverableParams } },
    async (request, reply) => {
      const { id, deliverable } = request.params;
      await acceptDeliverable(kernel, actorOf(request), id, deliverable);
      return reply.redirect(missionAddress(id), 303);
    },
  );

  app.post(
    `${here}/:id/effect`,
    { config, schema: { params: oneParams, body: effectForm } },
    (request, reply) => {
      const { id } = request.params;
      const { effect, verdictLink } = request.body;
      return answer({ request, reply }, id, { effect, verdictLink }, () =>
        tellEffect(kernel, actorOf(request), id, { effect, verdictLink }),
      );
    },
  );

  app.post(
    `${here}/:id/end`,
    { config: { permission: runBrigade }, schema: { params: oneParams } },
    (request, reply) => {
      const { id } = request.params;
      return answer({ request, reply }, id, {}, () => endMission(kernel, actorOf(request), id));
    },
  );

  app.post(
    `${here}/:id/feedback`,
    { config: { permission: readHelpRequests }, schema: { params: oneParams, body: feedbackForm } },
    (request, reply) => {
      const { id } = request.params;
      const { mark, feedback } = request.body;
      return answer({ request, reply }, id, { mark, feedback }, () =>
        giveFeedback(kernel, actorOf(request), id, { mark, feedback }),
      );
    },
  );
}
