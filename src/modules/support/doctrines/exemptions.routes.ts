// Pages of exemptions: asking for one, deciding on one.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { mayAssess, mayDecide } from './assessment-access.rules.ts';
import { assessmentAt, readableBy } from './assessment-at.ts';
import {
  askExemptionPage,
  decideExemptionPage,
  type TypedDecision,
  withdrawExemptionPage,
} from './assessment-forms.pages.ts';
import { exemptionState } from './assessments.rules.ts';
import { assessmentAddress } from './doctrine-parts.pages.ts';
import { exemptionIsElsewhere, exemptionIsNotInForce, ownExemption } from './doctrines.errors.ts';
import { doctrinesPermissions } from './doctrines.permissions.ts';
import {
  assessmentParams,
  decisionForm,
  exemptionForm,
  exemptionParams,
  withdrawalForm,
} from './doctrines.schemas.ts';
import { askExemption, decideExemption, withdrawExemption } from './exemptions.actions.ts';

/** What is under an assessment about exemptions. */
export function exemptionsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  askRoutes(untyped, kernel);
  decideRoutes(untyped, kernel);
  withdrawRoutes(untyped, kernel);
}

function askRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: doctrinesPermissions.assess };
  const path = '/support/assessments/:id/exemption';

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: { reason: string; until: string },
    faults: readonly FieldError[] = [],
  ) {
    const actor = actorOf(request);
    const assessment = await assessmentAt(kernel.db, readableBy(actor), id);
    if (!mayAssess(actor, assessment.organisationId)) throw roleRequired();
    const page = askExemptionPage(request.locale, { csrf: csrfField(request), assessment, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: assessmentParams } }, (request, reply) =>
    show(request, reply, request.params.id, { reason: '', until: '' }),
  );

  app.post(
    path,
    { config, schema: { params: assessmentParams, body: exemptionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => askExemption(kernel, actorOf(request), id, request.body));
      if (attempt.done) return reply.redirect(assessmentAddress(id), 303);
      return show(request, reply, id, request.body, attempt.faults);
    },
  );
}

function decideRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: doctrinesPermissions.decideExemptions };
  const path = '/support/assessments/:id/exemptions/:exemptionId';

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, exemptionId }: { id: string; exemptionId: string },
    typed: TypedDecision | null,
    faults: readonly FieldError[] = [],
  ) {
    const actor = actorOf(request);
    const assessment = await assessmentAt(kernel.db, readableBy(actor), id);
    const exemption = assessment.exemptions.find((one) => one.id === exemptionId);
    if (!exemption) throw notFound();
    if (!mayDecide(actor, exemption)) throw ownExemption();
    if (exemption.decision !== null) throw exemptionIsElsewhere();
    const page = decideExemptionPage(request.locale, {
      csrf: csrfField(request),
      assessment,
      exemption,
      typed: typed ?? { decision: '', until: exemption.askedUntil, reason: '' },
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: exemptionParams } }, (request, reply) =>
    show(request, reply, request.params, null),
  );

  app.post(
    path,
    { config, schema: { params: exemptionParams, body: decisionForm } },
    async (request, reply) => {
      const { id, exemptionId } = request.params;
      const at = { assessmentId: id, exemptionId };
      const attempt = await attemptForm(() => decideExemption(kernel, actorOf(request), at, request.body));
      if (attempt.done) return reply.redirect(assessmentAddress(id), 303);
      return show(request, reply, request.params, request.body, attempt.faults);
    },
  );
}

function withdrawRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: doctrinesPermissions.decideExemptions };
  const path = '/support/assessments/:id/exemptions/:exemptionId/withdraw';

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, exemptionId }: { id: string; exemptionId: string },
    { typed, faults }: { typed: { reason: string }; faults: readonly FieldError[] },
  ) {
    const actor = actorOf(request);
    const assessment = await assessmentAt(kernel.db, readableBy(actor), id);
    const exemption = assessment.exemptions.find((one) => one.id === exemptionId);
    if (!exemption) throw notFound();
    if (!mayDecide(actor, exemption)) throw ownExemption();
    const today = dayIn(kernel.clock.now(), kernel.config.timeZone);
    if (exemptionState(exemption, today) !== 'granted') throw exemptionIsNotInForce();
    const csrf = csrfField(request);
    const page = withdrawExemptionPage(request.locale, { csrf, assessment, exemption, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(path, { config, schema: { params: exemptionParams } }, (request, reply) =>
    show(request, reply, request.params, { typed: { reason: '' }, faults: [] }),
  );

  app.post(
    path,
    { config, schema: { params: exemptionParams, body: withdrawalForm } },
    async (request, reply) => {
      const { id, exemptionId } = request.params;
      const at = { assessmentId: id, exemptionId };
      const typed = request.body;
      const attempt = await attemptForm(() => withdrawExemption(kernel, actorOf(request), at, typed.reason));
      if (attempt.done) return reply.redirect(assessmentAddress(id), 303);
      return show(request, reply, request.params, { typed, faults: attempt.faults });
    },
  );
}
