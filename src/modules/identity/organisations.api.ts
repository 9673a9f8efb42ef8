// Organisations over the API, and as open data.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { findOrganisation, organisationsAfter } from './organisations.repository.ts';
import { idParams, organisationSchema, organisationsApiQuery } from './organisations.schemas.ts';
import { permissions } from './permissions.ts';

/** `/api/v1/identity/organisations` and one of them. */
export function organisationsApi(untyped: FastifyInstance, { db }: Pick<Kernel, 'db'>): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: permissions.readOrganisations };

  app.get(
    '/api/v1/identity/organisations',
    {
      config: { ...config, cache: 'public' },
      schema: {
        summary: 'List organisations by name',
        tags: ['identity'],
        querystring: organisationsApiQuery,
        response: {
          200: Type.Object({
            items: Type.Array(organisationSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async ({ query: { search, kind, limit, cursor } }) => {
      const filter = { ...(search ? { search } : {}), ...(kind ? { kind } : {}) };
      const found = await organisationsAfter(db, filter, { after: cursor ?? null, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );

  app.get(
    '/api/v1/identity/organisations/:id',
    {
      config: { ...config, cache: 'public' },
      schema: {
        summary: 'Read one organisation',
        tags: ['identity'],
        params: idParams,
        response: { 200: organisationSchema },
      },
    },
    async ({ params: { id } }) => {
      const organisation = isUuid(id) ? await findOrganisation(db, id) : undefined;
      if (!organisation) throw notFound();
      return organisation;
    },
  );
}
