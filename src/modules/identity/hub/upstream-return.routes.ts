// The ways by which upstream providers come back about signing out: with the browser, and by themselves.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { originOf } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { html } from '#ui/html.ts';
import { readUpstreamLogoutToken } from '../upstreams/upstream-logout.ts';
import { findUpstream } from '../upstreams/upstreams.repository.ts';
import { hubMessages } from './hub.messages.ts';
import { hubPermissions } from './hub.permissions.ts';
import type { Hub } from './hub.ts';
import { sessionsOfUpstream } from './hub-sessions.repository.ts';
import type { PeopleRealm } from './realms.ts';
import { endHubSession } from './session-ends.ts';
import { goalAfterSignOut } from './upstream-sign-out.ts';
import { usedOnce } from './used-once.ts';

/** A logout token is remembered for longer than one is accepted. */
const TOKEN_SECONDS = 3_600;

/** `/connect/<realm>/signed-out` and `/connect/<realm>/upstreams/:id/logout`. */
export function upstreamReturnRoutes(
  untyped: FastifyInstance,
  kernel: Kernel,
  hub: Hub,
  realm: PeopleRealm,
): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: hubPermissions.useTheHub, csrf: 'protocol' } as const;
  const once = usedOnce(kernel, realm);

  app.get(
    `/connect/${realm}/signed-out`,
    {
      config,
      schema: {
        querystring: Type.Object({ state: Type.Optional(Type.String({ maxLength: 4_000 })) }),
        hide: true,
      },
    },
    async (request, reply) => {
      const goal = goalAfterSignOut(kernel, realm, request.query.state ?? '');
      if (goal !== null) return reply.redirect(goal, 303);
      const words = hubMessages(request.locale).signOut;
      return sendPage(reply, {
        title: words.done,
        main: html`<h1>${words.done}</h1>
<p>${words.doneLead}</p>`,
      });
    },
  );

  // OpenID Connect Back-Channel Logout 1.0, section 2.5: 200 when done or nothing was to do, 400 when refused.
  app.post(
    `/connect/${realm}/upstreams/:id/logout`,
    {
      config,
      schema: {
        params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
        body: Type.Object({ logout_token: Type.String({ minLength: 1, maxLength: 16_000 }) }),
        hide: true,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const upstream = isUuid(id) ? await findUpstream(kernel.db, id) : undefined;
      if (!upstream || upstream.realm !== realm) throw notFound();
      const origin = originOf(request, kernel.config);
      reply.header('cache-control', 'no-store');
      const token = await readUpstreamLogoutToken(kernel, upstream, request.body.logout_token, { origin });
      if (await once.claim(`logout\n${upstream.id}\n${token.jti}`, TOKEN_SECONDS)) {
        const { sid, subject } = token;
        for (const { uid } of await sessionsOfUpstream(kernel.db, {
          upstreamId: upstream.id,
          sid,
          subject,
        })) {
          await endHubSession(kernel, hub, { realm, origin, uid });
        }
      }
      return reply.code(200).send();
    },
  );
}
