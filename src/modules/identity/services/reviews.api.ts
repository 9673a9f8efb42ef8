// Requests for production over the API: ask, withdraw, list, decide.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { askForProduction, decideReview, withdrawReview } from './reviews.actions.ts';
import { listReviewsOf, listWaitingReviews } from './reviews.repository.ts';
import type { Review } from './reviews.types.ts';
import { serviceAt } from './service-at.ts';
import { servicesPermissions } from './services.permissions.ts';
import {
  cursorQuery,
  decisionBody,
  reviewForm,
  reviewParams,
  reviewSchema,
  serviceParams,
} from './services.schemas.ts';

const LIMIT = 100;

function asJson(review: Review) {
  return {
    id: review.id,
    serviceId: review.serviceId,
    askedByName: review.askedByName,
    askedAt: review.askedAt.toISOString(),
    message: review.message,
    decision: review.decision,
    decidedByName: review.decidedByName,
    decidedAt: review.decidedAt?.toISOString() ?? null,
    reason: review.reason,
  };
}

/** `/api/v1/identity/services/:id/reviews` and `/api/v1/identity/service-reviews`. */
export function reviewsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const { readServices, manageServices, decideReviews } = servicesPermissions;
  const tags = ['identity'];
  const path = '/api/v1/identity/services/:id/reviews';
  const waitingPath = '/api/v1/identity/service-reviews';

  app.get(
    path,
    {
      config: { permission: readServices },
      schema: {
        summary: 'List the last requests of a service, newest first',
        tags,
        params: serviceParams,
        response: { 200: Type.Object({ items: Type.Array(reviewSchema) }) },
      },
    },
    async (request) => {
      const { id } = await serviceAt(db, actorOf(request), request.params.id);
      return { items: (await listReviewsOf(db, id)).map(asJson) };
    },
  );

  app.post(
    path,
    {
      config: { permission: manageServices },
      schema: {
        summary: 'Ask for production, or there for new claims',
        tags,
        params: serviceParams,
        body: reviewForm,
        response: { 201: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
      },
    },
    async (request, reply) => {
      const { message } = request.body;
      const id = await askForProduction(kernel, actorOf(request), request.params.id, message);
      return reply.code(201).send({ id });
    },
  );

  app.delete(
    `${path}/waiting`,
    {
      config: { permission: manageServices },
      schema: {
        summary: 'Withdraw the request that waits',
        tags,
        params: serviceParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await withdrawReview(kernel, actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    waitingPath,
    {
      config: { permission: decideReviews },
      schema: {
        summary: 'List the requests that wait for a decision, oldest first',
        tags,
        querystring: cursorQuery,
        response: {
          200: Type.Object({
            items: Type.Array(reviewSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async ({ query: { cursor } }) => {
      const found = await listWaitingReviews(db, { after: cursor ?? null, limit: LIMIT + 1 });
      const items = found.slice(0, LIMIT).map(asJson);
      return { items, next: found.length > LIMIT ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.post(
    `${waitingPath}/:reviewId/decision`,
    {
      config: { permission: decideReviews },
      schema: {
        summary: 'Accept or refuse a request',
        tags,
        params: reviewParams,
        body: decisionBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await decideReview(kernel, actorOf(request), request.params.reviewId, request.body);
      return reply.code(204).send(null);
    },
  );
}
