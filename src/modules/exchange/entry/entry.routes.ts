// The entry page of the data exchange.
import type { FastifyInstance } from 'fastify';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { openRooms } from '#platform/http/open-rooms.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { entryPage } from './entry.pages.ts';
import { entryPermissions } from './entry.permissions.ts';
import { countExchange } from './entry.repository.ts';
import { ROOMS } from './rooms.data.ts';

/** `/exchange`. */
export function entryRoutes(app: FastifyInstance, { db, clock }: Kernel): void {
  const config = { permission: entryPermissions.browseExchange };
  app.get('/exchange', { config }, async (request, reply) => {
    const { actor, locale } = request;
    const [counts, isDemonstration] = await Promise.all([
      countExchange(db, clock.now()),
      demonstrationIsLoaded(db),
    ]);
    const rooms = openRooms(app, ROOMS, actor);
    const page = entryPage(locale, {
      counts,
      origin: isDemonstration ? 'demonstration' : 'measured',
      rooms,
      isSignedIn: actor !== null,
    });
    return sendPage(reply, page);
  });
}
