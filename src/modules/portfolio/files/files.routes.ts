// The pages on which files are read: the list, one of them, the list as a file. The forms are mounted from here.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { isAllowed } from '#platform/access.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import type { Phase } from '../panorama/editions.types.ts';
import { listFactsOf } from './facts.repository.ts';
import { filePage } from './file.pages.ts';
import { filesSeenBy, organisationsKeptBy } from './file-access.rules.ts';
import { fileFormsRoutes } from './file-forms.routes.ts';
import { filesPage } from './file-list.pages.ts';
import { sectionsOf } from './file-sections.ts';
import { seenFile } from './file-view.ts';
import { filesPermissions } from './files.permissions.ts';
import { countFiles, eachFile, listFiles, organisationsOfFiles } from './files.repository.ts';
import { fileParams, filesQuery } from './files.schemas.ts';
import type { FileFacts, FileFilter, FileState } from './files.types.ts';

const PAGE_SIZE = 50;

/** What a query narrows the list by; empty values narrow nothing. */
export function fileFilterOf(query: {
  search?: string;
  state?: '' | FileState;
  phase?: '' | Phase;
  organisation?: string;
}): FileFilter {
  return {
    ...(query.search ? { search: query.search } : {}),
    ...(query.state ? { state: query.state } : {}),
    ...(query.phase ? { phase: query.phase } : {}),
    ...(query.organisation && isUuid(query.organisation) ? { organisationId: query.organisation } : {}),
  };
}

const COLUMNS = [
  'id',
  'name',
  'organisation',
  'state',
  'phase',
  'started_on',
  'planned_end_on',
  'full_cost_eur',
  'one_time_eur',
  'recurring_eur',
  'first_cost_eur',
  'first_end_on',
  'cost_gap',
  'schedule_gap',
  'schedule_gap_months',
  'scope_gap',
  'cost_gap_latest',
  'schedule_gap_latest',
];

const euros = (cents: number) => cents / 100;

function cellsOf(file: FileFacts): Cell[] {
  const { firstBaseline: first, slippage } = file;
  return [
    file.id,
    file.name,
    file.organisationName,
    file.state,
    file.phase,
    file.startedOn,
    file.plannedEndOn,
    euros(file.fullCostCents),
    euros(file.oneTimeCents),
    euros(file.recurringCents),
    first === null ? null : euros(first.costCents),
    first?.endOn ?? null,
    slippage?.first.costShare ?? null,
    slippage?.first.scheduleShare ?? null,
    slippage?.first.months ?? null,
    slippage?.first.scopeShare ?? null,
    slippage?.latest.costShare ?? null,
    slippage?.latest.scheduleShare ?? null,
  ];
}

/** `/projects/files` and what is under it. */
export function filesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: filesPermissions.readFiles };

  app.get('/projects/files', { config, schema: { querystring: filesQuery } }, async (request, reply) => {
    const { actor, query } = request;
    const filter = fileFilterOf(query);
    const reach = filesSeenBy(actor);
    const after = query.after && isUuid(query.after) ? query.after : null;
    const [found, total, organisations] = await Promise.all([
      listFiles(db, filter, reach, { after, limit: PAGE_SIZE + 1 }),
      countFiles(db, filter, reach),
      organisationsOfFiles(db, reach),
    ]);
    const shown = found.slice(0, PAGE_SIZE);
    const items = await listFactsOf(
      db,
      shown.map(({ id }) => id),
    );
    const page = filesPage(request.locale, {
      filter,
      items,
      total,
      next: found.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null,
      isFirst: after === null,
      organisations,
      mayOpen: actor !== null && isAllowed(filesPermissions.draftFiles, actor),
      seesDrafts: actor !== null && organisationsKeptBy(actor).length > 0,
    });
    return sendPage(reply, page);
  });

  app.get('/projects/files.csv', { config, schema: { querystring: filesQuery } }, (request, reply) => {
    const files = eachFile(db, fileFilterOf(request.query), filesSeenBy(request.actor));
    return sendCsv(reply, 'project-files.csv', COLUMNS, rowsOf(files));
  });

  app.get('/projects/files/:id', { config, schema: { params: fileParams } }, async (request, reply) => {
    const { actor, locale } = request;
    const view = await seenFile(kernel, actor, request.params.id);
    const sections = await sectionsOf(kernel, actor, view.file, locale);
    return sendPage(reply, filePage(locale, { ...view, sections, csrf: csrfField(request) }));
  });

  async function* rowsOf(slices: AsyncIterable<readonly { readonly id: string }[]>): AsyncGenerator<Cell[]> {
    for await (const slice of slices) {
      const facts = await listFactsOf(
        db,
        slice.map(({ id }) => id),
      );
      yield* facts.map(cellsOf);
    }
  }

  fileFormsRoutes(untyped, kernel);
}
