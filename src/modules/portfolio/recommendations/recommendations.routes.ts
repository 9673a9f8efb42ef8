// Pages of the register: list, public figures, one recommendation and its steps.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { listForecastsOf } from '../forecast/kept-forecasts.repository.ts';
import { followUpReachOf, sidesOn } from './follow-up-access.rules.ts';
import { recommendationPage } from './recommendation.pages.ts';
import { REGISTER, recommendationAddress } from './recommendation-parts.pages.ts';
import {
  peopleOf,
  recommendationAt,
  type TypedStep,
  takeRecommendationStep,
} from './recommendations.actions.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import { recommendationsPermissions } from './recommendations.permissions.ts';
import {
  countRecommendations,
  eachRecommendation,
  findSourcePath,
  listFollowedOrganisations,
  listRecommendationSteps,
  listRecommendations,
  recommendationFigures,
} from './recommendations.repository.ts';
import { isOverdue, mayClose, mayStep } from './recommendations.rules.ts';
import {
  recommendationParams,
  recommendationStepForm,
  registerFilter,
  registerQuery,
} from './recommendations.schemas.ts';
import { ESCALATION_LEVELS, RECOMMENDATION_STEPS, type Recommendation } from './recommendations.types.ts';
import { recommendationFiguresPage, registerPage } from './register.pages.ts';
import { filterOf } from './register.reading.ts';

const PAGE_SIZE = 50;
const { readRecommendations, readRecommendationFigures } = recommendationsPermissions;

const COLUMNS = [
  'number',
  'project',
  'organisation',
  'source',
  'text',
  'owner',
  'issued_at',
  'due_on',
  'state',
  'overdue',
  'planned_on',
  'escalated_to',
  'closed_at',
];
const FIGURE_COLUMNS = [
  'organisation',
  'issued',
  'accepted',
  'refused',
  'implemented',
  'not_implemented',
  'open',
  'overdue',
];

/** `/projects/recommendations` and what is under it. */
export function recommendationsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  figureRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db, clock, config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readRecommendations };
  const todayNow = () => dayIn(clock.now(), settings.timeZone);

  app.get(REGISTER, { config, schema: { querystring: registerQuery } }, async (request, reply) => {
    const { before, state = '', source = '', organisation = '', project = '', overdue = '' } = request.query;
    const narrowing = { state, source, organisation, project, overdue };
    const today = todayNow();
    const reach = followUpReachOf(actorOf(request));
    const filter = filterOf(narrowing, today);
    const [found, total, organisations] = await Promise.all([
      listRecommendations(db, reach, filter, { before: before ?? null, limit: PAGE_SIZE + 1 }),
      countRecommendations(db, reach, filter),
      listFollowedOrganisations(db, reach),
    ]);
    const items = found.slice(0, PAGE_SIZE);
    return sendPage(
      reply,
      registerPage(request.locale, {
        items,
        total,
        narrowing,
        organisations,
        projectName: project === '' ? null : (items[0]?.fileName ?? '–'),
        today,
        next: found.length > PAGE_SIZE ? (items.at(-1)?.number ?? null) : null,
        isFirst: before === undefined,
      }),
    );
  });

  app.get(`${REGISTER}.csv`, { config, schema: { querystring: registerFilter } }, async (request, reply) => {
    const today = todayNow();
    const reach = followUpReachOf(actorOf(request));
    const all = eachRecommendation(db, reach, filterOf(request.query, today));
    return sendCsv(reply, 'recommendations.csv', COLUMNS, csvRows(all, today));
  });
}

async function* csvRows(all: AsyncIterable<Recommendation>, today: string): AsyncGenerator<readonly Cell[]> {
  for await (const one of all)
    yield [
      one.number,
      one.fileName,
      one.organisationName,
      one.sourceKind,
      one.text,
      one.ownerName,
      one.issuedAt.toISOString(),
      one.dueOn,
      one.state,
      isOverdue(one, today),
      one.plannedOn,
      ESCALATION_LEVELS[one.escalated - 1] ?? null,
      one.closedAt?.toISOString() ?? null,
    ];
}

function figureRoutes(app: FastifyInstance, { db, clock, config: settings }: Kernel): void {
  const open = { permission: readRecommendationFigures };
  const read = () => recommendationFigures(db, dayIn(clock.now(), settings.timeZone));

  app.get(`${REGISTER}/figures`, { config: { ...open, cache: 'public' } }, async (request, reply) => {
    const [figures, isDemonstration] = await Promise.all([read(), demonstrationIsLoaded(db)]);
    const origin = isDemonstration ? 'demonstration' : 'measured';
    return sendPage(reply, recommendationFiguresPage(request.locale, { figures, origin }));
  });

  app.get(`${REGISTER}/figures.csv`, { config: open }, async (_request, reply) => {
    const figures = await read();
    return sendCsv(
      reply,
      'recommendation-figures.csv',
      FIGURE_COLUMNS,
      figures.map((one) => [
        one.organisationName,
        one.issued,
        one.accepted,
        one.refused,
        one.implemented,
        one.notImplemented,
        one.open,
        one.overdue,
      ]),
    );
  });
}

/** What the actor may do with a recommendation, and whether only their own part in it keeps them from closing it. */
function stepsOpenTo(actor: Actor, one: Recommendation) {
  const sides = sidesOn(actor, one);
  const possible = RECOMMENDATION_STEPS.filter((step) => mayStep(step, one, sides));
  const isFree = mayClose(one, actor.personId);
  const steps = possible.filter((step) => isFree || !step.startsWith('close-'));
  return { steps, mayNotCloseOwn: steps.length < possible.length };
}

async function showRecommendation(
  { db, clock, config }: Kernel,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  id: string,
  {
    typed,
    faults = [],
  }: { typed?: Omit<TypedStep, 'step'> & { step: string }; faults?: readonly FieldError[] } = {},
) {
  const actor = actorOf(request);
  const one = await recommendationAt(db, actor, id);
  const open = stepsOpenTo(actor, one);
  const names = open.steps.some((step) => step === 'plan' || step === 'hand-over');
  const [events, people, forecasts, sourcePath] = await Promise.all([
    listRecommendationSteps(db, one.id),
    names ? peopleOf(db, one, clock.now()) : [],
    listForecastsOf(db, one.fileId),
    findSourcePath(db, one),
  ]);
  const owner = { id: one.ownerId, name: one.ownerName };
  const page = recommendationPage(request.locale, {
    csrf: csrfField(request),
    recommendation: one,
    events,
    sourceHref: sourcePath === null ? null : `/projects/${sourcePath}`,
    ...open,
    people: people.some((person) => person.id === owner.id) ? people : [owner, ...people],
    effect: {
      before: forecasts.find((forecast) => forecast.id === one.forecastBeforeId) ?? null,
      after: forecasts.find((forecast) => forecast.id === one.forecastAfterId) ?? null,
      now: forecasts[0] ?? null,
    },
    typed: typed ?? {
      step: '',
      text: '',
      plannedOn: one.plannedOn ?? '',
      personId: one.plannedById ?? one.ownerId,
    },
    faults,
    today: dayIn(clock.now(), config.timeZone),
    timeZone: config.timeZone,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readRecommendations };

  app.get(`${REGISTER}/:id`, { config, schema: { params: recommendationParams } }, (request, reply) =>
    showRecommendation(kernel, { request, reply }, request.params.id),
  );

  app.post(
    `${REGISTER}/:id/steps`,
    { config, schema: { params: recommendationParams, body: recommendationStepForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, ...typed } = request.body;
      const step = RECOMMENDATION_STEPS.find((one) => one === typed.step);
      if (!step) {
        const text = {
          fr: recommendationsMessages('fr').act.chooseStep,
          en: recommendationsMessages('en').act.chooseStep,
        };
        return showRecommendation(kernel, { request, reply }, id, {
          typed,
          faults: [{ field: 'step', text }],
        });
      }
      const attempt = await attemptForm(() =>
        takeRecommendationStep(kernel, actorOf(request), { id, version }, { ...typed, step }),
      );
      if (attempt.done) return reply.redirect(recommendationAddress(id), 303);
      return showRecommendation(kernel, { request, reply }, id, { typed, faults: attempt.faults });
    },
  );
}
