// The pages of windows, their data, and the steps of whoever runs them.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed } from '#platform/access.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { listApplicationsOf } from './applications.repository.ts';
import { listFinanced } from './financed.reading.ts';
import { fundingPermissions } from './funding.permissions.ts';
import { idParams, stepParams, windowForm } from './funding.schemas.ts';
import type { FundingWindow } from './funding.types.ts';
import { runsWindows } from './funding-access.rules.ts';
import { rankingOf } from './ranking.rules.ts';
import { listConflicts, listScores } from './scores.repository.ts';
import { advanceWindow, draftWindow, nextStepOf, WINDOW_STEPS } from './windows.actions.ts';
import { newWindowPage, rankingPage, windowPage, windowsPage } from './windows.pages.ts';
import { findWindow, listCriteria, listJuries, listWindows } from './windows.repository.ts';

const reads = { permission: fundingPermissions.browseWindows };
const runs = { permission: fundingPermissions.runWindows };

const EMPTY = {
  title: '',
  subject: '',
  budget: '',
  opensOn: '',
  closesOn: '',
  juryUntil: '',
  criteria: '',
  jury: '',
};

/** The window with the id in the address, as far as the reader sees it. Throws `not-found`. */
export async function windowAt(
  { db }: Pick<Kernel, 'db'>,
  { actor }: FastifyRequest,
  id: string,
): Promise<FundingWindow> {
  const found = isUuid(id) ? await findWindow(db, id, { drafts: runsWindows(actor) }) : undefined;
  if (!found) throw notFound();
  return found;
}

/** `/support/windows` and what is under it. */
export function windowsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  app.get('/support/windows', { config: reads }, async ({ actor, locale }, reply) => {
    const isRunner = runsWindows(actor);
    return sendPage(
      reply,
      windowsPage(locale, { items: await listWindows(db, { drafts: isRunner }), runs: isRunner }),
    );
  });

  app.get('/support/windows.csv', { config: reads }, async (_request, reply) => {
    const columns = [
      'id',
      'title',
      'state',
      'opens_on',
      'closes_on',
      'budget_cents',
      'committed_cents',
      'paid_cents',
    ];
    const windows = await listWindows(db, { drafts: false });
    return sendCsv(
      reply,
      'windows.csv',
      [...columns, 'left_cents', 'applications', 'financed'],
      windows.map((one) => [
        one.id,
        one.title,
        one.state,
        one.opensOn,
        one.closesOn,
        one.budgetCents,
        one.committedCents,
        one.paidCents,
        one.leftCents,
        one.applications,
        one.financed,
      ]),
    );
  });

  app.get('/support/windows/new', { config: runs }, (request, reply) =>
    sendPage(reply, newWindowPage(request.locale, { csrf: csrfField(request), typed: EMPTY, faults: [] })),
  );

  app.post('/support/windows/new', { config: runs, schema: { body: windowForm } }, async (request, reply) => {
    const attempt = await attemptForm(() => draftWindow(kernel, actorOf(request), request.body));
    if (attempt.done) return reply.redirect(`/support/windows/${attempt.result}`, 303);
    const view = { csrf: csrfField(request), typed: request.body, faults: attempt.faults };
    return sendPage(reply, newWindowPage(request.locale, view), 422);
  });
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  async function showWindow(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    faults: readonly FieldError[] = [],
  ) {
    const window = await windowAt(kernel, request, id);
    const [criteria, juries, financed] = await Promise.all([
      listCriteria(db, id),
      listJuries(db, id),
      listFinanced(db, id),
    ]);
    const isRunner = runsWindows(request.actor);
    const page = windowPage(request.locale, {
      window,
      criteria,
      juries,
      financed,
      csrf: csrfField(request),
      runs: isRunner,
      applies: isAllowed(fundingPermissions.applyForFunds, request.actor),
      step: isRunner ? nextStepOf(window.state) : null,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/support/windows/:id', { config: reads, schema: { params: idParams } }, (request, reply) =>
    showWindow(request, reply, request.params.id),
  );

  app.get(
    '/support/windows/:id/financed.csv',
    { config: reads, schema: { params: idParams } },
    async (request, reply) => {
      const { id } = await windowAt(kernel, request, request.params.id);
      const financed = await listFinanced(db, id);
      return sendCsv(
        reply,
        'financed.csv',
        [
          'title',
          'organisation',
          'state',
          'contract',
          'awarded_cents',
          'committed_cents',
          'paid_cents',
          'outcome',
          'contract_number',
          'contract_state',
          'no_measure',
          'decision',
          'savings_declared_euros',
          'savings_audited_euros',
          'savings_cashed_euros',
        ],
        financed.map((one) => [
          one.title,
          one.organisationName,
          one.state,
          one.result?.contractId ?? null,
          one.awardedCents,
          one.committedCents,
          one.paidCents,
          one.outcome,
          one.result?.number ?? null,
          one.result?.state ?? null,
          one.result?.hadNoMeasure ?? null,
          one.result?.decision ?? null,
          one.result?.savings.declared ?? null,
          one.result?.savings.audited ?? null,
          one.result?.savings.cashed ?? null,
        ]),
      );
    },
  );

  app.get(
    '/support/windows/:id/ranking',
    { config: runs, schema: { params: idParams } },
    async (request, reply) => {
      const window = await windowAt(kernel, request, request.params.id);
      const all = await listApplicationsOf(db, window.id, 'all');
      const applications = all.filter(({ juryId }) => juryId !== null);
      const ids = applications.map(({ id }) => id);
      const [criteria, scores, conflicts] = await Promise.all([
        listCriteria(db, window.id),
        listScores(db, ids),
        listConflicts(db, ids),
      ]);
      const ranking = rankingOf(ids, criteria, scores, conflicts);
      const csrf = csrfField(request);
      return sendPage(reply, rankingPage(request.locale, { window, ranking, applications, csrf }));
    },
  );

  app.post(
    '/support/windows/:id/steps/:step',
    { config: runs, schema: { params: stepParams } },
    async (request, reply) => {
      const { id } = request.params;
      const step = WINDOW_STEPS.find((known) => known === request.params.step);
      if (step === undefined) throw notFound();
      const attempt = await attemptForm(() => advanceWindow(kernel, actorOf(request), id, step));
      if (!attempt.done) return showWindow(request, reply, id, attempt.faults);
      return reply.redirect(`/support/windows/${id}`, 303);
    },
  );
}
