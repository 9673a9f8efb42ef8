// Doctrines over the API: read, and the draft of the next version written and published.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { beginDraft, publishDraft, writeDraft } from './doctrines.actions.ts';
import { doctrinesPermissions } from './doctrines.permissions.ts';
import { listDoctrines } from './doctrines.repository.ts';
import { doctrineAt } from './doctrines.routes.ts';
import { doctrineParams, doctrineSchema, draftBody, listedDoctrineSchema } from './doctrines.schemas.ts';

const path = '/api/v1/support/doctrines';
const tags = ['support'];

/** `/api/v1/support/doctrines` and what is under it. */
export function doctrinesApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const browse = { permission: doctrinesPermissions.browseDoctrines };
  const publish = { permission: doctrinesPermissions.publishDoctrines };

  app.get(
    path,
    {
      config: browse,
      schema: {
        summary: 'List the State’s doctrines',
        tags,
        response: { 200: Type.Object({ items: Type.Array(listedDoctrineSchema) }) },
      },
    },
    async () => ({ items: await listDoctrines(db) }),
  );

  app.get(
    `${path}/:word`,
    {
      config: browse,
      schema: {
        summary: 'Read a doctrine with its versions and criteria',
        tags,
        params: doctrineParams,
        response: { 200: doctrineSchema },
      },
    },
    async (request) => {
      const { doctrine, versions } = await doctrineAt(db, request.params.word, { withDrafts: false });
      return {
        ...doctrine,
        versions: versions.map((version) => ({ ...version, criteria: [...version.criteria] })),
      };
    },
  );

  app.post(
    `${path}/:word/draft`,
    {
      config: publish,
      schema: {
        summary: 'Begin the next version of a doctrine',
        tags,
        params: doctrineParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { doctrine } = await doctrineAt(db, request.params.word, { withDrafts: false });
      await beginDraft(kernel, actorOf(request), doctrine.word);
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${path}/:word/draft`,
    {
      config: publish,
      schema: {
        summary: 'Write the draft of a doctrine anew',
        tags,
        params: doctrineParams,
        body: draftBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { doctrine } = await doctrineAt(db, request.params.word, { withDrafts: false });
      await writeDraft(kernel, actorOf(request), doctrine.word, request.body);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:word/draft/publication`,
    {
      config: publish,
      schema: {
        summary: 'Publish the draft of a doctrine',
        tags,
        params: doctrineParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { doctrine } = await doctrineAt(db, request.params.word, { withDrafts: false });
      await publishDraft(kernel, actorOf(request), doctrine.word);
      return reply.code(204).send(null);
    },
  );
}
