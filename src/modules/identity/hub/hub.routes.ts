// Where the hub stands on the site: the protocol's own addresses of each realm, and the pages of a sign-in.
import type { FastifyInstance } from 'fastify';
import { originOf } from '#platform/http/origin.ts';
import type { Kernel } from '#platform/kernel.ts';
import { hubPermissions } from './hub.permissions.ts';
import { openHub } from './hub.ts';
import { interactionRoutes } from './interaction.routes.ts';
import { mountProvider } from './mount-provider.ts';
import { REALMS } from './realms.ts';
import { upstreamReturnRoutes } from './upstream-return.routes.ts';

/** The protocol under `/connect/agents`, `/connect/citizens` and `/connect/machines`. */
export function hubProtocols(app: FastifyInstance, kernel: Kernel): void {
  const hub = openHub(kernel);
  for (const realm of REALMS) {
    mountProvider(app, {
      prefix: `/connect/${realm}`,
      permission: hubPermissions.useTheHub,
      providerFor: (request) => hub.provider(realm, originOf(request, kernel.config)),
    });
  }
}

/** The pages of a sign-in in the people's realms, and the ways by which their providers come back. */
export function hubRoutes(app: FastifyInstance, kernel: Kernel): void {
  const hub = openHub(kernel);
  for (const realm of REALMS) {
    if (realm === 'machines') continue;
    interactionRoutes(app, kernel, hub, realm);
    upstreamReturnRoutes(app, kernel, hub, realm);
  }
}
