// Audits over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Actor, Permission } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { idParams, reasonBody } from '../opinions/opinions.schemas.ts';
import { auditsSeenBy } from './audit-access.rules.ts';
import { auditsPermissions } from './audits.permissions.ts';
import { findAudit, findReleased, listAudits, listReleased } from './audits.repository.ts';
import {
  askBody,
  auditsApiQuery,
  conclusionsBody,
  findingBody,
  missionBody,
  releaseBody,
} from './audits.schemas.ts';
import { abandonAudit, addFinding, composeMission, concludeAudit, releaseAudit } from './missions.actions.ts';
import { askForAudit } from './requests.actions.ts';

const path = '/api/v1/audits';
const tags = ['portfolio'];
const whole = Type.Record(Type.String(), Type.Unknown(), { description: 'An audit.' });
const list = Type.Object({ items: Type.Array(whole), next: Type.Union([Type.Integer(), Type.Null()]) });

function asJson(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

function pageOf<T extends { readonly number: number }>(found: readonly T[], limit: number) {
  const items = found.slice(0, limit);
  return { items: items.map(asJson), next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
}

/** `/api/v1/audits` and what is under it. */
export function auditsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const { browseAudits, requestAudits, conductAudits } = auditsPermissions;
  const open = { permission: browseAudits };

  app.get(
    path,
    {
      config: open,
      schema: {
        summary: 'List the released audits, the newest first',
        tags,
        querystring: auditsApiQuery,
        response: { 200: list },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      return pageOf(await listReleased(db, { before: cursor ?? null, limit: limit + 1 }), limit);
    },
  );

  app.get(
    `${path}/own`,
    {
      config: { permission: requestAudits },
      schema: {
        summary:
          'List the audits of which the caller is of the mission, the requester, or may compose the mission',
        tags,
        querystring: auditsApiQuery,
        response: { 200: list },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = { before: cursor ?? null, limit: limit + 1 };
      return pageOf(await listAudits(db, auditsSeenBy(actorOf(request)), page), limit);
    },
  );

  async function released(id: string) {
    const found = isUuid(id) ? await findReleased(db, id) : undefined;
    if (!found) throw notFound();
    return asJson(found);
  }

  app.get(
    `${path}/:id`,
    {
      config: open,
      schema: {
        summary: 'An audit: in full for its mission and requester, for others once it is released',
        tags,
        params: idParams,
        response: { 200: whole },
      },
    },
    async (request) => {
      const { actor } = request;
      const { id } = request.params;
      const own = actor !== null && isUuid(id) ? await findAudit(db, auditsSeenBy(actor), id) : undefined;
      return own ? asJson(own) : released(id);
    },
  );

  app.get(
    `${path}/:id/release`,
    {
      config: open,
      schema: {
        summary: 'A released audit as the public reads it',
        tags,
        params: idParams,
        response: { 200: whole },
      },
    },
    (request) => released(request.params.id),
  );

  app.post(
    path,
    {
      config: { permission: requestAudits },
      schema: { summary: 'Ask for an audit', tags, body: askBody, response: { 201: whole } },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const made = await askForAudit(kernel, actor, request.body);
      const seen = await findAudit(db, auditsSeenBy(actor), made.id);
      return reply.status(201).send(asJson(seen ?? made));
    },
  );

  /** A deed on an audit: POST, then the audit as it is after it. */
  function deed<B extends TSchema>(
    name: string,
    permission: Permission,
    summary: string,
    body: B,
    work: (actor: Actor, id: string, body: Type.Static<B>) => Promise<void>,
  ): void {
    app.post(
      `${path}/:id/${name}`,
      { config: { permission }, schema: { summary, tags, params: idParams, body, response: { 200: whole } } },
      async (request: FastifyRequest) => {
        const { id } = request.params as { id: string };
        const actor = actorOf(request);
        await work(actor, id, request.body as Type.Static<B>);
        const seen = await findAudit(db, auditsSeenBy(actor), id);
        // Whoever composes a mission without being of it no longer sees the audit.
        return seen ? asJson(seen) : { id };
      },
    );
  }

  deed('mission', conductAudits, 'Compose the mission', missionBody, (actor, id, mission) =>
    composeMission(kernel, actor, id, mission),
  );
  deed('findings', conductAudits, 'Add a finding', findingBody, (actor, id, finding) =>
    addFinding(kernel, actor, id, finding),
  );
  deed('conclusions', conductAudits, 'Conclude', conclusionsBody, (actor, id, conclusions) =>
    concludeAudit(kernel, actor, id, conclusions),
  );
  deed(
    'releases',
    conductAudits,
    'Release without the passages between double brackets',
    releaseBody,
    (actor, id, release) => releaseAudit(kernel, actor, id, release as typeof release & { ground: string }),
  );
  deed('abandonment', requestAudits, 'Give an audit up', reasonBody, (actor, id, { reason }) =>
    abandonAudit(kernel, actor, id, reason),
  );
}
