// The pages of webhooks.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
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
import {
  newWebhookPage,
  removeWebhookPage,
  WEBHOOKS,
  webhookPage,
  webhookSecretPage,
  webhooksPage,
} from './webhooks.pages.ts';
import { webhooksPermissions } from './webhooks.permissions.ts';
import { listWebhooks } from './webhooks.repository.ts';
import { deliveriesQuery, deliveryParams, webhookForm, webhookParams } from './webhooks.schemas.ts';

const config = { permission: webhooksPermissions.manageWebhooks };

/** `/exchange/webhooks` and what is under it. */
export function webhooksRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const { timeZone } = kernel.config;

  app.get(WEBHOOKS, { config }, async (request, reply) => {
    const items = await listWebhooks(db, consumersManagedBy(actorOf(request)));
    return sendPage(reply, webhooksPage(request.locale, { items, timeZone }));
  });

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed = { organisationId: '', url: '' },
    faults: readonly FieldError[] = [],
  ) {
    const managed = consumersManagedBy(actorOf(request));
    const all = await listOrganisations(db);
    const organisations = managed === 'all' ? all : all.filter(({ id }) => managed.includes(id));
    const page = newWebhookPage(request.locale, { csrf: csrfField(request), organisations, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(`${WEBHOOKS}/new`, { config }, (request, reply) => showForm(request, reply));

  // Answered with the page itself: after a redirect the secret would have to wait somewhere.
  app.post(`${WEBHOOKS}/new`, { config, schema: { body: webhookForm } }, async (request, reply) => {
    const attempt = await attemptForm(() => addWebhook(kernel, actorOf(request), request.body));
    if (!attempt.done) return showForm(request, reply, request.body, attempt.faults);
    reply.header('cache-control', 'no-store');
    return sendPage(reply, webhookSecretPage(request.locale, { ...attempt.result, replaces: false }), 201);
  });
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { timeZone } = kernel.config;

  app.get(
    `${WEBHOOKS}/:id`,
    { config, schema: { params: webhookParams, querystring: deliveriesQuery } },
    async (request, reply) => {
      const { cursor } = request.query;
      const webhook = await webhookAt(kernel, request, request.params.id);
      const { items: deliveries, next } = await pageOfDeliveries(kernel, webhook.id, cursor);
      const isFirst = cursor === undefined;
      const page = webhookPage(request.locale, {
        csrf: csrfField(request),
        webhook,
        deliveries,
        next,
        isFirst,
        timeZone,
      });
      return sendPage(reply, page);
    },
  );

  const acts: readonly (readonly [string, (actor: Actor, id: string) => Promise<unknown>])[] = [
    ['test', (actor, id) => sendTest(kernel, actor, id)],
    ['enable', (actor, id) => setEnabled(kernel, actor, id, true)],
    ['disable', (actor, id) => setEnabled(kernel, actor, id, false)],
  ];
  for (const [name, act] of acts) {
    app.post(
      `${WEBHOOKS}/:id/${name}`,
      { config, schema: { params: webhookParams } },
      async (request, reply) => {
        const { id } = request.params;
        await act(actorOf(request), id);
        return reply.redirect(`${WEBHOOKS}/${id}`, 303);
      },
    );
  }

  app.post(
    `${WEBHOOKS}/:id/secret`,
    { config, schema: { params: webhookParams } },
    async (request, reply) => {
      const { id } = request.params;
      const secret = await replaceSecret(kernel, actorOf(request), id);
      reply.header('cache-control', 'no-store');
      return sendPage(reply, webhookSecretPage(request.locale, { id, secret, replaces: true }));
    },
  );

  app.get(`${WEBHOOKS}/:id/remove`, { config, schema: { params: webhookParams } }, async (request, reply) => {
    const webhook = await webhookAt(kernel, request, request.params.id);
    return sendPage(reply, removeWebhookPage(request.locale, { csrf: csrfField(request), webhook }));
  });

  app.post(
    `${WEBHOOKS}/:id/remove`,
    { config, schema: { params: webhookParams } },
    async (request, reply) => {
      await removeWebhook(kernel, actorOf(request), request.params.id);
      return reply.redirect(WEBHOOKS, 303);
    },
  );

  app.post(
    `${WEBHOOKS}/:id/deliveries/:deliveryId/resend`,
    { config, schema: { params: deliveryParams } },
    async (request, reply) => {
      const { id, deliveryId } = request.params;
      await resendDelivery(kernel, actorOf(request), { id: deliveryId, webhookId: id });
      return reply.redirect(`${WEBHOOKS}/${id}#deliveries`, 303);
    },
  );
}
