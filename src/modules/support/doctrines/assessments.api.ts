// Assessments over the API: read, begun, declared, evidenced, published, exempted.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { readableBy, type SeenAssessment, seenAssessment, withFindings } from './assessment-at.ts';
import { beginAssessments, declare, renewAssessment, showAssessment } from './assessments.actions.ts';
import { listAssessments, type Readable } from './assessments.repository.ts';
import { exemptionState } from './assessments.rules.ts';
import { doctrinesPermissions } from './doctrines.permissions.ts';
import {
  assessmentPageSchema,
  assessmentParams,
  assessmentSchema,
  assessmentsApiQuery,
  decisionForm,
  declarationsBody,
  evidenceBody,
  exemptionForm,
  exemptionParams,
  madeSchema,
  newAssessmentBody,
  publicationBody,
  withdrawalForm,
} from './doctrines.schemas.ts';
import { handInEvidence } from './evidence.actions.ts';
import { askExemption, decideExemption, withdrawExemption } from './exemptions.actions.ts';

const path = '/api/v1/support/assessments';
const tags = ['support'];

function asJson(one: SeenAssessment, today: string) {
  const [newest] = one.exemptions;
  return {
    id: one.id,
    subjectName: one.subjectName,
    subjectRef: one.subjectRef,
    organisationId: one.organisationId,
    organisationName: one.organisationName,
    doctrine: one.word,
    version: one.versionNumber,
    isOutdated: one.versionReplacedAt !== null,
    isPublic: one.publishedAt !== null,
    conformity: one.findings.conformity,
    declared: one.findings.declared,
    evidenced: one.findings.evidenced,
    exemption: newest
      ? { state: exemptionState(newest, today), until: newest.until ?? newest.askedUntil }
      : null,
    changedAt: one.changedAt.toISOString(),
  };
}

/** `/api/v1/support/assessments` and what is under it, and `/api/v1/support/published-assessments`. */
export function assessmentsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  exemptionsApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { readAssessments, browseDoctrines } = doctrinesPermissions;
  const today = () => dayIn(clock.now(), config.timeZone);
  const response = { 200: assessmentPageSchema };

  async function pageOf(
    who: Readable,
    {
      limit,
      cursor,
      ...filter
    }: {
      limit: number;
      cursor?: string | undefined;
      search?: string | undefined;
      doctrine?: string | undefined;
    },
  ) {
    const listed = await listAssessments(db, who, filter, { after: cursor ?? null, limit: limit + 1 });
    const found = await withFindings(db, listed.slice(0, limit));
    const items = found.map((one) => asJson(one, today()));
    return { items, next: listed.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  app.get(
    path,
    {
      config: { permission: readAssessments },
      schema: {
        summary: 'List the assessments that you see, those that changed last first',
        tags,
        querystring: assessmentsApiQuery,
        response,
      },
    },
    (request) => pageOf(readableBy(actorOf(request)), request.query),
  );

  app.get(
    '/api/v1/support/published-assessments',
    {
      config: { permission: browseDoctrines },
      schema: {
        summary: 'List the assessments that their organisations published',
        tags,
        querystring: assessmentsApiQuery,
        response,
      },
    },
    (request) => pageOf('published', request.query),
  );

  app.get(
    `${path}/:id`,
    {
      config: { permission: browseDoctrines },
      schema: {
        summary: 'Read an assessment criterion by criterion',
        tags,
        params: assessmentParams,
        response: { 200: assessmentSchema },
      },
    },
    async (request) => {
      const { assessment } = await seenAssessment(db, request.actor, request.params.id);
      return {
        ...asJson(assessment, today()),
        exemptions: assessment.exemptions.map((one) => ({ ...one, state: exemptionState(one, today()) })),
        criteria: assessment.findings.criteria.map(
          ({ criterion, outcome, differs, declaration, evidence }) => ({
            code: criterion.code,
            outcome,
            differs,
            declaration: declaration && { ...declaration, at: declaration.at.toISOString() },
            evidence: evidence && { ...evidence, at: evidence.at.toISOString() },
          }),
        ),
      };
    },
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { clock } = kernel;
  const { assess, handInEvidence: mayHandIn } = doctrinesPermissions;

  app.post(
    path,
    {
      config: { permission: assess },
      schema: {
        summary: 'Begin the assessment of a product against doctrines',
        tags,
        body: newAssessmentBody,
        response: { 201: Type.Object({ ids: Type.Array(Type.String({ format: 'uuid' })) }) },
      },
    },
    async (request, reply) => {
      const ids = await beginAssessments(kernel, actorOf(request), request.body);
      return reply.code(201).send({ ids });
    },
  );

  app.post(
    `${path}/:id/declarations`,
    {
      config: { permission: assess },
      schema: {
        summary: 'Declare what is so of criteria',
        tags,
        params: assessmentParams,
        body: declarationsBody,
        response: { 200: Type.Object({ changed: Type.Integer() }) },
      },
    },
    async (request) => ({
      changed: await declare(kernel, actorOf(request), request.params.id, request.body.declarations),
    }),
  );

  app.post(
    `${path}/:id/evidence`,
    {
      config: { permission: mayHandIn },
      schema: {
        summary: 'Hand in evidence about a criterion',
        tags,
        params: assessmentParams,
        body: evidenceBody,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const { url, at, ...given } = request.body;
      const found = at === undefined ? clock.now() : new Date(at);
      const evidence = { ...given, url: url ?? null, at: found };
      const id = await handInEvidence(kernel, actorOf(request), request.params.id, evidence);
      return reply.code(201).send({ id });
    },
  );

  app.put(
    `${path}/:id/publication`,
    {
      config: { permission: assess },
      schema: {
        summary: 'Show an assessment to everyone, or take it back',
        tags,
        params: assessmentParams,
        body: publicationBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await showAssessment(kernel, actorOf(request), request.params.id, request.body.public);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:id/renewal`,
    {
      config: { permission: assess },
      schema: {
        summary: 'Assess anew against the version in force',
        tags,
        params: assessmentParams,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const id = await renewAssessment(kernel, actorOf(request), request.params.id);
      return reply.code(201).send({ id });
    },
  );
}

function exemptionsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { assess, decideExemptions } = doctrinesPermissions;

  app.post(
    `${path}/:id/exemptions`,
    {
      config: { permission: assess },
      schema: {
        summary: 'Ask for an exemption',
        tags,
        params: assessmentParams,
        body: exemptionForm,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const id = await askExemption(kernel, actorOf(request), request.params.id, request.body);
      return reply.code(201).send({ id });
    },
  );

  app.put(
    `${path}/:id/exemptions/:exemptionId/decision`,
    {
      config: { permission: decideExemptions },
      schema: {
        summary: 'Grant or refuse an exemption',
        tags,
        params: exemptionParams,
        body: decisionForm,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, exemptionId } = request.params;
      await decideExemption(kernel, actorOf(request), { assessmentId: id, exemptionId }, request.body);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/:id/exemptions/:exemptionId/withdrawal`,
    {
      config: { permission: decideExemptions },
      schema: {
        summary: 'Withdraw an exemption in force, with the reason',
        tags,
        params: exemptionParams,
        body: withdrawalForm,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, exemptionId } = request.params;
      const at = { assessmentId: id, exemptionId };
      await withdrawExemption(kernel, actorOf(request), at, request.body.reason);
      return reply.code(204).send(null);
    },
  );
}
