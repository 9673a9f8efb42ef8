// The forms of audits: to ask for one, and those by which its mission carries it out.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listHoldersOf, listOrganisations } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { filesSeenBy } from '../files/file-access.rules.ts';
import { listFiles } from '../files/files.repository.ts';
import { idParams } from '../opinions/opinions.schemas.ts';
import { withMarks } from '../opinions/redaction.rules.ts';
import { adviceOfLines } from '../opinions/typed-opinion.rules.ts';
import { carriesOutAudits, organisationsDirectedBy } from './audit-access.rules.ts';
import {
  AUDIT_FORMS,
  type AuditForm,
  askAuditPage,
  auditFormPage,
  type TypedForm,
} from './audit-forms.pages.ts';
import { auditAddress } from './audits.pages.ts';
import { auditsPermissions } from './audits.permissions.ts';
import { findLastRelease } from './audits.repository.ts';
import { askForm, auditForm } from './audits.schemas.ts';
import type { Audit } from './audits.types.ts';
import {
  abandonAudit,
  addFinding,
  auditAt,
  composeMission,
  concludeAudit,
  releasableTexts,
  releaseAudit,
} from './missions.actions.ts';
import { askForAudit } from './requests.actions.ts';

const { requestAudits, conductAudits } = auditsPermissions;

/** The forms under `/projects/audits`. */
export function auditFormsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  askingRoutes(untyped, kernel);
  formRoutes(untyped, kernel);
}

function askingRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: requestAudits };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: TypedForm,
    faults: readonly FieldError[],
  ) {
    const actor = actorOf(request);
    const [all, files] = await Promise.all([
      listOrganisations(db),
      listFiles(db, {}, filesSeenBy(actor), { after: null, limit: 500 }),
    ]);
    const ministries = all.filter(({ kind }) => kind === 'ministry');
    const own = organisationsDirectedBy(actor);
    const page = askAuditPage(request.locale, {
      csrf: csrfField(request),
      typed,
      faults,
      requesters: carriesOutAudits(actor) ? ministries : ministries.filter(({ id }) => own.includes(id)),
      ministries,
      organisations: all.filter(({ kind }) => ['ministry', 'directorate', 'public-body'].includes(kind)),
      files: files
        .filter(({ state, classified }) => state !== 'draft' && !classified)
        .map(({ id, name, organisationName }) => ({ id, name: `${name} (${organisationName})` })),
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/projects/audits/new', { config }, (request, reply) => show(request, reply, {}, []));

  app.post('/projects/audits/new', { config, schema: { body: askForm } }, async (request, reply) => {
    const { body } = request;
    const informedIds = [body.informedIds].flat();
    const attempt = await attemptForm(() => askForAudit(kernel, actorOf(request), { ...body, informedIds }));
    if (attempt.done) return reply.redirect(auditAddress(attempt.result.id), 303);
    return show(request, reply, { ...body, informedIds }, attempt.faults);
  });
}

function formRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  type Form = {
    readonly memberIds: string | string[];
    readonly recommendations: string;
    readonly dueOn: string;
  } & Record<
    'leadId' | 'startsOn' | 'endsOn' | 'severity' | 'title' | 'text' | 'conclusions' | 'reason',
    string
  >;
  const works: Record<AuditForm, (actor: Actor, id: string, typed: Form) => Promise<void>> = {
    mission: (actor, id, { memberIds, ...mission }) =>
      composeMission(kernel, actor, id, { ...mission, memberIds: [memberIds].flat() }),
    finding: (actor, id, typed) => addFinding(kernel, actor, id, typed),
    conclude: (actor, id, { conclusions, recommendations, dueOn }) =>
      concludeAudit(kernel, actor, id, {
        conclusions,
        recommendations: adviceOfLines(recommendations, dueOn),
      }),
    release: (actor, id, typed) => releaseAudit(kernel, actor, id, { ground: '', ...typed }),
    abandon: (actor, id, { reason }) => abandonAudit(kernel, actor, id, reason),
  };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { audit, which }: { audit: Audit; which: AuditForm },
    typed: TypedForm,
    faults: readonly FieldError[],
  ) {
    const auditors = which === 'mission' ? await listHoldersOf(db, ['auditor'], null, clock.now()) : [];
    const texts = which === 'release' ? releasableTexts(audit) : {};
    const csrf = csrfField(request);
    const page = auditFormPage(request.locale, { csrf, audit, which, auditors, texts, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  /** What the form of a release shows first: what was struck out the last time is still marked. */
  async function markedBefore(audit: Audit): Promise<TypedForm> {
    const last = await findLastRelease(db, audit.id);
    if (!last) return {};
    const marked = Object.entries(releasableTexts(audit)).map(([field, text]) => [
      field,
      withMarks(
        text,
        last.redactions.filter((one) => one.field === field),
      ),
    ]);
    return { ...Object.fromEntries(marked), ground: last.ground };
  }

  for (const which of AUDIT_FORMS) {
    const config = { permission: which === 'abandon' ? requestAudits : conductAudits };
    const path = `/projects/audits/:id/${which}`;
    app.get(path, { config, schema: { params: idParams } }, async (request, reply) => {
      const audit = await auditAt(db, actorOf(request), request.params.id);
      return show(request, reply, { audit, which }, which === 'release' ? await markedBefore(audit) : {}, []);
    });
    app.post(path, { config, schema: { params: idParams, body: auditForm } }, async (request, reply) => {
      const actor = actorOf(request);
      const audit = await auditAt(db, actor, request.params.id);
      const typed = request.body as unknown as Form;
      const attempt = await attemptForm(() => works[which](actor, audit.id, typed));
      if (attempt.done) return reply.redirect(auditAddress(audit.id), 303);
      return show(request, reply, { audit, which }, typed as unknown as TypedForm, attempt.faults);
    });
  }
}
