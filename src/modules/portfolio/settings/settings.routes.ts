// The pages and the REST interface of settings: the same action behind both.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { findPeopleNames, listOrganisations } from '#modules/identity/public.ts';
import { isAllowed } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { decideSetting } from './settings.actions.ts';
import { settingPage, settingsPage } from './settings.pages.ts';
import { settingsPermissions } from './settings.permissions.ts';
import { listSettingRows } from './settings.repository.ts';
import { inForceOn, isSettingKey } from './settings.rules.ts';
import { SETTINGS, type SettingKey, type SettingRow } from './settings.types.ts';

const params = Type.Object({ key: Type.String({ maxLength: 60 }) });
const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const changeForm = Type.Object({
  value: Type.Union([Type.Array(text(100), { maxItems: 60 }), text(100)], { default: '' }),
  effectiveOn: text(40),
  reason: text(5000),
});
const changeBody = Type.Object({
  value: Type.Unknown({
    description: 'Cents, a count, a share from 0 to 1, steps in days, or ids of organisations.',
  }),
  effectiveOn: Type.String({ maxLength: 10, description: 'YYYY-MM-DD, today or later.' }),
  reason: Type.String({ maxLength: 5000 }),
});
const asJson = Type.Object({
  key: Type.String(),
  value: Type.Unknown(),
  effectiveOn: Type.String(),
  reason: Type.String(),
  decidedAt: Type.String(),
  inForce: Type.Boolean(),
});

/** The rows of a State's settings with what each page says of them. */
async function readSettings({ db, clock, config }: Kernel) {
  const rows = await listSettingRows(db);
  const today = dayIn(clock.now(), config.timeZone);
  const inForce = inForceOn(rows, today);
  const next = new Map<SettingKey, SettingRow>();
  // The rows come latest first: the last one seen is the nearest.
  for (const row of rows) if (row.effectiveOn > today) next.set(row.key, row);
  return { rows, today, inForce, next };
}

/** `/projects/settings`, what is under it, and `/api/v1/project-settings`. */
export function settingsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const open = { permission: settingsPermissions.browseSettings };
  const deciding = { permission: settingsPermissions.decideSettings };

  async function namesIn(rows: readonly SettingRow[]) {
    const organisations = await listOrganisations(db);
    const people = await findPeopleNames(
      db,
      rows.flatMap(({ decidedBy }) => (decidedBy.kind === 'person' ? [decidedBy.personId] : [])),
    );
    return {
      organisations,
      names: new Map([...people, ...organisations.map(({ id, name }) => [id, name] as const)]),
    };
  }

  app.get('/projects/settings', { config: open }, async (request, reply) => {
    const { rows, inForce, next } = await readSettings(kernel);
    const { names } = await namesIn(rows);
    return sendPage(reply, settingsPage(request.locale, { inForce, next, names }));
  });

  app.get('/projects/settings.csv', { config: open }, async (_request, reply) => {
    const { rows, inForce } = await readSettings(kernel);
    return sendCsv(
      reply,
      'project-settings.csv',
      ['key', 'value', 'effective_on', 'in_force', 'reason', 'decided_at'],
      rows.map((row) => [
        row.key,
        typeof row.value === 'object' ? JSON.stringify(row.value) : row.value,
        row.effectiveOn,
        inForce.get(row.key) === row,
        row.reason,
        row.decidedAt.toISOString(),
      ]),
    );
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    {
      typed,
      faults,
    }: {
      typed?: { value: readonly string[]; effectiveOn: string; reason: string };
      faults: readonly FieldError[];
    },
  ) {
    if (!isSettingKey(key)) throw notFound();
    const { rows, inForce, today } = await readSettings(kernel);
    const own = rows.filter((row) => row.key === key);
    const { organisations, names } = await namesIn(own);
    const offered = organisations.filter(
      ({ kind }) => !['company', 'association', 'local-authority'].includes(kind),
    );
    const mayDecide = isAllowed(settingsPermissions.decideSettings, request.actor);
    const change = mayDecide
      ? {
          csrf: csrfField(request),
          typed: typed ?? { value: typedValue(inForce.get(key)), effectiveOn: today, reason: '' },
          faults,
          organisations: offered,
        }
      : null;
    const page = settingPage(request.locale, { key, rows: own, inForce: inForce.get(key), names, change });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/projects/settings/:key', { config: open, schema: { params } }, (request, reply) =>
    show(request, reply, request.params.key, { faults: [] }),
  );

  app.post(
    '/projects/settings/:key',
    { config: deciding, schema: { params, body: changeForm } },
    async (request, reply) => {
      const { key } = request.params;
      const { effectiveOn, reason } = request.body;
      const value = [request.body.value].flat();
      const attempt = await attemptForm(() =>
        decideSetting(kernel, actorOf(request), key, { typed: value, effectiveOn, reason }),
      );
      if (attempt.done) return reply.redirect(`/projects/settings/${key}`, 303);
      return show(request, reply, key, { typed: { value, effectiveOn, reason }, faults: attempt.faults });
    },
  );

  app.get(
    '/api/v1/project-settings',
    {
      config: open,
      schema: {
        summary: 'List every value that a setting of the oversight has had, the latest day of effect first',
        tags: ['portfolio'],
        response: { 200: Type.Object({ items: Type.Array(asJson) }) },
      },
    },
    async () => {
      const { rows, inForce } = await readSettings(kernel);
      return { items: rows.map((row) => rowAsJson(row, inForce.get(row.key) === row)) };
    },
  );

  app.post(
    '/api/v1/project-settings/:key/values',
    {
      config: deciding,
      schema: {
        summary: 'Decide a new value of a setting, with its day of effect',
        tags: ['portfolio'],
        params,
        body: changeBody,
        response: { 201: asJson },
      },
    },
    async (request, reply) => {
      const kept = await decideSetting(kernel, actorOf(request), request.params.key, request.body);
      const { inForce } = await readSettings(kernel);
      return reply.status(201).send(rowAsJson(kept, inForce.get(kept.key)?.id === kept.id));
    },
  );
}

function rowAsJson({ key, value, effectiveOn, reason, decidedAt }: SettingRow, inForce: boolean) {
  return { key, value, effectiveOn, reason, decidedAt: decidedAt.toISOString(), inForce };
}

/** A value as the form shows it: euros, percent, days. */
function typedValue(row: SettingRow | undefined): string[] {
  if (!row) return [''];
  const { value } = row;
  switch (SETTINGS[row.key].kind) {
    case 'money':
      return [String((value as number) / 100)];
    case 'share':
      return [String(Math.round((value as number) * 10_000) / 100)];
    case 'steps':
      return [(value as readonly number[]).join(', ')];
    default:
      return [value].flat().map(String);
  }
}
