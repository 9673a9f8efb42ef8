// Pages of assessments: the list, the form that begins them, one with its checklist, evidence and publication.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsOn, listOrganisations } from '#modules/identity/public.ts';
import { isAllowed } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { assessmentPage } from './assessment.pages.ts';
import { assessesFor, mayAssess, mayDecide, oversees } from './assessment-access.rules.ts';
import {
  assessmentAt,
  readableBy,
  seenAssessment,
  type WholeAssessment,
  withFindings,
} from './assessment-at.ts';
import { declarePage, evidencePage, type TypedEvidence } from './assessment-forms.pages.ts';
import { ASSESSMENT_COLUMNS, assessmentRows } from './assessment-rows.ts';
import {
  beginAssessments,
  declare,
  type NewAssessmentInput,
  renewAssessment,
  showAssessment,
} from './assessments.actions.ts';
import { assessmentsPage, newAssessmentPage } from './assessments.pages.ts';
import { listAssessments, listSubjects } from './assessments.repository.ts';
import type { Outcome } from './assessments.types.ts';
import { assessmentAddress } from './doctrine-parts.pages.ts';
import { doctrinesPermissions } from './doctrines.permissions.ts';
import { listDoctrines } from './doctrines.repository.ts';
import {
  assessmentParams,
  assessmentsQuery,
  evidenceForm,
  newAssessmentForm,
  newAssessmentQuery,
  openForm,
} from './doctrines.schemas.ts';
import { handInEvidence } from './evidence.actions.ts';
import type { DeclarationInput } from './typed-assessment.rules.ts';

const PAGE_SIZE = 50;
const { browseDoctrines, readAssessments, assess, handInEvidence: mayHandIn } = doctrinesPermissions;

const CRITERION_COLUMNS = [
  'code',
  'criterion_fr',
  'weight',
  'declared',
  'declared_at',
  'reason',
  'evidenced',
  'evidence_source',
  'evidence_url',
  'evidence_at',
  'counts',
];

/** `/support/assessments` and what is under it, exemptions aside. */
export function assessmentsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  newRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
  stepRoutes(untyped, kernel);
  declareRoutes(untyped, kernel);
  evidenceRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const options = { config: { permission: readAssessments }, schema: { querystring: assessmentsQuery } };

  app.get('/support/assessments', options, async (request, reply) => {
    const actor = actorOf(request);
    const { cursor, ...query } = request.query;
    const page = { after: cursor ?? null, limit: PAGE_SIZE + 1 };
    const [listed, doctrines] = await Promise.all([
      listAssessments(db, readableBy(actor), query, page),
      listDoctrines(db),
    ]);
    const items = await withFindings(db, listed.slice(0, PAGE_SIZE));
    return sendPage(
      reply,
      assessmentsPage(request.locale, {
        query,
        items,
        next: listed.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
        isFirst: cursor === undefined,
        doctrines,
        may: { assess: assessesFor(actor).length > 0, oversee: oversees(actor) },
        today: dayIn(clock.now(), config.timeZone),
        timeZone: config.timeZone,
      }),
    );
  });

  app.get('/support/assessments.csv', options, async (request, reply) => {
    const { cursor: _, ...query } = request.query;
    const rows = assessmentRows(db, readableBy(actorOf(request)), query, clock.now(), config.timeZone);
    return sendCsv(reply, 'assessments.csv', ASSESSMENT_COLUMNS, rows);
  });
}

function newRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: assess };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: NewAssessmentInput,
    faults: readonly FieldError[] = [],
  ) {
    const own = assessesFor(actorOf(request));
    const today = clock.now().toISOString().slice(0, 10);
    const [subjects, organisations, doctrines] = await Promise.all([
      listSubjects(db, own),
      listOrganisations(db),
      listDoctrines(db),
    ]);
    const page = newAssessmentPage(request.locale, {
      csrf: csrfField(request),
      typed,
      faults,
      subjects,
      organisations: organisations.filter((one) => own.includes(one.id) && existsOn(one, today)),
      doctrines,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/support/assessments/new',
    { config, schema: { querystring: newAssessmentQuery } },
    (request, reply) => {
      const { doctrine } = request.query;
      const empty = { subjectId: '', name: '', organisationId: '', reference: '' };
      return show(request, reply, { ...empty, doctrines: doctrine ? [doctrine] : [] });
    },
  );

  app.post(
    '/support/assessments/new',
    { config, schema: { body: newAssessmentForm } },
    async (request, reply) => {
      const attempt = await attemptForm(() => beginAssessments(kernel, actorOf(request), request.body));
      if (!attempt.done) return show(request, reply, request.body, attempt.faults);
      const [first, ...others] = attempt.result;
      const isOne = first !== undefined && others.length === 0;
      return reply.redirect(isOne ? assessmentAddress(first) : '/support/assessments', 303);
    },
  );
}

function oneRoutes(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const options = { config: { permission: browseDoctrines }, schema: { params: assessmentParams } };

  app.get('/support/assessments/:id', options, async (request, reply) => {
    const { actor, locale } = request;
    const { assessment, isInside } = await seenAssessment(db, actor, request.params.id);
    const own = actor !== null && mayAssess(actor, assessment.organisationId);
    const now = clock.now();
    const page = assessmentPage(locale, {
      csrf: isInside ? csrfField(request) : null,
      assessment,
      isInside,
      may: {
        assess: own,
        evidence: isInside && isAllowed(mayHandIn, actor),
        decide: (exemption) => actor !== null && mayDecide(actor, exemption),
      },
      now,
      today: dayIn(now, config.timeZone),
      timeZone: config.timeZone,
    });
    return sendPage(reply, page);
  });

  app.get('/support/assessments/:id/criteria.csv', options, async (request, reply) => {
    const { assessment } = await seenAssessment(db, request.actor, request.params.id);
    const rows = assessment.findings.criteria.map((one): Cell[] => [
      one.criterion.code,
      one.criterion.text.fr,
      one.criterion.weight,
      one.declaration?.outcome ?? null,
      one.declaration?.at.toISOString() ?? null,
      one.declaration?.reason ?? null,
      one.evidence?.outcome ?? null,
      one.evidence?.source ?? null,
      one.evidence?.url ?? null,
      one.evidence?.at.toISOString() ?? null,
      one.outcome,
    ]);
    return sendCsv(reply, `assessment-${assessment.id}.csv`, CRITERION_COLUMNS, rows);
  });
}

function stepRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const options = { config: { permission: assess }, schema: { params: assessmentParams } };

  for (const step of ['publish', 'withdraw'] as const) {
    app.post(`/support/assessments/:id/${step}`, options, async (request, reply) => {
      await showAssessment(kernel, actorOf(request), request.params.id, step === 'publish');
      return reply.redirect(assessmentAddress(request.params.id), 303);
    });
  }

  app.post('/support/assessments/:id/renew', options, async (request, reply) => {
    const renewed = await renewAssessment(kernel, actorOf(request), request.params.id);
    return reply.redirect(assessmentAddress(renewed), 303);
  });
}

function declareRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: assess };
  const path = '/support/assessments/:id/declare';

  async function ownAt(request: FastifyRequest, id: string): Promise<WholeAssessment> {
    const actor = actorOf(request);
    const assessment = await assessmentAt(db, readableBy(actor), id);
    if (!mayAssess(actor, assessment.organisationId)) throw roleRequired();
    return assessment;
  }

  app.get(path, { config, schema: { params: assessmentParams } }, async (request, reply) => {
    const assessment = await ownAt(request, request.params.id);
    const typed = assessment.findings.criteria.map(({ criterion, declaration }) => ({
      criterion: criterion.code,
      outcome: declaration?.outcome ?? '',
      reason: declaration?.reason ?? '',
    }));
    const page = declarePage(request.locale, { csrf: csrfField(request), assessment, faults: [], typed });
    return sendPage(reply, page);
  });

  app.post(path, { config, schema: { params: assessmentParams, body: openForm } }, async (request, reply) => {
    const assessment = await ownAt(request, request.params.id);
    const typed = assessment.version.criteria.map(
      ({ code }): DeclarationInput => ({
        criterion: code,
        outcome: request.body[`outcome.${code}`] ?? '',
        reason: request.body[`reason.${code}`] ?? '',
      }),
    );
    const attempt = await attemptForm(() => declare(kernel, actorOf(request), assessment.id, typed));
    if (attempt.done) return reply.redirect(assessmentAddress(assessment.id), 303);
    const { faults } = attempt;
    const page = declarePage(request.locale, { csrf: csrfField(request), assessment, faults, typed });
    return sendPage(reply, page, 422);
  });
}

function evidenceRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: mayHandIn };
  const path = '/support/assessments/:id/evidence';

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: TypedEvidence,
    faults: readonly FieldError[] = [],
  ) {
    const assessment = await assessmentAt(db, readableBy(actorOf(request)), id);
    const page = evidencePage(request.locale, { csrf: csrfField(request), assessment, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: assessmentParams } }, (request, reply) =>
    show(request, reply, request.params.id, { criterion: '', outcome: '', source: '', url: '', detail: '' }),
  );

  app.post(
    path,
    { config, schema: { params: assessmentParams, body: evidenceForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { outcome, url, ...typed } = request.body;
      const given = { ...typed, outcome: outcome as Outcome, url: url.trim() || null, at: clock.now() };
      const attempt = await attemptForm(() => handInEvidence(kernel, actorOf(request), id, given));
      if (attempt.done) return reply.redirect(assessmentAddress(id), 303);
      return show(request, reply, id, request.body, attempt.faults);
    },
  );
}
