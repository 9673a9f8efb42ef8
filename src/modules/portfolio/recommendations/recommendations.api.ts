// Recommendations over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { followUpReachOf } from './follow-up-access.rules.ts';
import { recommendationAt, takeRecommendationStep } from './recommendations.actions.ts';
import { recommendationsPermissions } from './recommendations.permissions.ts';
import {
  listRecommendationSteps,
  listRecommendations,
  recommendationFigures,
} from './recommendations.repository.ts';
import { isOverdue } from './recommendations.rules.ts';
import {
  listedRecommendationSchema,
  recommendationFiguresSchema,
  recommendationParams,
  recommendationSchema,
  recommendationStepBody,
  registerApiQuery,
} from './recommendations.schemas.ts';
import { ESCALATION_LEVELS, type Recommendation } from './recommendations.types.ts';
import { filterOf } from './register.reading.ts';

const path = '/api/v1/recommendations';
const tags = ['portfolio'];
const { readRecommendations, readRecommendationFigures } = recommendationsPermissions;

/** A recommendation as the REST interface gives it. */
function asListed(one: Recommendation, today: string) {
  return {
    ...one,
    overdue: isOverdue(one, today),
    escalatedTo: ESCALATION_LEVELS[one.escalated - 1] ?? null,
    issuedAt: one.issuedAt.toISOString(),
    changedAt: one.changedAt.toISOString(),
    closedAt: one.closedAt?.toISOString() ?? null,
  };
}

/** `/api/v1/recommendations`, what is under it, and `/api/v1/recommendation-figures`. */
export function recommendationsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: readRecommendations };
  const todayNow = () => dayIn(clock.now(), settings.timeZone);

  async function asJson(actor: Actor, id: string) {
    const one = await recommendationAt(db, actor, id);
    const steps = await listRecommendationSteps(db, one.id);
    return {
      ...asListed(one, todayNow()),
      steps: steps.map(({ step, at, byName, text, details }) => ({
        step,
        at: at.toISOString(),
        by: byName,
        text,
        level: details.level ?? null,
        plannedOn: details.plannedOn ?? null,
      })),
    };
  }

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the recommendations that you see, the newest first',
        tags,
        querystring: registerApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedRecommendationSchema),
            next: Type.Union([Type.Integer(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...narrowing } = request.query;
      const today = todayNow();
      const found = await listRecommendations(
        db,
        followUpReachOf(actorOf(request)),
        filterOf(narrowing, today),
        { before: cursor ?? null, limit: limit + 1 },
      );
      const items = found.slice(0, limit).map((one) => asListed(one, today));
      return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'Read one recommendation with its history',
        tags,
        params: recommendationParams,
        response: { 200: recommendationSchema },
      },
    },
    (request) => asJson(actorOf(request), request.params.id),
  );

  app.post(
    `${path}/:id/steps`,
    {
      config,
      schema: {
        summary: 'Accept, refuse, plan, give evidence, send back, hand over or close',
        description: 'What closes it is not its owner, nor who planned it or gave the evidence.',
        tags,
        params: recommendationParams,
        body: recommendationStepBody,
        response: { 200: recommendationSchema },
      },
    },
    async (request) => {
      const { version, step, text = '', plannedOn = '', personId = '' } = request.body;
      const { id } = request.params;
      const actor = actorOf(request);
      await takeRecommendationStep(kernel, actor, { id, version }, { step, text, plannedOn, personId });
      return asJson(actor, id);
    },
  );

  app.get(
    '/api/v1/recommendation-figures',
    {
      config: { permission: readRecommendationFigures, cache: 'public' },
      schema: {
        summary:
          'How many recommendations were issued, accepted, implemented and are overdue, by organisation',
        tags,
        response: { 200: recommendationFiguresSchema },
      },
    },
    async () => {
      const day = todayNow();
      return { day, items: await recommendationFigures(db, day) };
    },
  );
}
