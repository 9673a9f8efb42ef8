// What a program that acts with a person's session needs first: the token of its writes.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Permission } from '#platform/access.ts';
import { csrfToken } from '#platform/http/csrf.ts';

const READ: Permission = { name: 'session.read', allows: 'everyone' };

/** `/api/v1/csrf-token`: the token that each write sends in `x-csrf-token`, together with the session's cookie. */
export function sessionApi(app: FastifyInstance): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    '/api/v1/csrf-token',
    {
      config: { permission: READ },
      schema: {
        tags: ['session'],
        summary: 'The token that each write of this session sends in the header x-csrf-token',
        response: { 200: Type.Object({ token: Type.String() }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return { token: csrfToken(request) };
    },
  );
}
