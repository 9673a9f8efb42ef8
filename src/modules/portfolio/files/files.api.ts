// Project files over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { PHASES } from '../panorama/editions.types.ts';
import { listFactsOf } from './facts.repository.ts';
import { filesSeenBy, seesFileDetail } from './file-access.rules.ts';
import { EMPTY_FILE, type FileInput } from './file-input.rules.ts';
import { fileAsJson, listedFileAsJson } from './file-json.ts';
import { seenFile } from './file-view.ts';
import { changeFile, openFile, submitFile } from './files.actions.ts';
import { filesPermissions } from './files.permissions.ts';
import { listFiles } from './files.repository.ts';
import { fileFilterOf } from './files.routes.ts';
import { fileParams, filesApiQuery } from './files.schemas.ts';
import {
  giveNews,
  MINISTRY_EVENTS,
  recordMinistryEvent,
  saveMilestones,
  saveObjectives,
} from './follow-up.actions.ts';
import { MOST_MILESTONES, MOST_OBJECTIVES } from './milestones.rules.ts';

/** Where files are over the REST interface. */
export const FILES_API = '/api/v1/project-files';

const tags = ['project files'];
const { readFiles, draftFiles, keepFiles } = filesPermissions;

// What is sent follows from who asks: file-json.ts says what each sees.
const whole = Type.Record(Type.String(), Type.Unknown(), { description: 'A project file.' });
const words = (maxLength: number) => Type.String({ maxLength, default: '' });
const day = Type.String({ maxLength: 40, description: 'YYYY-MM-DD' });
const list = Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100, default: [] });
const figure = Type.Number({ minimum: -1e13, maximum: 1e13 });
const version = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000,
  description: '`version` as it was read.',
});

const fieldsShape = {
  name: Type.String({ maxLength: 1000 }),
  description: words(20_000),
  objectives: words(20_000),
  policyPriorities: list,
  programmes: list,
  internalFte: Type.Number({ minimum: -1e6, maximum: 1e6, default: 0 }),
  outsourcedShare: Type.Number({ minimum: -10, maximum: 10, default: 0, description: '0 to 1' }),
  phase: Type.Enum(PHASES),
  startedOn: day,
  plannedEndOn: day,
  ownerId: Type.String({ maxLength: 40 }),
  projectSlug: Type.Union([Type.String({ maxLength: 200 }), Type.Null()], { default: null }),
  classified: Type.Boolean({ default: false }),
};
const newFileBody = Type.Object({ organisationId: Type.String({ maxLength: 40 }), ...fieldsShape });
const fileBody = Type.Object({ version, reason: words(10_000), ...fieldsShape });

type Fields = Omit<Parameters<typeof fileAsInputOf>[0], never>;

function fileAsInputOf(body: {
  name: string;
  description: string;
  objectives: string;
  policyPriorities: string[];
  programmes: string[];
  internalFte: number;
  outsourcedShare: number;
  phase: string;
  startedOn: string;
  plannedEndOn: string;
  ownerId: string;
  projectSlug: string | null;
  classified: boolean;
}): FileInput {
  return {
    ...EMPTY_FILE,
    name: body.name,
    description: body.description,
    objectives: body.objectives,
    policyPriorities: body.policyPriorities.join('\n'),
    programmes: body.programmes.join('\n'),
    internalFte: body.internalFte.toFixed(2),
    outsourcedPercent: (body.outsourcedShare * 100).toFixed(2),
    phase: body.phase,
    startedOn: body.startedOn,
    plannedEndOn: body.plannedEndOn,
    ownerId: body.ownerId,
    projectSlug: body.projectSlug ?? '',
    classified: body.classified ? 'yes' : '',
  };
}

/** `/api/v1/project-files` and what is under it. */
export function filesApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: readFiles };

  app.get(
    FILES_API,
    {
      config,
      schema: {
        summary: 'List the project files that the caller sees, by name, each with its slippage',
        tags,
        querystring: filesApiQuery,
        response: {
          200: Type.Object({ items: Type.Array(whole), next: Type.Union([Type.String(), Type.Null()]) }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const reach = filesSeenBy(request.actor);
      const found = await listFiles(db, fileFilterOf(query), reach, {
        after: cursor ?? null,
        limit: limit + 1,
      });
      const shown = found.slice(0, limit);
      const facts = await listFactsOf(
        db,
        shown.map(({ id }) => id),
      );
      return {
        items: facts.map((file) => listedFileAsJson(file, seesFileDetail(request.actor, file))),
        next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
      };
    },
  );

  app.get(
    `${FILES_API}/:id`,
    {
      config,
      schema: {
        summary: 'A project file: slippage, milestones, objectives, baselines, estimates, events',
        tags,
        params: fileParams,
        response: { 200: whole },
      },
    },
    async (request) => fileAsJson(await seenFile(kernel, request.actor, request.params.id)),
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const drafting = { permission: draftFiles };
  const keeping = { permission: keepFiles };

  async function done(
    request: FastifyRequest<{ Params: { id: string } }>,
    work: (actor: Actor, id: string) => Promise<unknown>,
  ) {
    const actor = actorOf(request);
    await work(actor, request.params.id);
    return fileAsJson(await seenFile(kernel, actor, request.params.id));
  }

  const schemaOf = <B extends object>(summary: string, body: B) => ({
    summary,
    tags,
    params: fileParams,
    body,
    response: { 200: whole },
  });

  app.post(
    FILES_API,
    {
      config: drafting,
      schema: { summary: 'Open a draft', tags, body: newFileBody, response: { 201: whole } },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { organisationId } = request.body;
      const id = await openFile(kernel, actor, organisationId, fileAsInputOf(request.body as Fields));
      return reply.status(201).send(fileAsJson(await seenFile(kernel, actor, id)));
    },
  );

  app.put(
    `${FILES_API}/:id`,
    {
      config: drafting,
      schema: schemaOf(
        'Change a file at the version that was read (409 when somebody else changed it)',
        fileBody,
      ),
    },
    (request) =>
      done(request, (actor, id) => {
        const { version: read, reason } = request.body;
        return changeFile(kernel, actor, id, fileAsInputOf(request.body as Fields), {
          version: read,
          reason,
        });
      }),
  );

  app.post(
    `${FILES_API}/:id/submission`,
    {
      config: keeping,
      schema: {
        summary: 'Submit a draft to the directorate',
        tags,
        params: fileParams,
        response: { 200: whole },
      },
    },
    (request) => done(request, (actor, id) => submitFile(kernel, actor, id)),
  );

  const milestonesBody = Type.Object({
    version,
    milestones: Type.Array(
      Type.Object({
        title: Type.String({ maxLength: 1000 }),
        plannedOn: day,
        reachedOn: Type.Union([day, Type.Null()], { default: null }),
        weight: Type.Number({ minimum: -1e9, maximum: 1e9, default: 1 }),
      }),
      { maxItems: MOST_MILESTONES },
    ),
  });
  app.put(
    `${FILES_API}/:id/milestones`,
    { config: drafting, schema: schemaOf('Write a file’s milestones anew', milestonesBody) },
    (request) =>
      done(request, (actor, id) => {
        const rows = request.body.milestones.map((one) => ({
          ...one,
          reachedOn: one.reachedOn ?? '',
          weight: one.weight.toFixed(2),
        }));
        return saveMilestones(kernel, actor, id, { version: request.body.version, rows });
      }),
  );

  const objectivesBody = Type.Object({
    version,
    objectives: Type.Array(
      Type.Object({
        indicatorId: Type.String({ maxLength: 40 }),
        baselineValue: figure,
        targetValue: figure,
        dueOn: day,
      }),
      { maxItems: MOST_OBJECTIVES },
    ),
  });
  app.put(
    `${FILES_API}/:id/objectives`,
    {
      config: drafting,
      schema: schemaOf('Write a file’s minimum objectives of impact anew', objectivesBody),
    },
    (request) =>
      done(request, (actor, id) => {
        const rows = request.body.objectives.map((one) => ({
          ...one,
          baselineValue: one.baselineValue.toFixed(6),
          targetValue: one.targetValue.toFixed(6),
        }));
        return saveObjectives(kernel, actor, id, { version: request.body.version, rows });
      }),
  );

  const newsBody = Type.Object({
    endOn: day,
    scopeShare: Type.Number({
      minimum: -10,
      maximum: 10,
      default: 1,
      description: '1 is all of the first scope.',
    }),
    spentEuros: Type.Union([figure, Type.Null()], { default: null }),
    reason: Type.String({ maxLength: 10_000 }),
  });
  app.post(
    `${FILES_API}/:id/news`,
    { config: keeping, schema: schemaOf('Say where a live project stands, and why', newsBody) },
    (request) =>
      done(request, (actor, id) => {
        const { endOn, scopeShare, spentEuros, reason } = request.body;
        const scopePercent = (scopeShare * 100).toFixed(2);
        const spent = spentEuros === null ? '' : spentEuros.toFixed(2);
        return giveNews(kernel, actor, id, { endOn, scopePercent, spent, reason });
      }),
  );

  const eventBody = Type.Object({
    kind: Type.Enum(MINISTRY_EVENTS),
    happenedOn: day,
    reason: Type.String({ maxLength: 10_000 }),
    scopeShare: Type.Optional(
      Type.Number({
        minimum: -10,
        maximum: 10,
        description: 'Of a scope cut: what is left of the first scope.',
      }),
    ),
    parts: Type.Optional(
      Type.Array(Type.String({ maxLength: 1000 }), {
        maxItems: 20,
        description: 'Of a split: names of the new files.',
      }),
    ),
    intoId: Type.Optional(
      Type.String({ maxLength: 40, description: 'Of a merge: the file that takes it over.' }),
    ),
    inDifficulty: Type.Optional(Type.Boolean({ description: 'Of an exit.' })),
  });
  app.post(
    `${FILES_API}/:id/events`,
    { config: keeping, schema: schemaOf('Record an event of a live project, with its reason', eventBody) },
    (request) =>
      done(request, (actor, id) => {
        const { scopeShare, parts = [], intoId = '', inDifficulty = false, ...event } = request.body;
        return recordMinistryEvent(kernel, actor, id, {
          ...event,
          scopePercent: scopeShare === undefined ? '' : (scopeShare * 100).toFixed(2),
          parts: parts.join('\n'),
          intoId,
          inDifficulty: inDifficulty ? 'yes' : '',
        });
      }),
  );
}
