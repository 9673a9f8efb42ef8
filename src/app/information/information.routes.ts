// Pages of plain information that a public site owes its readers: accessibility statement, source code.
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { accessibilityPage, sourcePage } from './information.pages.ts';

const READ: Permission = { name: 'information.read', allows: 'everyone' };

/** `/accessibility` and `/source`. */
export function informationRoutes(app: FastifyInstance): void {
  const config = { permission: READ, cache: 'public' as const };
  app.get('/accessibility', { config }, (request, reply) =>
    sendPage(reply, accessibilityPage(request.locale)),
  );
  app.get('/source', { config }, (request, reply) => sendPage(reply, sourcePage(request.locale)));
}
