// The pages of applications, and those of jury members.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { contractIsSigned, findContract, listContractsOf } from '#modules/impact/public.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { financingObstacles } from '../doctrines/financing.reading.ts';
import { APPLICATION_ACTS, INSTALMENT_ACTS } from './acts.ts';
import { faultsOfInstalment } from './agreements.pages.ts';
import { type ApplicationView, applicationAddress, applicationPage } from './application.pages.ts';
import { draftApplication, rewriteApplication } from './applications.actions.ts';
import { type ApplicationFormView, applicationFormPage, applicationsPage } from './applications.pages.ts';
import { findApplication, listApplications } from './applications.repository.ts';
import { fundingMessages } from './funding.messages.ts';
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
import {
  applicationsSeenBy,
  appliesFor,
  isThirdParty,
  mayNameContract,
  runsWindows,
} from './funding-access.rules.ts';
import { listInstalments } from './instalments.repository.ts';
import { listDeclaredConflicts } from './scores.repository.ts';
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
  draftRoutes(untyped, kernel);
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
    const choices = await choicesOf(kernel, appliesFor(actorOf(request)));
    const page = applicationFormPage(request.locale, {
      action: '/support/applications/new',
      title: fundingMessages(request.locale).apply,
      csrf: csrfField(request),
      typed,
      faults,
      ...choices,
      windows: choices.windows.filter(({ state }) => state === 'open'),
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
      return reply.redirect(applicationAddress(attempt.result), 303);
    },
  );
}

/** What the form of an application offers to choose from, for these organisations. */
async function choicesOf(
  { db }: Pick<Kernel, 'db'>,
  own: readonly string[],
): Promise<Pick<ApplicationFormView, 'windows' | 'organisations' | 'contracts'>> {
  const [windows, organisations, contracts] = await Promise.all([
    listWindows(db, { drafts: false }),
    listOrganisations(db),
    contractsOf(db, own),
  ]);
  return { windows, organisations: organisations.filter(({ id }) => own.includes(id)), contracts };
}

async function contractsOf(
  db: Kernel['db'],
  own: readonly string[],
): Promise<{ id: string; title: string }[]> {
  const found = await Promise.all(own.slice(0, 10).map((id) => listContractsOf(db, id)));
  return found.flat().map(({ id, terms }) => ({ id, title: terms.title }));
}

function draftRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    { typed, faults }: { typed: typeof EMPTY | null; faults: readonly FieldError[] },
  ) {
    const application = await applicationAt(kernel, request, id);
    const { organisationId, windowId, state } = application;
    if (state !== 'draft' || !appliesFor(actorOf(request)).includes(organisationId)) throw notFound();
    const choices = await choicesOf({ db }, [organisationId]);
    const page = applicationFormPage(request.locale, {
      action: applicationAddress(id, '/edit'),
      title: fundingMessages(request.locale).change,
      csrf: csrfField(request),
      typed: { ...(typed ?? asTyped(application)), windowId, organisationId },
      faults,
      ...choices,
      windows: choices.windows.filter((window) => window.id === windowId),
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/support/applications/:id/edit',
    { config: applies, schema: { params: idParams } },
    (request, reply) => show(request, reply, request.params.id, { typed: null, faults: [] }),
  );

  app.post(
    '/support/applications/:id/edit',
    { config: applies, schema: { params: idParams, body: applicationForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => rewriteApplication(kernel, actorOf(request), id, request.body));
      if (!attempt.done) return show(request, reply, id, { typed: request.body, faults: attempt.faults });
      return reply.redirect(applicationAddress(id), 303);
    },
  );
}

function asTyped(application: Application): typeof EMPTY {
  const { askedCents, contractId, subjectRef } = application;
  return {
    ...EMPTY,
    ...application,
    contractId: contractId ?? '',
    // The contract's own reference comes by itself.
    subjectRef: subjectRef === `impact/contract/${contractId}` ? '' : subjectRef,
    asked: (askedCents / 100).toFixed(2),
  };
}

interface Refused {
  readonly faults: readonly FieldError[];
  readonly typed: Readonly<Record<string, string>>;
  readonly instalmentId: string | null;
}

const FRESH: Refused = { faults: [], typed: {}, instalmentId: null };

async function seenApplication(
  kernel: Kernel,
  request: FastifyRequest,
  id: string,
): Promise<Omit<ApplicationView, 'csrf' | keyof Refused>> {
  const { db, clock, config } = kernel;
  const actor = actorOf(request);
  const application = await applicationAt(kernel, request, id);
  const { subjectRef, organisationId, contractId, state } = application;
  const isRunner = runsWindows(actor);
  const decides = isRunner && isThirdParty(actor, application);
  const isOwn = appliesFor(actor).includes(organisationId);
  const [instalments, moves, obstacles, conflicts, contracts, contract] = await Promise.all([
    listInstalments(db, id),
    listMoves(db, id),
    decides && state === 'submitted' ? financingObstacles(db, subjectRef, clock.now(), organisationId) : [],
    isRunner ? listDeclaredConflicts(db, id) : [],
    isOwn && state !== 'draft' && mayNameContract(application) ? contractsOf(db, [organisationId]) : [],
    contractId === null ? undefined : findContract(db, contractId),
  ]);
  return {
    application,
    instalments,
    moves,
    obstacles: obstacles.map(({ title }) => title[request.locale]),
    conflicts,
    contracts,
    contractIsSigned: contract !== undefined && contractIsSigned(contract),
    decides,
    applies: isOwn,
    timeZone: config.timeZone,
  };
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  async function show(request: FastifyRequest, reply: FastifyReply, id: string, refused: Refused) {
    const seen = await seenApplication(kernel, request, id);
    const page = applicationPage(request.locale, { ...seen, ...refused, csrf: csrfField(request) });
    return sendPage(reply, page, refused.faults.length > 0 ? 422 : 200);
  }

  app.get('/support/applications/:id', { config: reads, schema: { params: idParams } }, (request, reply) =>
    show(request, reply, request.params.id, FRESH),
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
        if (attempt.done) return reply.redirect(applicationAddress(id), 303);
        return show(request, reply, id, { faults: attempt.faults, typed: request.body, instalmentId: null });
      },
    );
  }

  for (const { path, permission, run } of INSTALMENT_ACTS) {
    app.post(
      `/support/applications/:id/instalments/:instalment/${path}`,
      { config: { permission }, schema: { params: instalmentParams, body: actForm } },
      async (request, reply) => {
        const { id, instalment } = request.params;
        const attempt = await attemptForm(() => run(kernel, actorOf(request), request.params, request.body));
        if (attempt.done) return reply.redirect(applicationAddress(id), 303);
        const faults = faultsOfInstalment(instalment, attempt.faults);
        return show(request, reply, id, { faults, typed: request.body, instalmentId: instalment });
      },
    );
  }
}
