// Webhooks over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { consumersManagedBy } from '../accreditations/accreditation-access.rules.ts';
import { pageOfDeliveries, webhookAt } from './webhook-at.ts';
import {
  addWebhook,
  removeWebhook,
  replaceSecret,
  resendDelivery,
  sendTest,
  setEnabled,
} from './webhooks.actions.ts';
import { webhooksPermissions } from './webhooks.permissions.ts';
import { listWebhooks } from './webhooks.repository.ts';
import {
  deliveriesQuery,
  deliveryParams,
  deliverySchema,
  webhookBody,
  webhookChange,
  webhookParams,
  webhookSchema,
} from './webhooks.schemas.ts';
import type { Webhook, WebhookDelivery } from './webhooks.types.ts';

const path = '/api/v1/exchange/webhooks';
const tags = ['exchange'];
const config = { permission: webhooksPermissions.manageWebhooks };
const none = { 204: Type.Null() };

const asJson = (webhook: Webhook) => ({ ...webhook, createdAt: webhook.createdAt.toISOString() });

function deliveryAsJson(delivery: WebhookDelivery) {
  const { state, nextAttemptAt, createdAt, deliveredAt } = delivery;
  return {
    ...delivery,
    nextAttemptAt: state === 'waiting' ? nextAttemptAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
    deliveredAt: deliveredAt?.toISOString() ?? null,
  };
}

/** `/api/v1/exchange/webhooks` and what is under it. */
export function webhooksApi(untyped: FastifyInstance, kernel: Kernel): void {
  keepingApi(untyped, kernel);
  deliveriesApi(untyped, kernel);
}

function keepingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the webhooks of the caller’s organisations',
        tags,
        response: { 200: Type.Object({ items: Type.Array(webhookSchema) }) },
      },
    },
    async (request) => {
      const items = await listWebhooks(kernel.db, consumersManagedBy(actorOf(request)));
      return { items: items.map(asJson) };
    },
  );

  app.post(
    path,
    {
      config,
      schema: {
        summary: 'Register a webhook; its secret is in this answer alone',
        tags,
        body: webhookBody,
        response: { 201: Type.Object({ id: Type.String({ format: 'uuid' }), secret: Type.String() }) },
      },
    },
    async (request, reply) => {
      const added = await addWebhook(kernel, actorOf(request), request.body);
      return reply.code(201).header('cache-control', 'no-store').send(added);
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: { summary: 'A webhook', tags, params: webhookParams, response: { 200: webhookSchema } },
    },
    async (request) => asJson(await webhookAt(kernel, request, request.params.id)),
  );

  app.patch(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'Enable or disable a webhook',
        tags,
        params: webhookParams,
        body: webhookChange,
        response: none,
      },
    },
    async (request, reply) => {
      await setEnabled(kernel, actorOf(request), request.params.id, request.body.isEnabled);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/:id`,
    { config, schema: { summary: 'Remove a webhook', tags, params: webhookParams, response: none } },
    async (request, reply) => {
      await removeWebhook(kernel, actorOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:id/secret`,
    {
      config,
      schema: {
        summary: 'Replace the secret; messages are signed with both for a day',
        tags,
        params: webhookParams,
        response: { 200: Type.Object({ secret: Type.String() }) },
      },
    },
    async (request, reply) => {
      const secret = await replaceSecret(kernel, actorOf(request), request.params.id);
      return reply.header('cache-control', 'no-store').send({ secret });
    },
  );
}

function deliveriesApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.post(
    `${path}/:id/test`,
    {
      config,
      schema: {
        summary: 'Send a test event now',
        tags,
        params: webhookParams,
        response: { 202: Type.Object({ deliveryId: Type.String({ format: 'uuid' }) }) },
      },
    },
    async (request, reply) => {
      const deliveryId = await sendTest(kernel, actorOf(request), request.params.id);
      return reply.code(202).send({ deliveryId });
    },
  );

  app.get(
    `${path}/:id/deliveries`,
    {
      config,
      schema: {
        summary: 'List the deliveries of a webhook, the newest first',
        tags,
        params: webhookParams,
        querystring: deliveriesQuery,
        response: {
          200: Type.Object({
            items: Type.Array(deliverySchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { id } = await webhookAt(kernel, request, request.params.id);
      const { items, next } = await pageOfDeliveries(kernel, id, request.query.cursor);
      return { items: items.map(deliveryAsJson), next };
    },
  );

  app.post(
    `${path}/:id/deliveries/:deliveryId/resend`,
    {
      config,
      schema: {
        summary: 'Send a delivery again now, under the same webhook-id',
        tags,
        params: deliveryParams,
        response: { 202: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, deliveryId } = request.params;
      await resendDelivery(kernel, actorOf(request), { id: deliveryId, webhookId: id });
      return reply.code(202).send(null);
    },
  );
}
