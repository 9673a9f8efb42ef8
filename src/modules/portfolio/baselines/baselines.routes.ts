// The forms of baselines, and the public page of the State's slippage with its files.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { instructsFile } from '../files/file-access.rules.ts';
import { fileAt, keptFile } from '../files/file-at.ts';
import { fileAddress } from '../files/file-parts.pages.ts';
import { filesPermissions } from '../files/files.permissions.ts';
import { baselineParams, fileParams, judgementForm, proposalForm } from '../files/files.schemas.ts';
import type { ProjectFile } from '../files/files.types.ts';
import { SLIPPAGE_DEFINITION, type SlippingProject } from './averages.rules.ts';
import { judgeBaseline, proposeBaseline } from './baselines.actions.ts';
import { judgementPage, proposalPage } from './baselines.pages.ts';
import { listBaselines } from './baselines.repository.ts';
import { publicSlippage } from './public-slippage.ts';
import { slippagePage } from './slippage.pages.ts';

/** `/projects/slippage` and the baselines of files. */
export function baselinesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  slippageRoutes(untyped, kernel);
  proposalRoutes(untyped, kernel);
  judgementRoutes(untyped, kernel);
}

const COLUMNS = [
  'definition',
  'id',
  'name',
  'organisation',
  'state',
  'phase',
  'band',
  'cost_gap',
  'schedule_gap',
  'schedule_gap_months',
  'scope_gap',
  'cost_gap_latest',
  'schedule_gap_latest',
  'rebaselines',
];

function cellsOf(project: SlippingProject): Cell[] {
  return [
    SLIPPAGE_DEFINITION,
    project.id,
    project.name,
    project.organisationName,
    project.state,
    project.phase,
    project.band,
    project.costShare,
    project.scheduleShare,
    project.months,
    project.scopeShare,
    project.latestCostShare,
    project.latestScheduleShare,
    project.rebaselines,
  ];
}

function slippageRoutes(app: FastifyInstance, { db }: Kernel): void {
  const { readFiles: permission } = filesPermissions;

  app.get('/projects/slippage', { config: { permission, cache: 'public' } }, async (request, reply) => {
    const [slippage, isDemonstration] = await Promise.all([publicSlippage(db), demonstrationIsLoaded(db)]);
    const origin = isDemonstration ? 'demonstration' : 'declared';
    return sendPage(reply, slippagePage(request.locale, { ...slippage, origin }));
  });

  app.get('/projects/slippage.csv', { config: { permission } }, async (_request, reply) => {
    const { projects } = await publicSlippage(db);
    return sendCsv(reply, 'project-slippage.csv', COLUMNS, projects.map(cellsOf));
  });
}

function proposalRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: filesPermissions.keepFiles };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    typed: { readonly reason: string; readonly scopeText: string },
    faults: readonly FieldError[] = [],
  ) {
    const estimate = (await fileStateFor(db, file.id))?.latestEstimate ?? null;
    const page = proposalPage(request.locale, { csrf: csrfField(request), file, estimate, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  const keptAt = (request: FastifyRequest, id: string) => keptFile(db, actorOf(request), id);

  app.get(
    '/projects/files/:id/baselines/new',
    { config, schema: { params: fileParams } },
    async (request, reply) => {
      const file = await keptAt(request, request.params.id);
      return show(request, reply, file, { reason: '', scopeText: file.objectives });
    },
  );

  app.post(
    '/projects/files/:id/baselines/new',
    { config, schema: { params: fileParams, body: proposalForm } },
    async (request, reply) => {
      const file = await keptAt(request, request.params.id);
      const attempt = await attemptForm(() =>
        proposeBaseline(kernel, actorOf(request), file.id, request.body),
      );
      if (attempt.done) return reply.redirect(fileAddress(file.id, '#baselines'), 303);
      return show(request, reply, file, request.body, attempt.faults);
    },
  );
}

function judgementRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: filesPermissions.decideBaselines };
  const path = '/projects/files/:id/baselines/:baselineId';

  async function show(
    request: FastifyRequest<{ Params: { id: string; baselineId: string } }>,
    reply: FastifyReply,
    typed: { readonly decision: string; readonly reason: string },
    faults: readonly FieldError[] = [],
    status = 200,
  ) {
    const { id, baselineId } = request.params;
    const file = await fileAt(db, actorOf(request), id);
    if (!instructsFile(request.actor, file)) throw roleRequired();
    const baselines = await listBaselines(db, file.id);
    const proposed = baselines.find((one) => one.id === baselineId);
    const approved = baselines.filter(({ number }) => number !== null);
    const first = approved.find(({ number }) => number === 1);
    if (!proposed || !first) throw notFound();
    const inForce = approved.reduce(
      (latest, one) => (one.id !== proposed.id && (one.number ?? 0) > (latest.number ?? 0) ? one : latest),
      first,
    );
    const csrf = csrfField(request);
    const page = judgementPage(request.locale, { csrf, file, proposed, first, inForce, typed, faults });
    return sendPage(reply, page, status);
  }

  app.get(path, { config, schema: { params: baselineParams } }, (request, reply) =>
    show(request, reply, { decision: '', reason: '' }),
  );

  app.post(
    path,
    { config, schema: { params: baselineParams, body: judgementForm } },
    async (request, reply) => {
      const { id: fileId, baselineId } = request.params;
      const attempt = await attemptForm(() =>
        judgeBaseline(kernel, actorOf(request), { fileId, baselineId }, request.body),
      );
      if (attempt.done) return reply.redirect(fileAddress(fileId, '#baselines'), 303);
      // A fault of no field is a decision that somebody else took first.
      const status = attempt.faults.some(({ field }) => field === '') ? 409 : 422;
      return show(request, reply, request.body, attempt.faults, status);
    },
  );
}
