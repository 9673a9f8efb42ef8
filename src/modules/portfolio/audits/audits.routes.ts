// The pages of audits: the list, one of them, and its forms.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listOrganisations } from '#modules/identity/public.ts';
import { type Actor, isAllowed } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { idParams } from '../opinions/opinions.schemas.ts';
import { auditPage, releasedPage } from './audit.pages.ts';
import {
  asksForAudit,
  auditsSeenBy,
  carriesOutAudits,
  isOfMission,
  organisationsDirectedBy,
} from './audit-access.rules.ts';
import { auditsPage } from './audits.pages.ts';
import { auditsPermissions } from './audits.permissions.ts';
import { findAudit, findReleased, listAudits, listNotices, listReleased } from './audits.repository.ts';
import { auditsQuery } from './audits.schemas.ts';
import type { Audit, ReleasedAudit } from './audits.types.ts';

const PAGE_SIZE = 50;
const { browseAudits, requestAudits } = auditsPermissions;

/** The pages under `/projects/audits`. */
export function auditsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  readingRoutes(untyped, kernel);
}

async function* rowsOf(db: Kernel['db']): AsyncGenerator<Cell[]> {
  for (let before: number | null = null; ; ) {
    const slice: ReleasedAudit[] = await listReleased(db, { before, limit: 200 });
    for (const one of slice)
      yield [
        one.number,
        one.subject,
        one.organisation,
        one.requester,
        one.startsOn,
        one.endsOn,
        one.findings.length,
        one.conclusions,
        one.recommendations.join('\n'),
        one.ground,
        one.edition,
        one.publishedAt.toISOString(),
      ];
    if (slice.length < 200) return;
    before = slice.at(-1)?.number ?? null;
  }
}

const COLUMNS = [
  'number',
  'subject',
  'organisation',
  'requester',
  'starts_on',
  'ends_on',
  'findings',
  'conclusions',
  'recommendations',
  'ground_of_redaction',
  'edition',
  'published_at',
];

function movesOf(actor: Actor, audit: Audit) {
  const { state } = audit;
  const member = isOfMission(actor, audit);
  return {
    mission: carriesOutAudits(actor) && state === 'requested',
    finding: member && state === 'running',
    conclude: member && state === 'running',
    release: member && !audit.classified && (state === 'concluded' || state === 'released'),
    abandon: (member || asksForAudit(actor, audit)) && (state === 'requested' || state === 'running'),
  };
}

function readingRoutes(untyped: FastifyInstance, { db, config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: browseAudits };

  app.get('/projects/audits', { config, schema: { querystring: auditsQuery } }, async (request, reply) => {
    const { actor } = request;
    const before = request.query.before ?? null;
    const isInvolved = actor !== null && isAllowed(requestAudits, actor);
    const [found, own, notices] = await Promise.all([
      listReleased(db, { before, limit: PAGE_SIZE + 1 }),
      isInvolved ? listAudits(db, auditsSeenBy(actor), { before: null, limit: PAGE_SIZE }) : null,
      isInvolved ? listNotices(db, organisationsDirectedBy(actor)) : [],
    ]);
    const released = found.slice(0, PAGE_SIZE);
    const page = auditsPage(request.locale, {
      released,
      own,
      notices,
      mayAsk: isInvolved,
      next: found.length > PAGE_SIZE ? (released.at(-1)?.number ?? null) : null,
      isFirst: before === null,
    });
    return sendPage(reply, page);
  });

  app.get('/projects/audits.csv', { config }, (_request, reply) =>
    sendCsv(reply, 'audits.csv', COLUMNS, rowsOf(db)),
  );

  async function showReleased(request: FastifyRequest, reply: FastifyReply, id: string) {
    const released = isUuid(id) ? await findReleased(db, id) : undefined;
    if (!released) throw notFound();
    return sendPage(reply, releasedPage(request.locale, released, settings.timeZone));
  }

  app.get('/projects/audits/:id', { config, schema: { params: idParams } }, async (request, reply) => {
    const { actor, locale } = request;
    const { id } = request.params;
    const audit = actor !== null && isUuid(id) ? await findAudit(db, auditsSeenBy(actor), id) : undefined;
    if (actor === null || !audit) return showReleased(request, reply, id);
    const organisations = audit.informedIds.length > 0 ? await listOrganisations(db) : [];
    const informed = organisations
      .filter((one) => audit.informedIds.includes(one.id))
      .map(({ name }) => name);
    const { timeZone } = settings;
    return sendPage(reply, auditPage(locale, { audit, informed, moves: movesOf(actor, audit), timeZone }));
  });

  app.get('/projects/audits/:id/public', { config, schema: { params: idParams } }, (request, reply) =>
    showReleased(request, reply, request.params.id),
  );
}
