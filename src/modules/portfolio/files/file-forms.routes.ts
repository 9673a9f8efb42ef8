// The forms of files: opening, changing, submitting, milestones, objectives, news, events.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { centsAsInput } from '../costs/costs.rules.ts';
import { findLatestEstimate } from './events.repository.ts';
import { eventsPossibleIn } from './events.rules.ts';
import { filesKeptBy, mayEditFile, organisationsKeptBy } from './file-access.rules.ts';
import { eventPage, newsPage } from './file-asks.pages.ts';
import { fileAt, keptFile } from './file-at.ts';
import { fileFormPage, nothingToOpenPage, rowsPage } from './file-form.pages.ts';
import { EMPTY_FILE, type FileInput, fileAsInput } from './file-input.rules.ts';
import { fileAddress } from './file-parts.pages.ts';
import { listMilestones, listObjectives } from './file-writes.repository.ts';
import { changeFile, openFile, ownersFor, submitFile } from './files.actions.ts';
import { filesMessages } from './files.messages.ts';
import { filesPermissions } from './files.permissions.ts';
import { listFiles } from './files.repository.ts';
import { eventForm, fileForm, fileParams, newsForm, rowsForm } from './files.schemas.ts';
import type { ProjectFile } from './files.types.ts';
import {
  giveNews,
  indicatorsFor,
  MINISTRY_EVENTS,
  recordMinistryEvent,
  saveMilestones,
  saveObjectives,
  type TypedEvent,
  type TypedNews,
} from './follow-up.actions.ts';
import {
  MILESTONE_COLUMNS,
  MOST_MILESTONES,
  MOST_OBJECTIVES,
  OBJECTIVE_COLUMNS,
  type TypedMilestone,
  type TypedObjective,
} from './milestones.rules.ts';
import { emptyRows, rowsOf, type TypedForm, versionOf } from './typed-rows.rules.ts';

const FEW_ROWS = 3;

/** The forms under `/projects/files`. */
export function fileFormsRoutes(app: FastifyInstance, kernel: Kernel): void {
  ownFieldsRoutes(app, kernel);
  rowsRoutes(app, kernel);
  askRoutes(app, kernel);
}

/** The file that the actor may edit now, for its form. */
async function editableAt({ db }: Kernel, request: FastifyRequest, id: string): Promise<ProjectFile> {
  const actor = actorOf(request);
  const file = await fileAt(db, actor, id);
  if (!mayEditFile(actor, file)) throw roleRequired();
  return file;
}

function ownFieldsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: filesPermissions.draftFiles };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile | null,
    about: {
      readonly typed: FileInput;
      readonly organisationId: string;
      readonly reason?: string;
      readonly faults?: readonly FieldError[];
      readonly wasChanged?: boolean;
    },
  ) {
    const faults = about.faults ?? [];
    const kept = new Set(organisationsKeptBy(actorOf(request)));
    const organisations = (await listOrganisations(db, {})).filter(({ id }) => kept.has(id));
    const organisation = file
      ? { id: file.organisationId, parentId: file.organisationParentId }
      : (organisations.find(({ id }) => id === about.organisationId) ?? organisations[0]);
    if (!organisation) return sendPage(reply, nothingToOpenPage(request.locale));
    const owners = await ownersFor(db, organisation, clock.now());
    const isThere = file === null || owners.some(({ id }) => id === file.ownerId);
    const page = fileFormPage(request.locale, {
      csrf: csrfField(request),
      file,
      typed: about.typed,
      organisationId: organisation.id,
      organisations,
      owners: isThere ? owners : [...owners, { id: file.ownerId, name: file.ownerName }],
      reason: about.reason ?? '',
      faults,
      wasChanged: about.wasChanged ?? false,
    });
    return sendPage(reply, page, faults.length > 0 ? (about.wasChanged ? 409 : 422) : 200);
  }

  app.get('/projects/files/new', { config }, (request, reply) =>
    show(request, reply, null, {
      typed: { ...EMPTY_FILE, ownerId: actorOf(request).personId },
      organisationId: '',
    }),
  );

  app.post('/projects/files/new', { config, schema: { body: fileForm } }, async (request, reply) => {
    const typed = { ...EMPTY_FILE, ...(request.body as unknown as FileInput) };
    const { organisationId } = request.body;
    const attempt = await attemptForm(() => openFile(kernel, actorOf(request), organisationId, typed));
    if (attempt.done) return reply.redirect(fileAddress(attempt.result), 303);
    return show(request, reply, null, { typed, organisationId, faults: attempt.faults });
  });

  app.get('/projects/files/:id/edit', { config, schema: { params: fileParams } }, async (request, reply) => {
    const file = await editableAt(kernel, request, request.params.id);
    return show(request, reply, file, { typed: fileAsInput(file), organisationId: file.organisationId });
  });

  app.post(
    '/projects/files/:id/edit',
    { config, schema: { params: fileParams, body: fileForm } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = await editableAt(kernel, request, request.params.id);
      const typed = { ...EMPTY_FILE, ...(request.body as unknown as FileInput) };
      const { version, reason } = request.body;
      const attempt = await attemptForm(() => changeFile(kernel, actor, id, typed, { version, reason }));
      if (attempt.done) return reply.redirect(fileAddress(id), 303);
      const file = await fileAt(db, actor, id);
      const wasChanged = file.version !== version;
      const { faults } = attempt;
      return show(request, reply, file, {
        typed,
        organisationId: file.organisationId,
        reason,
        faults,
        wasChanged,
      });
    },
  );

  app.post(
    '/projects/files/:id/submit',
    { config: { permission: filesPermissions.keepFiles }, schema: { params: fileParams } },
    async (request, reply) => {
      await submitFile(kernel, actorOf(request), request.params.id);
      return reply.redirect(fileAddress(request.params.id), 303);
    },
  );
}

function rowsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: filesPermissions.draftFiles };
  type Faults = readonly FieldError[];

  function showMilestones(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    rows: readonly TypedMilestone[],
    faults: Faults = [],
  ) {
    const words = filesMessages(request.locale);
    const page = rowsPage(request.locale, {
      csrf: csrfField(request),
      file,
      what: 'milestones',
      rows,
      columns: [
        { name: 'title', text: words.milestone },
        { name: 'plannedOn', text: words.planned, kind: 'date' },
        { name: 'reachedOn', text: words.reached, kind: 'date' },
        { name: 'weight', text: words.weight, kind: 'figure', width: 5 },
      ],
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  async function showObjectives(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    rows: readonly TypedObjective[],
    faults: Faults = [],
  ) {
    const words = filesMessages(request.locale);
    const indicators = await indicatorsFor(db, actorOf(request));
    const page = rowsPage(request.locale, {
      csrf: csrfField(request),
      file,
      what: 'objectives',
      rows,
      columns: [
        {
          name: 'indicatorId',
          text: words.indicator,
          placeholder: '–',
          items: indicators.map(({ id, title, unit, direction }) => ({
            value: id,
            text: `${title} (${unit}, ${words.rows.directions[direction]})`,
          })),
        },
        { name: 'baselineValue', text: words.from, kind: 'figure', width: 5 },
        { name: 'targetValue', text: words.to, kind: 'figure', width: 5 },
        { name: 'dueOn', text: words.due, kind: 'date' },
      ],
      faults,
      isBarred: indicators.length === 0,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/projects/files/:id/milestones',
    { config, schema: { params: fileParams } },
    async (request, reply) => {
      const file = await editableAt(kernel, request, request.params.id);
      const rows = (await listMilestones(db, file.id)).map(({ title, plannedOn, reachedOn, weight }) => ({
        title,
        plannedOn,
        reachedOn: reachedOn ?? '',
        weight: String(weight),
      }));
      return showMilestones(request, reply, file, [...rows, ...emptyRows(MILESTONE_COLUMNS, FEW_ROWS)]);
    },
  );

  app.post(
    '/projects/files/:id/milestones',
    { config, schema: { params: fileParams, body: rowsForm } },
    async (request, reply) => {
      const file = await editableAt(kernel, request, request.params.id);
      const form: TypedForm = request.body;
      const rows = rowsOf(form, MILESTONE_COLUMNS, MOST_MILESTONES);
      if (form.do === 'more') {
        return showMilestones(request, reply, file, [...rows, ...emptyRows(MILESTONE_COLUMNS, FEW_ROWS)]);
      }
      const attempt = await attemptForm(() =>
        saveMilestones(kernel, actorOf(request), file.id, { version: versionOf(form), rows }),
      );
      if (attempt.done) return reply.redirect(fileAddress(file.id), 303);
      return showMilestones(request, reply, file, rows, attempt.faults);
    },
  );

  app.get(
    '/projects/files/:id/objectives',
    { config, schema: { params: fileParams } },
    async (request, reply) => {
      const file = await editableAt(kernel, request, request.params.id);
      const rows = (await listObjectives(db, file.id)).map((one) => ({
        indicatorId: one.indicatorId,
        baselineValue: String(one.baselineValue),
        targetValue: String(one.targetValue),
        dueOn: one.dueOn,
      }));
      return showObjectives(request, reply, file, [...rows, ...emptyRows(OBJECTIVE_COLUMNS, FEW_ROWS)]);
    },
  );

  app.post(
    '/projects/files/:id/objectives',
    { config, schema: { params: fileParams, body: rowsForm } },
    async (request, reply) => {
      const file = await editableAt(kernel, request, request.params.id);
      const form: TypedForm = request.body;
      const rows = rowsOf(form, OBJECTIVE_COLUMNS, MOST_OBJECTIVES);
      if (form.do === 'more') {
        return showObjectives(request, reply, file, [...rows, ...emptyRows(OBJECTIVE_COLUMNS, FEW_ROWS)]);
      }
      const attempt = await attemptForm(() =>
        saveObjectives(kernel, actorOf(request), file.id, { version: versionOf(form), rows }),
      );
      if (attempt.done) return reply.redirect(fileAddress(file.id), 303);
      return showObjectives(request, reply, file, rows, attempt.faults);
    },
  );
}

function askRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: filesPermissions.keepFiles };
  type Faults = readonly FieldError[];

  const keptAt = (request: FastifyRequest, id: string) => keptFile(db, actorOf(request), id);

  function showNews(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    typed: TypedNews,
    faults: Faults = [],
  ) {
    const page = newsPage(request.locale, { csrf: csrfField(request), file, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/projects/files/:id/news', { config, schema: { params: fileParams } }, async (request, reply) => {
    const file = await keptAt(request, request.params.id);
    const latest = await findLatestEstimate(db, file.id);
    const spent = latest?.spentCents ?? null;
    return showNews(request, reply, file, {
      endOn: latest?.endOn ?? file.plannedEndOn,
      scopePercent: String(Math.round((latest?.scopeShare ?? 1) * 10_000) / 100),
      spent: spent === null ? '' : centsAsInput(spent),
      reason: '',
    });
  });

  app.post(
    '/projects/files/:id/news',
    { config, schema: { params: fileParams, body: newsForm } },
    async (request, reply) => {
      const file = await keptAt(request, request.params.id);
      const attempt = await attemptForm(() => giveNews(kernel, actorOf(request), file.id, request.body));
      if (attempt.done) return reply.redirect(fileAddress(file.id), 303);
      return showNews(request, reply, file, request.body, attempt.faults);
    },
  );

  async function showEvent(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ProjectFile,
    typed: TypedEvent,
    faults: Faults = [],
  ) {
    const possible = eventsPossibleIn(file.state);
    const kept = filesKeptBy(actorOf(request));
    const others = await listFiles(db, { state: 'running' }, kept, { after: null, limit: 200 });
    const page = eventPage(request.locale, {
      csrf: csrfField(request),
      file,
      typed,
      faults,
      kinds: MINISTRY_EVENTS.filter((kind) => possible.includes(kind)),
      others: others.filter(({ id }) => id !== file.id),
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/projects/files/:id/events/new',
    { config, schema: { params: fileParams } },
    async (request, reply) => {
      const file = await keptAt(request, request.params.id);
      return showEvent(request, reply, file, {
        kind: '',
        happenedOn: dayIn(clock.now(), settings.timeZone),
        reason: '',
        scopePercent: '',
        parts: '',
        intoId: '',
        inDifficulty: '',
      });
    },
  );

  app.post(
    '/projects/files/:id/events/new',
    { config, schema: { params: fileParams, body: eventForm } },
    async (request, reply) => {
      const file = await keptAt(request, request.params.id);
      const attempt = await attemptForm(() =>
        recordMinistryEvent(kernel, actorOf(request), file.id, request.body),
      );
      if (attempt.done) return reply.redirect(fileAddress(file.id), 303);
      return showEvent(request, reply, file, request.body, attempt.faults);
    },
  );
}
