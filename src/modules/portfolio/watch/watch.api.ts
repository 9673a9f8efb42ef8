// Alerts over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { filesFollowedBy } from '../recommendations/follow-up-access.rules.ts';
import { alertAt, decideAlert } from './alerts.actions.ts';
import { listAlertDecisions, listAlerts } from './alerts.repository.ts';
import { watchPermissions } from './watch.permissions.ts';
import { alertFilterOf } from './watch.routes.ts';
import { alertParams, alertSchema, alertsQuery, decisionBody, listedAlertSchema } from './watch.schemas.ts';
import type { Alert } from './watch.types.ts';

const path = '/api/v1/alerts';
const tags = ['portfolio'];

function asListed(alert: Alert) {
  return {
    ...alert,
    facts: { ...alert.facts },
    openedAt: alert.openedAt.toISOString(),
    firedAt: alert.firedAt.toISOString(),
    quietSince: alert.quietSince?.toISOString() ?? null,
    decidedAt: alert.decidedAt?.toISOString() ?? null,
  };
}

/** `/api/v1/alerts` and what is under it. */
export function watchApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: watchPermissions.readAlerts };

  async function asJson(actor: Actor, id: string) {
    const alert = await alertAt(db, actor, id);
    const decisions = await listAlertDecisions(db, alert.id);
    return {
      ...asListed(alert),
      decisions: decisions.map(({ actor: _, byName, ...one }) => ({
        ...one,
        facts: { ...one.facts },
        decidedAt: one.decidedAt.toISOString(),
        by: byName,
      })),
    };
  }

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the alerts that you see, the newest first',
        tags,
        querystring: alertsQuery,
        response: {
          200: Type.Object({
            items: Type.Array(listedAlertSchema),
            next: Type.Union([Type.Integer(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, state, ...narrowing } = request.query;
      const filter = { ...alertFilterOf(narrowing), ...(state && { state }) };
      const found = await listAlerts(db, filesFollowedBy(actorOf(request)), filter, {
        before: cursor ?? null,
        limit: limit + 1,
      });
      const items = found.slice(0, limit).map(asListed);
      return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'Read one alert with the decisions on it',
        tags,
        params: alertParams,
        response: { 200: alertSchema },
      },
    },
    (request) => asJson(actorOf(request), request.params.id),
  );

  app.post(
    `${path}/:id/decisions`,
    {
      config: { permission: watchPermissions.decideAlerts },
      schema: {
        summary: 'Decide: support, audit, reorientation, stop, or a risk accepted until a day',
        description: 'An alert is decided once; of two decisions at once the second is refused (409).',
        tags,
        params: alertParams,
        body: decisionBody,
        response: { 200: alertSchema },
      },
    },
    async (request) => {
      const { version, until = '', ...rest } = request.body;
      const { id } = request.params;
      const actor = actorOf(request);
      await decideAlert(kernel, actor, { id, version }, { ...rest, until });
      return asJson(actor, id);
    },
  );
}
