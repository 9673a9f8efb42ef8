// Funding over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { APPLICATION_ACTS, INSTALMENT_ACTS } from './acts.ts';
import {
  declareConflict,
  draftApplication,
  rewriteApplication,
  scoreApplication,
} from './applications.actions.ts';
import { applicationAt, pageOfApplications } from './applications.routes.ts';
import { listFinanced, savingsOf } from './financed.reading.ts';
import { fundingPermissions } from './funding.permissions.ts';
import {
  actForm,
  applicationForm,
  applicationSchema,
  conflictBody,
  conflictSchema,
  cursorQuery,
  financedSchema,
  idParams,
  instalmentParams,
  instalmentSchema,
  savingsSchema,
  scoreForm,
  signaturesSchema,
  stepParams,
  windowForm,
  windowSchema,
} from './funding.schemas.ts';
import { listInstalments } from './instalments.repository.ts';
import { listDeclaredConflicts } from './scores.repository.ts';
import { advanceWindow, draftWindow, WINDOW_STEPS } from './windows.actions.ts';
import { listWindows } from './windows.repository.ts';
import { windowAt } from './windows.routes.ts';

const path = '/api/v1/support';
const tags = ['support'];
const none = { 204: Type.Null() };
const made = { 201: Type.Object({ id: Type.String() }) };

/** `/api/v1/support/windows`, `/api/v1/support/applications` and what is under them. */
export function fundingApi(untyped: FastifyInstance, kernel: Kernel): void {
  windowsApi(untyped, kernel);
  applicationsApi(untyped, kernel);
}

function windowsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const reads = { permission: fundingPermissions.browseWindows };
  const runs = { permission: fundingPermissions.runWindows };

  app.get(
    `${path}/windows`,
    {
      config: reads,
      schema: {
        summary: 'List the funding windows with their balances',
        tags,
        response: { 200: Type.Object({ items: Type.Array(windowSchema) }) },
      },
    },
    async () => ({ items: await listWindows(db, { drafts: false }) }),
  );

  app.get(
    `${path}/windows/:id`,
    {
      config: reads,
      schema: {
        summary: 'A window and what it financed',
        tags,
        params: idParams,
        response: {
          200: Type.Object({
            ...windowSchema.properties,
            projects: Type.Array(financedSchema),
            savings: savingsSchema,
          }),
        },
      },
    },
    async (request) => {
      const window = await windowAt(kernel, request, request.params.id);
      const projects = await listFinanced(db, window.id);
      return {
        ...window,
        projects: projects.map(({ result, ...one }) => ({
          ...one,
          contract: result && { ...result, id: result.contractId },
        })),
        savings: savingsOf(projects),
      };
    },
  );

  app.post(
    `${path}/windows`,
    { config: runs, schema: { summary: 'Draft a window', tags, body: windowForm, response: made } },
    async (request, reply) => {
      const id = await draftWindow(kernel, actorOf(request), request.body);
      return reply.code(201).send({ id });
    },
  );

  app.post(
    `${path}/windows/:id/steps/:step`,
    {
      config: runs,
      schema: { summary: 'Take a window one step on', tags, params: stepParams, response: none },
    },
    async (request, reply) => {
      const step = WINDOW_STEPS.find((known) => known === request.params.step);
      if (step === undefined) throw notFound();
      await advanceWindow(kernel, actorOf(request), request.params.id, step);
      return reply.code(204).send(null);
    },
  );
}

function applicationsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const reads = { permission: fundingPermissions.readApplications };

  app.get(
    `${path}/applications`,
    {
      config: reads,
      schema: {
        summary: 'List the applications that the caller sees, the newest first',
        tags,
        querystring: cursorQuery,
        response: {
          200: Type.Object({
            items: Type.Array(applicationSchema),
            next: Type.Union([Type.String(), Type.Null()]),
          }),
        },
      },
    },
    async (request) => {
      const { items, next } = await pageOfApplications(kernel, request, request.query.cursor);
      return { items: [...items], next };
    },
  );

  app.post(
    `${path}/applications`,
    {
      config: { permission: fundingPermissions.applyForFunds },
      schema: { summary: 'Draft an application', tags, body: applicationForm, response: made },
    },
    async (request, reply) => {
      const id = await draftApplication(kernel, actorOf(request), request.body);
      return reply.code(201).send({ id });
    },
  );

  app.get(
    `${path}/applications/:id`,
    {
      config: reads,
      schema: {
        summary: 'An application with its instalments',
        tags,
        params: idParams,
        response: {
          200: Type.Object({
            ...applicationSchema.properties,
            ...signaturesSchema.properties,
            instalments: Type.Array(instalmentSchema),
          }),
        },
      },
    },
    async (request) => {
      const application = await applicationAt(kernel, request, request.params.id);
      const { stateSigned, organisationSigned } = application;
      return {
        ...application,
        stateSigned: stateSigned && { at: stateSigned.at.toISOString() },
        organisationSigned: organisationSigned && { at: organisationSigned.at.toISOString() },
        instalments: await listInstalments(db, application.id),
      };
    },
  );

  app.put(
    `${path}/applications/:id`,
    {
      config: { permission: fundingPermissions.applyForFunds },
      schema: {
        summary: 'Write a draft anew; it stays with its window and organisation',
        tags,
        params: idParams,
        body: applicationForm,
        response: none,
      },
    },
    async (request, reply) => {
      await rewriteApplication(kernel, actorOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${path}/applications/:id/scores`,
    {
      config: { permission: fundingPermissions.scoreApplications },
      schema: {
        summary: 'Score an application as a member of its jury',
        tags,
        params: idParams,
        body: scoreForm,
        response: none,
      },
    },
    async (request, reply) => {
      await scoreApplication(kernel, actorOf(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  conflictsApi(untyped, kernel);
  actsApi(untyped, kernel);
}

function conflictsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    `${path}/applications/:id/conflicts`,
    {
      config: { permission: fundingPermissions.runWindows },
      schema: {
        summary: 'List the conflicts of interest that members of its jury declared',
        tags,
        params: idParams,
        response: { 200: Type.Object({ items: Type.Array(conflictSchema) }) },
      },
    },
    async (request) => {
      const { id } = await applicationAt(kernel, request, request.params.id);
      const conflicts = await listDeclaredConflicts(kernel.db, id);
      return {
        items: conflicts.map((one) => ({ ...one, declaredAt: one.declaredAt.toISOString() })),
      };
    },
  );

  app.post(
    `${path}/applications/:id/conflicts`,
    {
      config: { permission: fundingPermissions.scoreApplications },
      schema: {
        summary: 'Declare a conflict of interest as a member of its jury',
        tags,
        params: idParams,
        body: conflictBody,
        response: none,
      },
    },
    async (request, reply) => {
      await declareConflict(kernel, actorOf(request), request.params.id, request.body.reason);
      return reply.code(204).send(null);
    },
  );
}

function actsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  for (const { path: name, permission, summary, run } of APPLICATION_ACTS) {
    app.post(
      `${path}/applications/:id/${name}`,
      {
        config: { permission },
        schema: { summary, tags, params: idParams, body: actForm, response: none },
      },
      async (request, reply) => {
        await run(kernel, actorOf(request), { id: request.params.id, instalment: '' }, request.body);
        return reply.code(204).send(null);
      },
    );
  }

  for (const { path: name, permission, summary, run } of INSTALMENT_ACTS) {
    app.post(
      `${path}/applications/:id/instalments/:instalment/${name}`,
      {
        config: { permission },
        schema: { summary, tags, params: instalmentParams, body: actForm, response: none },
      },
      async (request, reply) => {
        await run(kernel, actorOf(request), request.params, request.body);
        return reply.code(204).send(null);
      },
    );
  }
}
