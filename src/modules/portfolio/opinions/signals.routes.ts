// Signs of a threshold avoided: the instructor's pages, and the same over the API.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { idParams, signalBody, signalsQuery } from './opinions.schemas.ts';
import type { KeptSignal } from './opinions.types.ts';
import { decideSignal } from './signals.actions.ts';
import { signalPage, signalsPage } from './signals.pages.ts';
import { findSignal, listSignals } from './signals.repository.ts';

const MOST = 200;
const PATH = '/projects/opinions/signals';
const API = '/api/v1/threshold-signals';
const whole = Type.Record(Type.String(), Type.Unknown(), {
  description: 'A signal with its files and reasons.',
});

function asJson(signal: KeptSignal): Record<string, unknown> {
  return {
    ...signal,
    foundAt: signal.foundAt.toISOString(),
    decidedAt: signal.decidedAt?.toISOString() ?? null,
  };
}

/** `/projects/opinions/signals` and `/api/v1/threshold-signals`. */
export function signalsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: opinionsPermissions.examineOpinionRequest };

  app.get(PATH, { config, schema: { querystring: signalsQuery } }, async (request, reply) => {
    const state = request.query.state || undefined;
    const items = await listSignals(db, state ?? null, MOST);
    return sendPage(reply, signalsPage(request.locale, { items, state, mayDecide: true }));
  });

  async function show(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    typed: { decision: string; reason: string },
    faults: readonly FieldError[],
  ) {
    const { id } = request.params;
    const signal = isUuid(id) ? await findSignal(db, id) : undefined;
    if (!signal) throw notFound();
    const page = signalPage(request.locale, { csrf: csrfField(request), signal, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(`${PATH}/:id`, { config, schema: { params: idParams } }, (request, reply) =>
    show(request, reply, { decision: '', reason: '' }, []),
  );

  app.post(
    `${PATH}/:id`,
    { config, schema: { params: idParams, body: signalBody } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => decideSignal(kernel, actorOf(request), id, request.body));
      if (attempt.done) return reply.redirect(PATH, 303);
      return show(request, reply, request.body, attempt.faults);
    },
  );

  app.get(
    API,
    {
      config,
      schema: {
        summary: 'List files that may have been kept under the threshold of article 3, with the reasons',
        tags: ['portfolio'],
        querystring: signalsQuery,
        response: { 200: Type.Object({ items: Type.Array(whole) }) },
      },
    },
    async (request) => ({
      items: (await listSignals(db, request.query.state || null, MOST)).map(asJson),
    }),
  );

  app.post(
    `${API}/:id/decision`,
    {
      config,
      schema: {
        summary: 'Decide on a signal: dismissed or grouped, with the reason',
        tags: ['portfolio'],
        params: idParams,
        body: signalBody,
        response: { 200: whole },
      },
    },
    async (request) => asJson(await decideSignal(kernel, actorOf(request), request.params.id, request.body)),
  );
}
