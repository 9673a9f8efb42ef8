// The outbox of the demonstration: every message, readable by everyone signed in. On any other installation it does not
// exist, since messages may hold what only their recipient may read.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { definePermissions } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findMessage, listMessages } from '#platform/mail/messages.repository.ts';
import { outboxMessagePage, outboxPage } from './outbox.pages.ts';

/** Who may read the demonstration's outbox. */
const outboxPermissions = definePermissions('outbox', { read: 'signed-in' });

const SHOWN = 25;

/** `/outbox` and `/outbox/:id`; 404 where the demonstration State was not loaded. */
export function outboxRoutes(app: FastifyInstance, kernel: Kernel): void {
  const { db, config } = kernel;
  const site = app.withTypeProvider<TypeBoxTypeProvider>();
  const refuseOutsideDemonstration = async () => {
    if (!config.demo || !(await demonstrationIsLoaded(db))) throw notFound();
  };

  site.get(
    '/outbox',
    {
      config: { permission: outboxPermissions.read },
      schema: { querystring: Type.Object({ after: Type.Optional(Type.String({ format: 'uuid' })) }) },
    },
    async (request, reply) => {
      await refuseOutsideDemonstration();
      const found = await listMessages(db, { limit: SHOWN + 1, after: request.query.after });
      const messages = found.slice(0, SHOWN);
      const older = found.length > SHOWN ? (messages.at(-1)?.id ?? null) : null;
      return sendPage(reply, outboxPage(request.locale, { messages, older, timeZone: config.timeZone }));
    },
  );

  site.get(
    '/outbox/:id',
    {
      config: { permission: outboxPermissions.read },
      schema: { params: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
    },
    async (request, reply) => {
      await refuseOutsideDemonstration();
      const message = await findMessage(db, request.params.id);
      if (!message) throw notFound();
      reply.header('cache-control', 'no-store');
      return sendPage(reply, outboxMessagePage(request.locale, message, config.timeZone));
    },
  );
}
