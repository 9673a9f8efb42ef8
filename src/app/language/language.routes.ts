// The choice of a language: a link that keeps it in a cookie and comes back. It works without JavaScript.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Permission } from '#platform/access.ts';
import { LOCALE_COOKIE } from '#platform/http/request-context.ts';
import { isSafeReturnPath } from '#platform/http/return-path.ts';
import { LOCALES } from '#platform/i18n/locale.ts';

const READ: Permission = { name: 'language.choose', allows: 'everyone' };
const ONE_YEAR_S = 365 * 24 * 3_600;

/** `/language?to=en&back=/path`: keeps the choice for a year and goes back. */
export function languageRoutes(app: FastifyInstance, { secure }: { secure: boolean }): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/language',
    {
      config: { permission: READ },
      schema: {
        querystring: Type.Object({
          to: Type.Enum([...LOCALES]),
          back: Type.String({ maxLength: 2_000, default: '/' }),
        }),
      },
    },
    async (request, reply) => {
      const { to, back } = request.query;
      reply.setCookie(LOCALE_COOKIE, to, {
        path: '/',
        maxAge: ONE_YEAR_S,
        sameSite: 'lax',
        httpOnly: true,
        secure,
      });
      return reply.redirect(isSafeReturnPath(back) ? back : '/', 303);
    },
  );
}
