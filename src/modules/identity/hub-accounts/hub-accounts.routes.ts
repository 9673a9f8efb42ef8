// What this folder mounts: people's own sign-ins, and the links that organisations decide on.
import type { FastifyInstance } from 'fastify';
import type { Kernel } from '#platform/kernel.ts';
import type { Hub } from '../hub/hub.ts';
import { organisationLinksApi } from './organisation-links.api.ts';
import { organisationLinksRoutes } from './organisation-links.routes.ts';
import { ownConnectionsRoutes, unblockLinkRoutes } from './own-connections.routes.ts';

/** `/account/connections`, `/identity-providers/unblock`, `/organisation-links` and what is under them. */
export function hubAccountsRoutes(app: FastifyInstance, kernel: Kernel, hub: Hub): void {
  ownConnectionsRoutes(app, kernel, hub);
  unblockLinkRoutes(app, kernel);
  organisationLinksRoutes(app, kernel);
}

/** `/api/v1/identity/organisation-links` and what is under it. */
export function hubAccountsApi(app: FastifyInstance, kernel: Kernel): void {
  organisationLinksApi(app, kernel);
}
