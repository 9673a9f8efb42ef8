// Pages by which those who answer for an organisation decide which agents belong to it.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { hubAccountsPermissions } from './hub-accounts.permissions.ts';
import { linksCursorOf, linksPageOf } from './links-cursor.ts';
import { decideLink } from './organisation-links.actions.ts';
import { LINKS, type LinksTime, linkPage, linksPage } from './organisation-links.pages.ts';
import { linksReachOf, openedLink } from './organisation-links.reading.ts';
import { countWaiting, findLink, listLinks } from './organisation-links.repository.ts';
import { decisionForm, linkParams, linksQuery } from './organisation-links.schemas.ts';
import type { LinkDecisionInput, OrganisationLink } from './organisation-links.types.ts';
import { overdueFrom } from './working-days.rules.ts';

const PAGE_SIZE = 50;
const NOTHING_TYPED: LinkDecisionInput = { decision: '', reason: '' };

/** `/organisation-links` and one of them. */
export function organisationLinksRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: hubAccountsPermissions.decideOrganisationLinks };

  function timeNow(): LinksTime {
    const now = clock.now();
    const { timeZone } = settings;
    return { now, overdueFrom: overdueFrom(now, timeZone), timeZone };
  }

  app.get(LINKS, { config, schema: { querystring: linksQuery } }, async (request, reply) => {
    const { list = 'waiting', after, done } = request.query;
    const reach = await linksReachOf(db, actorOf(request));
    const time = timeNow();
    const [found, { waiting }] = await Promise.all([
      listLinks(db, reach, list, { after: linksCursorOf(after), limit: PAGE_SIZE + 1 }),
      countWaiting(db, reach, time.overdueFrom),
    ]);
    const { items, next } = linksPageOf(found, list, PAGE_SIZE);
    const page = linksPage(request.locale, {
      list,
      items: items.map((sealed) => openedLink(kernel, sealed)),
      waiting,
      next,
      isFirst: after === undefined,
      isDone: done !== undefined,
      time,
    });
    return sendPage(reply, page);
  });

  async function linkAt(request: FastifyRequest, id: string): Promise<OrganisationLink> {
    const reach = await linksReachOf(db, actorOf(request));
    const sealed = isUuid(id) ? await findLink(db, reach, id) : undefined;
    if (!sealed) throw notFound();
    return openedLink(kernel, sealed);
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    { typed, faults }: { typed: LinkDecisionInput; faults: FormFaults },
  ) {
    const link = await linkAt(request, id);
    const page = linkPage(request.locale, { csrf: csrfField(request), link, typed, faults, time: timeNow() });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(`${LINKS}/:id`, { config, schema: { params: linkParams } }, async (request, reply) =>
    show(request, reply, request.params.id, { typed: NOTHING_TYPED, faults: [] }),
  );

  app.post(
    `${LINKS}/:id`,
    { config, schema: { params: linkParams, body: decisionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const attempt = await attemptForm(() => decideLink(kernel, actorOf(request), id, request.body));
      if (attempt.done) return reply.redirect(`${LINKS}?done=decided`, 303);
      return show(request, reply, id, { typed: request.body, faults: attempt.faults });
    },
  );
}
