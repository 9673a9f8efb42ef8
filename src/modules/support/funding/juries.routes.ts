// The pages of jury members: whoever is named on a jury sees what it scores, everyone else that nothing is there.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { declareConflict, mayScore, scoreApplication } from './applications.actions.ts';
import { findApplicationOfJury, listApplicationsToScore } from './applications.repository.ts';
import { fundingPermissions } from './funding.permissions.ts';
import { actForm, idParams, scoreForm } from './funding.schemas.ts';
import { scorePage, toScorePage } from './juries.pages.ts';
import { listScores } from './scores.repository.ts';
import { listCriteria } from './windows.repository.ts';

const config = { permission: fundingPermissions.scoreApplications };

/** `/support/jury` and what is under it. */
export function juriesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get('/support/jury', { config }, async (request, reply) => {
    const items = await listApplicationsToScore(db, actorOf(request).personId);
    return sendPage(reply, toScorePage(request.locale, { items }));
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    { faults, typed }: { faults: readonly FieldError[]; typed: Readonly<Record<string, string>> },
  ) {
    const actor = actorOf(request);
    const application = isUuid(id) ? await findApplicationOfJury(db, actor.personId, id) : undefined;
    if (!application) throw notFound();
    const [criteria, scores, isFree] = await Promise.all([
      listCriteria(db, application.windowId),
      listScores(db, [id]),
      mayScore(db, actor, application),
    ]);
    const page = scorePage(request.locale, {
      application,
      criteria,
      own: scores.filter(({ personId }) => personId === actor.personId),
      mayScore: isFree,
      csrf: csrfField(request),
      faults,
      typed,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/support/jury/:id', { config, schema: { params: idParams } }, (request, reply) =>
    show(request, reply, request.params.id, { faults: [], typed: {} }),
  );

  app.post(
    '/support/jury/:id',
    { config, schema: { params: idParams, body: scoreForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => scoreApplication(kernel, actorOf(request), id, request.body));
      if (!attempt.done) return show(request, reply, id, { faults: attempt.faults, typed: request.body });
      return reply.redirect('/support/jury', 303);
    },
  );

  app.post(
    '/support/jury/:id/conflict',
    { config, schema: { params: idParams, body: actForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() =>
        declareConflict(kernel, actorOf(request), id, request.body.reason),
      );
      if (!attempt.done) return show(request, reply, id, { faults: attempt.faults, typed: request.body });
      return reply.redirect(`/support/jury/${id}`, 303);
    },
  );
}
