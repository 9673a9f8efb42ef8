// The page of a service's keys and secrets: see, add, revoke.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { addKey, addSecret, revokeKey, revokeSecret } from './credentials.actions.ts';
import { credentialsPage, newSecretPage } from './credentials.pages.ts';
import { listKeys, listSecrets } from './credentials.repository.ts';
import { isWithin, servicesManagedBy } from './service-access.rules.ts';
import { serviceAt } from './service-at.ts';
import { servicesPermissions } from './services.permissions.ts';
import { credentialParams, keyForm, serviceParams } from './services.schemas.ts';

/** `/services/:id/keys` and `/services/:id/secrets`. */
export function credentialsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;
  const read = { permission: servicesPermissions.readServices };
  const manage = { permission: servicesPermissions.manageServices };

  async function show(request: FastifyRequest, reply: FastifyReply, id: string, faults: FormFaults = []) {
    const actor = actorOf(request);
    const service = await serviceAt(db, actor, id);
    const [keys, secrets] = await Promise.all([listKeys(db, id), listSecrets(db, id)]);
    const page = credentialsPage(request.locale, {
      csrf: csrfField(request),
      service,
      keys,
      secrets,
      mayManage: isWithin(servicesManagedBy(actor), service.organisationId),
      timeZone: config.timeZone,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/services/:id/keys', { config: read, schema: { params: serviceParams } }, async (request, reply) =>
    show(request, reply, request.params.id),
  );

  app.post(
    '/services/:id/keys',
    { config: manage, schema: { params: serviceParams, body: keyForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => addKey(kernel, actorOf(request), id, request.body.key));
      if (attempt.done) return reply.redirect(`/services/${id}/keys`, 303);
      return show(request, reply, id, attempt.faults);
    },
  );

  app.post(
    '/services/:id/keys/:credentialId/revoke',
    { config: manage, schema: { params: credentialParams } },
    async (request, reply) => {
      const { id, credentialId } = request.params;
      await revokeKey(kernel, actorOf(request), { serviceId: id, keyId: credentialId });
      return reply.redirect(`/services/${id}/keys`, 303);
    },
  );

  // Answered with the page itself: after a redirect the secret would have to wait somewhere.
  app.post(
    '/services/:id/secrets',
    { config: manage, schema: { params: serviceParams } },
    async (request, reply) => {
      const { id } = request.params;
      const actor = actorOf(request);
      const attempt = await attemptForm(() => addSecret(kernel, actor, id));
      if (!attempt.done) return show(request, reply, id, attempt.faults);
      const service = await serviceAt(db, actor, id);
      reply.header('cache-control', 'no-store');
      return sendPage(reply, newSecretPage(request.locale, { service, plain: attempt.result.plain }));
    },
  );

  app.post(
    '/services/:id/secrets/:credentialId/revoke',
    { config: manage, schema: { params: credentialParams } },
    async (request, reply) => {
      const { id, credentialId } = request.params;
      await revokeSecret(kernel, actorOf(request), { serviceId: id, secretId: credentialId });
      return reply.redirect(`/services/${id}/keys`, 303);
    },
  );
}
