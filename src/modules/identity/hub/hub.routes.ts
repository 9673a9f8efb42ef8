// The protocol's own addresses of each realm, and the ways in that upstream providers have.
import type { FastifyInstance } from 'fastify';
import { originOf } from '#platform/http/origin.ts';
import type { Kernel } from '#platform/kernel.ts';
import { hubPermissions } from './hub.permissions.ts';
import type { Hub } from './hub.ts';
import { interactionRoutes } from './interaction.routes.ts';
import { mountProvider } from './mount-provider.ts';
import { REALMS } from './realms.ts';
import { upstreamReturnRoutes } from './upstream-return.routes.ts';

/** `/connect/agents`, `/connect/citizens`, `/connect/machines` and what is under them. */
export function hubRoutes(app: FastifyInstance, kernel: Kernel, hub: Hub): void {
  for (const realm of REALMS) {
    if (realm !== 'machines') {
      interactionRoutes(app, kernel, hub, realm);
      upstreamReturnRoutes(app, kernel, hub, realm);
    }
    mountProvider(app, {
      prefix: `/connect/${realm}`,
      permission: hubPermissions.useTheHub,
      providerFor: (request) => hub.provider(realm, originOf(request, kernel.config)),
    });
  }
}
