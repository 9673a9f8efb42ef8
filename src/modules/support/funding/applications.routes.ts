// The pages of applications, and those of jury members.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { listContractsOf } from '#modules/impact/public.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { financingObstacles } from '../doctrines/financing.reading.ts';
import { APPLICATION_ACTS, INSTALMENT_ACTS } from './acts.ts';
import { draftApplication } from './applications.actions.ts';
import { applicationPage, applicationsPage, newApplicationPage } from './applications.pages.ts';
import { findApplication, listApplications, listInstalments } from './applications.repository.ts';
import { fundingPermissions } from './funding.permissions.ts';
import {
  actForm,
  applicationForm,
  cursorQuery,
  idParams,
  instalmentParams,
  windowQuery,
} from './funding.schemas.ts';
import type { Application } from './funding.types.ts';
import { applicationsSeenBy, appliesFor, isThirdParty, runsWindows } from './funding-access.rules.ts';
import { listMoves, listWindows } from './windows.repository.ts';

const reads = { permission: fundingPermissions.readApplications };
const applies = { permission: fundingPermissions.applyForFunds };
const PAGE_SIZE = 50;

/** The application with the id in the address, as far as the actor sees it. Throws `not-found`. */
export async function applicationAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  id: string,
): Promise<Application> {
  const found = isUuid(id) ? await findApplication(db, applicationsSeenBy(actorOf(request)), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** One page of the applications that the actor sees, and where the next starts. Throws `not-found` for a wrong cursor. */
export async function pageOfApplications(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  cursor: string | undefined,
): Promise<{ readonly items: readonly Application[]; readonly next: string | null }> {
  if (cursor !== undefined && !isUuid(cursor)) throw notFound();
  const reach = applicationsSeenBy(actorOf(request));
  const found = await listApplications(db, reach, { after: cursor ?? null, limit: PAGE_SIZE + 1 });
  const items = found.slice(0, PAGE_SIZE);
  return { items, next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null };
}

/** `/support/applications` and what is under it. */
export function applicationsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

const EMPTY = {
  windowId: '',
  organisationId: '',
  title: '',
  subject: '',
  subjectRef: '',
  change: '',
  plan: '',
  contractId: '',
  asked: '',
};

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get(
    '/support/applications',
    { config: reads, schema: { querystring: cursorQuery } },
    async (request, reply) => {
      const { cursor } = request.query;
      const { items, next } = await pageOfApplications(kernel, request, cursor);
      const mayApply = appliesFor(actorOf(request)).length > 0;
      const view = { items, next, isFirst: cursor === undefined, applies: mayApply };
      return sendPage(reply, applicationsPage(request.locale, view));
    },
  );

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: typeof EMPTY,
    faults: readonly FieldError[] = [],
  ) {
    const own = appliesFor(actorOf(request));
    const [windows, organisations, ...contracts] = await Promise.all([
      listWindows(db, { drafts: false }),
      listOrganisations(db),
      ...own.slice(0, 10).map((id) => listContractsOf(db, id)),
    ]);
    const page = newApplicationPage(request.locale, {
      csrf: csrfField(request),
      typed,
      faults,
      windows: windows.filter(({ state }) => state === 'open'),
      organisations: organisations.filter(({ id }) => own.includes(id)),
      contracts: contracts.flat().map(({ id, terms }) => ({ id, title: terms.title })),
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/support/applications/new',
    { config: applies, schema: { querystring: windowQuery } },
    (request, reply) => showForm(request, reply, { ...EMPTY, windowId: request.query.window }),
  );

  app.post(
    '/support/applications/new',
    { config: applies, schema: { body: applicationForm } },
    async (request, reply) => {
      const attempt = await attemptForm(() => draftApplication(kernel, actorOf(request), request.body));
      if (!attempt.done) return showForm(request, reply, request.body, attempt.faults);
      return reply.redirect(`/support/applications/${attempt.result}`, 303);
    },
  );
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    { faults, typed }: { faults: readonly FieldError[]; typed: Readonly<Record<string, string>> },
  ) {
    const actor = actorOf(request);
    const application = await applicationAt(kernel, request, id);
    const decides = runsWindows(actor) && isThirdParty(actor, application);
    const asksDoctrines = decides && application.state === 'submitted';
    const { subjectRef, organisationId } = application;
    const [instalments, moves, obstacles] = await Promise.all([
      listInstalments(db, id),
      listMoves(db, id),
      asksDoctrines ? financingObstacles(db, subjectRef, clock.now(), organisationId) : [],
    ]);
    const page = applicationPage(request.locale, {
      csrf: csrfField(request),
      application,
      instalments,
      moves,
      obstacles: obstacles.map(({ title }) => title[request.locale]),
      decides,
      applies: appliesFor(actor).includes(organisationId),
      timeZone: kernel.config.timeZone,
      faults,
      typed,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/support/applications/:id', { config: reads, schema: { params: idParams } }, (request, reply) =>
    show(request, reply, request.params.id, { faults: [], typed: {} }),
  );

  for (const { path, permission, run } of APPLICATION_ACTS) {
    app.post(
      `/support/applications/:id/${path}`,
      { config: { permission }, schema: { params: idParams, body: actForm } },
      async (request, reply) => {
        const { id } = request.params;
        const attempt = await attemptForm(() =>
          run(kernel, actorOf(request), { id, instalment: '' }, request.body),
        );
        if (!attempt.done) return show(request, reply, id, { faults: attempt.faults, typed: request.body });
        return reply.redirect(`/support/applications/${id}`, 303);
      },
    );
  }

  for (const { path, permission, run } of INSTALMENT_ACTS) {
    app.post(
      `/support/applications/:id/instalments/:instalment/${path}`,
      { config: { permission }, schema: { params: instalmentParams, body: actForm } },
      async (request, reply) => {
        const { id } = request.params;
        const attempt = await attemptForm(() => run(kernel, actorOf(request), request.params, request.body));
        if (!attempt.done) return show(request, reply, id, { faults: attempt.faults, typed: request.body });
        return reply.redirect(`/support/applications/${id}`, 303);
      },
    );
  }
}
