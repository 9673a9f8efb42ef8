// The pages on which production is asked for and decided.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { invalidInput, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { countLiveCredentials } from './credentials.repository.ts';
import { needsForProduction } from './production.rules.ts';
import { askForProduction, decideReview, withdrawReview } from './reviews.actions.ts';
import { reviewPage, reviewsPage } from './reviews.pages.ts';
import {
  countWaitingReviews,
  findServiceOfReview,
  listReviewsOf,
  listWaitingReviews,
} from './reviews.repository.ts';
import { isWithin, oversees, servicesManagedBy } from './service-access.rules.ts';
import { serviceAt } from './service-at.ts';
import { servicesPermissions } from './services.permissions.ts';
import { cursorQuery, decisionForm, reviewForm, reviewParams, serviceParams } from './services.schemas.ts';

const PAGE_SIZE = 50;

/** `/services/reviews` and `/services/:id/review`. */
export function reviewsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;
  const { timeZone } = config;
  const { readServices, manageServices, decideReviews } = servicesPermissions;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: { message?: string; decision?: string; reason?: string } = {},
    faults: FormFaults = [],
  ) {
    const actor = actorOf(request);
    const service = await serviceAt(db, actor, id);
    const [live, reviews] = await Promise.all([countLiveCredentials(db, id), listReviewsOf(db, id)]);
    const page = reviewPage(request.locale, {
      csrf: csrfField(request),
      service,
      needs: needsForProduction(service, live),
      reviews,
      mayManage: isWithin(servicesManagedBy(actor), service.organisationId),
      decides: oversees(actor),
      readerId: actor.personId,
      timeZone,
      typed,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/services/reviews',
    { config: { permission: decideReviews }, schema: { querystring: cursorQuery } },
    async (request, reply) => {
      const after = request.query.cursor ?? null;
      const [found, total] = await Promise.all([
        listWaitingReviews(db, { after, limit: PAGE_SIZE + 1 }),
        countWaitingReviews(db),
      ]);
      const items = found.slice(0, PAGE_SIZE);
      const next = found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null;
      return sendPage(
        reply,
        reviewsPage(request.locale, { items, total, next, isFirst: after === null, timeZone }),
      );
    },
  );

  app.post(
    '/services/reviews/:reviewId/decision',
    { config: { permission: decideReviews }, schema: { params: reviewParams, body: decisionForm } },
    async (request, reply) => {
      const { reviewId } = request.params;
      const { decision, reason, readAt } = request.body;
      const serviceId = isUuid(reviewId) ? await findServiceOfReview(db, reviewId) : undefined;
      if (serviceId === undefined) throw notFound();
      const attempt = await attemptForm(async () => {
        if (decision !== 'accepted' && decision !== 'refused') {
          const text = { fr: 'Choisissez d’accepter ou de refuser.', en: 'Choose to accept or to refuse.' };
          throw invalidInput({ fields: [{ field: 'decision', text }] });
        }
        await decideReview(kernel, actorOf(request), reviewId, { decision, reason, readAt });
      });
      if (attempt.done) return reply.redirect(`/services/${serviceId}/review`, 303);
      return show(request, reply, serviceId, { decision, reason }, attempt.faults);
    },
  );

  app.get(
    '/services/:id/review',
    { config: { permission: readServices }, schema: { params: serviceParams } },
    async (request, reply) => show(request, reply, request.params.id),
  );

  app.post(
    '/services/:id/review',
    { config: { permission: manageServices }, schema: { params: serviceParams, body: reviewForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { message } = request.body;
      const attempt = await attemptForm(() => askForProduction(kernel, actorOf(request), id, message));
      if (attempt.done) return reply.redirect(`/services/${id}/review`, 303);
      return show(request, reply, id, { message }, attempt.faults);
    },
  );

  app.post(
    '/services/:id/review/withdraw',
    { config: { permission: manageServices }, schema: { params: serviceParams } },
    async (request, reply) => {
      const { id } = request.params;
      await withdrawReview(kernel, actorOf(request), id);
      return reply.redirect(`/services/${id}/review`, 303);
    },
  );
}
