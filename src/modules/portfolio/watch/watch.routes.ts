// Pages of the watch: projects in difficulty, one alert and the decision on it.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { draftsFile, instructsFile } from '../files/file-access.rules.ts';
import { filesFollowedBy } from '../recommendations/follow-up-access.rules.ts';
import { alertPage, type TypedAlertForm } from './alert.pages.ts';
import { alertAddress, WATCH } from './alert-parts.pages.ts';
import { alertAt, decideAlert } from './alerts.actions.ts';
import {
  type AlertFilter,
  listAlertDecisions,
  listAlerts,
  listDecidedAlerts,
  openAlertsOf,
} from './alerts.repository.ts';
import { watchLimitsOn } from './watch.actions.ts';
import { watchMessages } from './watch.messages.ts';
import { watchPage } from './watch.pages.ts';
import { watchPermissions } from './watch.permissions.ts';
import { byProject } from './watch.rules.ts';
import { alertParams, decisionForm, watchFilter, watchQuery } from './watch.schemas.ts';
import { ALERT_DECISIONS, WATCH_RULES } from './watch.types.ts';

const PAGE_SIZE = 25;
/** More alerts than this are never open at once: a bound on memory, not a page. */
const MOST_OPEN = 10_000;
const YEAR_MS = 365 * 86_400_000;
const { readAlerts, decideAlerts } = watchPermissions;
const UNTYPED: TypedAlertForm = { decision: '', reason: '', until: '', others: false };
const COLUMNS = [
  'number',
  'project',
  'organisation',
  'rule',
  'rule_version',
  'facts',
  'opened_at',
  'fired_at',
  'quiet_since',
];

/** The filter that an address asks for. Throws `not-found` for what is no id. */
export function alertFilterOf(query: {
  readonly rule?: string;
  readonly organisation?: string;
}): AlertFilter {
  const rule = WATCH_RULES.find((one) => one === query.rule);
  const { organisation = '' } = query;
  if (organisation !== '' && !isUuid(organisation)) throw notFound();
  return { ...(rule && { rule }), ...(organisation !== '' && { organisationId: organisation }) };
}

/** `/projects/watch` and what is under it. */
export function watchRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db, clock, config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readAlerts };

  app.get(WATCH, { config, schema: { querystring: watchQuery } }, async (request, reply) => {
    const { rule = '', organisation = '', page } = request.query;
    const narrowing = { rule, organisation };
    const reach = filesFollowedBy(actorOf(request));
    const now = clock.now();
    const [all, limits, decided] = await Promise.all([
      listAlerts(db, reach, { state: 'open' }, { before: null, limit: MOST_OPEN }),
      watchLimitsOn(db, dayIn(now, settings.timeZone)),
      listDecidedAlerts(db, reach, {
        since: new Date(now.getTime() - YEAR_MS),
        decisions: ALERT_DECISIONS,
        limit: 20,
      }),
    ]);
    const filter = alertFilterOf(narrowing);
    const open = all.filter(
      (alert) =>
        (filter.rule === undefined || alert.rule === filter.rule) &&
        (filter.organisationId === undefined || alert.organisationId === filter.organisationId),
    );
    const groups = byProject(open);
    const organisations = new Map(
      all.map(({ organisationId: id, organisationName: name }) => [id, { id, name }]),
    );
    return sendPage(
      reply,
      watchPage(request.locale, {
        groups: groups.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
        files: groups.length,
        openAlerts: open.length,
        page: { number: page, size: PAGE_SIZE },
        narrowing,
        organisations: [...organisations.values()].sort((a, b) => a.name.localeCompare(b.name, 'fr')),
        decided,
        limits,
        timeZone: settings.timeZone,
      }),
    );
  });

  app.get(`${WATCH}.csv`, { config, schema: { querystring: watchFilter } }, async (request, reply) => {
    const filter = { state: 'open', ...alertFilterOf(request.query) } as const;
    const alerts = await listAlerts(db, filesFollowedBy(actorOf(request)), filter, {
      before: null,
      limit: MOST_OPEN,
    });
    return sendCsv(
      reply,
      'alerts.csv',
      COLUMNS,
      alerts.map((alert) => [
        alert.number,
        alert.fileName,
        alert.organisationName,
        alert.rule,
        alert.ruleVersion,
        JSON.stringify(alert.facts),
        alert.openedAt.toISOString(),
        alert.firedAt.toISOString(),
        alert.quietSince?.toISOString() ?? null,
      ]),
    );
  });
}

async function showAlert(
  { db, config }: Kernel,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  id: string,
  { typed = UNTYPED, faults = [] }: { typed?: TypedAlertForm; faults?: readonly FieldError[] } = {},
) {
  const actor = actorOf(request);
  const alert = await alertAt(db, actor, id);
  const [decisions, open] = await Promise.all([
    listAlertDecisions(db, alert.id),
    openAlertsOf(db, [alert.fileId]),
  ]);
  const page = alertPage(request.locale, {
    csrf: csrfField(request),
    alert,
    others: open.filter((one) => one.id !== alert.id).length,
    decisions,
    mayDecide: instructsFile(actor, alert),
    maySeekSupport: draftsFile(actor, alert),
    typed,
    faults,
    timeZone: config.timeZone,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    `${WATCH}/:id`,
    { config: { permission: readAlerts }, schema: { params: alertParams } },
    (request, reply) => showAlert(kernel, { request, reply }, request.params.id),
  );

  app.post(
    `${WATCH}/:id/decisions`,
    { config: { permission: decideAlerts }, schema: { params: alertParams, body: decisionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, others, ...rest } = request.body;
      const typed = { ...rest, others: others === 'yes' };
      const decision = ALERT_DECISIONS.find((one) => one === typed.decision);
      if (!decision) {
        const text = { fr: watchMessages('fr').alert.choose, en: watchMessages('en').alert.choose };
        return showAlert(kernel, { request, reply }, id, { typed, faults: [{ field: 'decision', text }] });
      }
      const attempt = await attemptForm(() =>
        decideAlert(kernel, actorOf(request), { id, version }, { ...typed, decision }),
      );
      if (attempt.done) return reply.redirect(alertAddress(id), 303);
      return showAlert(kernel, { request, reply }, id, { typed, faults: attempt.faults });
    },
  );
}
