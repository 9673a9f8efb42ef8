// Pages of anomalies: list, one, acknowledgement.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { stopsPermissions } from '../stops/stops.permissions.ts';
import { producersOverseenBy } from '../stops/stops.rules.ts';
import { stopParams } from '../stops/stops.schemas.ts';
import { flowFilterOf } from './accesses.routes.ts';
import { anomaliesQuery, noteForm } from './accesses.schemas.ts';
import { acknowledgeAnomaly } from './anomalies.actions.ts';
import { anomaliesPage, anomalyPage } from './anomalies.pages.ts';
import { findAnomaly, listAnomalies } from './anomalies.repository.ts';
import type { Anomaly } from './anomalies.types.ts';

const PAGE_SIZE = 50;
const here = '/exchange/producer/anomalies';

/** One page of the anomalies that a request asks for, with what comes after it. */
export async function anomaliesAsked(
  kernel: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  {
    producer,
    cursor,
    limit = PAGE_SIZE,
  }: { producer?: string | undefined; cursor?: string | undefined; limit?: number },
): Promise<{ items: Anomaly[]; next: string | null; producerId: string | undefined }> {
  if (cursor !== undefined && !isUuid(cursor)) throw notFound();
  const { producerId } = await flowFilterOf(kernel, request, { producer });
  const reach = producersOverseenBy(actorOf(request));
  const found = await listAnomalies(kernel.db, reach, {
    producerId,
    after: cursor ?? null,
    limit: limit + 1,
  });
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null, producerId };
}

/** `/exchange/producer/anomalies` and what is under it. */
export function anomaliesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;
  const { timeZone } = settings;
  const config = { permission: stopsPermissions.seeAccesses };

  app.get(here, { config, schema: { querystring: anomaliesQuery } }, async (request, reply) => {
    const page = await anomaliesAsked(kernel, request, request.query);
    return sendPage(reply, anomaliesPage(request.locale, { ...page, timeZone }));
  });

  async function show(
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    id: string,
    { typed = '', faults = [] }: { typed?: string; faults?: readonly FieldError[] } = {},
  ) {
    const reach = producersOverseenBy(actorOf(request));
    const anomaly = isUuid(id) ? await findAnomaly(db, reach, id) : undefined;
    if (!anomaly) throw notFound();
    const view = { anomaly, csrf: csrfField(request), typed, faults, timeZone };
    return sendPage(reply, anomalyPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(`${here}/:id`, { config, schema: { params: stopParams } }, (request, reply) =>
    show({ request, reply }, request.params.id),
  );

  app.post(
    `${here}/:id/acknowledge`,
    { config, schema: { params: stopParams, body: noteForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { note } = request.body;
      const attempt = await attemptForm(() => acknowledgeAnomaly(kernel, actorOf(request), id, note));
      if (attempt.done) return reply.redirect(here, 303);
      return show({ request, reply }, id, { typed: note, faults: attempt.faults });
    },
  );
}
