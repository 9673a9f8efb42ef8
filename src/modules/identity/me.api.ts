// Who is signed in, over the API.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { ROLES } from '#platform/access.ts';
import { signInRequired } from '#platform/http/access-control.ts';
import { permissions } from './permissions.ts';

/** `/api/v1/identity/me`: the actor; 401 for nobody. */
export function meApi(untyped: FastifyInstance): void {
  untyped.withTypeProvider<TypeBoxTypeProvider>().get(
    '/api/v1/identity/me',
    {
      config: { permission: permissions.ownAccount },
      schema: {
        summary: 'Read who is signed in and the roles that they hold now',
        tags: ['identity'],
        response: {
          200: Type.Object({
            personId: Type.String({ format: 'uuid' }),
            name: Type.String(),
            roles: Type.Array(
              Type.Object({
                role: Type.Enum(ROLES),
                organisationId: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
              }),
            ),
          }),
        },
      },
    },
    async ({ actor }) => {
      if (actor === null) throw signInRequired();
      return { personId: actor.personId, name: actor.name, roles: [...actor.roles] };
    },
  );
}
