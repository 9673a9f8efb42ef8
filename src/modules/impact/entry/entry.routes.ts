// The entry page of the module.
import type { FastifyInstance } from 'fastify';
import { openRooms } from '#platform/http/open-rooms.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { impactEntryPage } from './entry.pages.ts';
import { impactEntryPermissions } from './entry.permissions.ts';
import { ROOMS } from './rooms.data.ts';

/** `/impact`. */
export function impactEntryRoutes(app: FastifyInstance): void {
  const config = { permission: impactEntryPermissions.browseImpact };
  app.get('/impact', { config }, async ({ actor, locale }, reply) =>
    sendPage(
      reply,
      impactEntryPage(locale, { rooms: openRooms(app, ROOMS, actor), isSignedIn: actor !== null }),
    ),
  );
}
