// The entry page of the module.
import type { FastifyInstance } from 'fastify';
import { openRooms } from '#platform/http/open-rooms.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { supportEntryPage } from './entry.pages.ts';
import { supportEntryPermissions } from './entry.permissions.ts';
import { ROOMS } from './rooms.data.ts';

/** `/support`. */
export function supportEntryRoutes(app: FastifyInstance): void {
  const config = { permission: supportEntryPermissions.browseSupport };
  app.get('/support', { config }, async ({ actor, locale }, reply) =>
    sendPage(
      reply,
      supportEntryPage(locale, { rooms: openRooms(app, ROOMS, actor), isSignedIn: actor !== null }),
    ),
  );
}
