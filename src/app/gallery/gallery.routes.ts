// The gallery at /ui: every component of the interface with its states. It reads no data.
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { galleryPage } from './gallery.pages.ts';

const READ: Permission = { name: 'ui.read', allows: 'everyone' };

/** `/ui`. */
export function galleryRoutes(app: FastifyInstance): void {
  app.get('/ui', { config: { permission: READ, cache: 'public' } }, async (request, reply) =>
    sendPage(reply, galleryPage(request.locale)),
  );
}
