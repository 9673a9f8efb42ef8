// The page of a cost table, its form without JavaScript, and the table as a file, in and out.
import { buffer } from 'node:stream/consumers';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FieldError } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { readUpload } from '#platform/http/upload.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { mayEditFile, seesFileDetail } from '../files/file-access.rules.ts';
import { fileAt } from '../files/file-at.ts';
import { fileAddress } from '../files/file-parts.pages.ts';
import { costTableUnreadable } from '../files/files.errors.ts';
import { filesPermissions } from '../files/files.permissions.ts';
import { fileParams, rowsForm } from '../files/files.schemas.ts';
import type { ProjectFile } from '../files/files.types.ts';
import { emptyRows, rowsOf, type TypedForm, versionOf } from '../files/typed-rows.rules.ts';
import { COST_COLUMNS, readCostTable } from './cost-table.reader.ts';
import { saveCosts, WRITTEN } from './costs.actions.ts';
import { costsMessages } from './costs.messages.ts';
import { type CostsView, costsPage } from './costs.pages.ts';
import { listCosts } from './costs.repository.ts';
import {
  centsAsInput,
  checkedCosts,
  costLineAsInput,
  faultsOfSums,
  isEmptyCostLine,
  MOST_COST_LINES,
  totalsOf,
} from './costs.rules.ts';
import type { CostLine, TypedCostLine } from './costs.types.ts';

const COLUMNS = ['year', 'activity', 'resource', 'nature', 'commitment', 'payment'] as const;
const MORE_LINES = 5;
const MOST_BYTES = 1_048_576;

/** A new line is of what most lines are: one-time. */
const newLines = (count: number): TypedCostLine[] =>
  emptyRows(COLUMNS, count).map((line) => ({ ...line, nature: 'one-time' }));

/** Both languages of a sentence of the table's words. */
const both = (key: 'unreadable' | 'tooMany'): Translated => ({
  fr: costsMessages('fr')[key],
  en: costsMessages('en')[key],
});

/** `/projects/files/:id/costs` and what is under it. */
export function costsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const read = { permission: filesPermissions.readFiles };
  const write = { permission: filesPermissions.draftFiles };

  /** The file whose table the reader may see: its detail is for the ministry and the directorate. */
  async function seenAt(request: FastifyRequest, id: string): Promise<ProjectFile> {
    const file = await fileAt(db, request.actor, id);
    if (!seesFileDetail(request.actor, file)) throw roleRequired();
    return file;
  }

  async function editableAt(request: FastifyRequest, id: string): Promise<ProjectFile> {
    const file = await fileAt(db, actorOf(request), id);
    if (!mayEditFile(request.actor, file)) throw roleRequired();
    return file;
  }

  type Typed = NonNullable<CostsView['typed']>;

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    lines: readonly CostLine[],
    about: { typed: Typed | null; faults?: readonly FieldError[]; note?: CostsView['note']; status?: number },
  ) {
    const faults = about.faults ?? [];
    const view = {
      csrf: csrfField(request),
      file,
      lines,
      typed: about.typed,
      faults,
      note: about.note ?? null,
    };
    return sendPage(reply, costsPage(request.locale, view), about.status ?? (faults.length > 0 ? 422 : 200));
  }

  /** The form with lines that are not saved: as typed with more lines, or read from a table. */
  function showUnsaved(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    rows: readonly TypedCostLine[],
    about: Partial<Typed> & { faults?: readonly FieldError[]; note?: CostsView['note']; status?: number },
  ) {
    const { faults, note, status, ...typed } = about;
    return show(request, reply, file, checkedCosts(rows, file).lines, {
      typed: { declaredTotal: '', reason: '', pasted: '', ...typed, rows },
      ...(faults && { faults }),
      ...(note && { note }),
      ...(status && { status }),
    });
  }

  app.get(
    '/projects/files/:id/costs',
    { config: read, schema: { params: fileParams } },
    async (request, reply) => {
      const file = await seenAt(request, request.params.id);
      const lines = await listCosts(db, file.id);
      const typed = mayEditFile(request.actor, file)
        ? {
            rows: [...lines.map(costLineAsInput), ...newLines(lines.length === 0 ? MORE_LINES : 1)],
            declaredTotal: file.fullCostCents === 0 ? '' : centsAsInput(file.fullCostCents),
            reason: '',
            pasted: '',
          }
        : null;
      return show(request, reply, file, lines, { typed });
    },
  );

  app.get(
    '/projects/files/:id/costs.csv',
    { config: read, schema: { params: fileParams } },
    async (request, reply) => {
      const file = await seenAt(request, request.params.id);
      return sendCsv(
        reply,
        `costs-${file.id}.csv`,
        COST_COLUMNS,
        (await listCosts(db, file.id)).map(cellsOf),
      );
    },
  );

  app.post(
    '/projects/files/:id/costs',
    { config: write, schema: { params: fileParams, body: rowsForm } },
    async (request, reply) => {
      const file = await editableAt(request, request.params.id);
      const form: TypedForm = request.body;
      const rows = rowsOf(form, COLUMNS, MOST_COST_LINES);
      const { declaredTotal = '', reason = '', pasted = '' } = form;
      const typed = { declaredTotal, reason, pasted };
      if (form.remove !== undefined) {
        const kept = rows.filter((_, at) => String(at) !== form.remove);
        return showUnsaved(request, reply, file, kept, typed);
      }
      if (form.do === 'more') {
        return showUnsaved(request, reply, file, [...rows, ...newLines(MORE_LINES)], typed);
      }
      if (form.do === 'paste') return showRead(request, reply, file, pasted, rows, 'pasted');
      if (form.do === 'check') {
        const { lines, faults } = checkedCosts(rows, file);
        const sums = faults.length > 0 ? [] : faultsOfSums(lines, declaredTotal, WRITTEN);
        return showUnsaved(request, reply, file, rows, { ...typed, faults: [...faults, ...sums] });
      }
      const version = versionOf(form);
      const attempt = await attemptForm(() =>
        saveCosts(kernel, actorOf(request), file.id, { version, lines: rows, declaredTotal, reason }),
      );
      if (attempt.done) return reply.redirect(fileAddress(file.id), 303);
      const now = await fileAt(db, request.actor, file.id);
      const wasChanged = now.version !== version;
      return showUnsaved(
        request,
        reply,
        now,
        rows.some((row) => !isEmptyCostLine(row)) ? rows : newLines(MORE_LINES),
        {
          ...typed,
          faults: attempt.faults,
          ...(wasChanged && { note: 'changed' as const, status: 409 }),
        },
      );
    },
  );

  function showRead(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    text: string,
    before: readonly TypedCostLine[],
    field: 'pasted' | 'file',
  ) {
    const table = readCostTable(text);
    if (table === 'unreadable' || table === 'too-many') {
      const fault = { field, text: both(table === 'unreadable' ? 'unreadable' : 'tooMany') };
      const pasted = field === 'pasted' ? { pasted: text } : {};
      return showUnsaved(request, reply, file, before, { ...pasted, faults: [fault] });
    }
    const { lines, faults } = checkedCosts(table, file);
    return showUnsaved(request, reply, file, table, {
      declaredTotal: centsAsInput(totalsOf(lines).commitmentCents),
      faults,
      note: 'read',
    });
  }

  app.post(
    '/projects/files/:id/costs/file',
    {
      config: { ...write, csrf: 'by-handler', rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { params: fileParams },
    },
    async (request, reply) => {
      const text = await textSent(request);
      const file = await editableAt(request, request.params.id);
      const saved = (await listCosts(db, file.id)).map(costLineAsInput);
      return showRead(request, reply, file, text, saved, 'file');
    },
  );
}

function cellsOf(line: CostLine): Cell[] {
  const { year, activity, resource, nature, commitmentCents, paymentCents } = line;
  return [year, activity, resource, nature, commitmentCents / 100, paymentCents / 100];
}

/** The text of the file that the form brings, empty without one. Throws `portfolio.cost-table-unreadable`. */
async function textSent(request: FastifyRequest): Promise<string> {
  const { file } = await readUpload(request, { maxBytes: MOST_BYTES, broken: costTableUnreadable });
  if (file === null) return '';
  try {
    if (file.isCut) throw costTableUnreadable();
    return (await buffer(file.read())).toString('utf8');
  } finally {
    await file[Symbol.asyncDispose]();
  }
}
