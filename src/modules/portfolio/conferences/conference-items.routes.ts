// Pages of a conference's projects: the sheet, the ministry's comment, what the session concludes, decides, recommends.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { listRecommendationsFrom } from '../recommendations/recommendations.repository.ts';
import { openAlertsOf } from '../watch/alerts.repository.ts';
import { ALERT_DECISIONS } from '../watch/watch.types.ts';
import { rightsOnConference } from './conference-access.rules.ts';
import { conferenceItemPage, type TypedItem } from './conference-item.pages.ts';
import { CONFERENCES, conferenceAddress } from './conference-parts.pages.ts';
import { commentSheet, conferenceAt, conferenceItemAt } from './conferences.actions.ts';
import { conferencesMessages } from './conferences.messages.ts';
import { conferencesPermissions } from './conferences.permissions.ts';
import { isInSession } from './conferences.rules.ts';
import {
  commentForm,
  conclusionsForm,
  itemDecisionForm,
  itemParams,
  itemRecommendationForm,
} from './conferences.schemas.ts';
import { concludeItem, decideItem, recommendOnItem } from './session.actions.ts';
import { sheetsOf } from './sheets.reading.ts';

const { readConferences, holdConferences, prepareConferences } = conferencesPermissions;
const here = `${CONFERENCES}/:id/items/:item`;

interface At {
  readonly id: string;
  readonly item: string;
}

async function showItem(
  { db, clock, config }: Kernel,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  at: At,
  { typed = {}, faults = [] }: { typed?: Partial<TypedItem>; faults?: readonly FieldError[] } = {},
) {
  const actor = actorOf(request);
  const conference = await conferenceAt(db, actor, at.id);
  const item = await conferenceItemAt(db, conference.id, at.item);
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  const [live, recommendations, alerts] = await Promise.all([
    item.sheet === null ? sheetsOf(db, [item.fileId], { now, timeZone: config.timeZone }) : new Map(),
    listRecommendationsFrom(db, conference.id),
    openAlertsOf(db, [item.fileId]),
  ]);
  const rights = rightsOnConference(actor, conference);
  const page = conferenceItemPage(request.locale, {
    csrf: () => csrfField(request),
    conference,
    item,
    sheet: item.sheet ?? live.get(item.fileId) ?? null,
    recommendations: recommendations.filter(({ fileId }) => fileId === item.fileId),
    openAlerts: alerts.length,
    mayComment: rights.comments && conference.state === 'drafted',
    mayRecord: rights.holds && isInSession(conference, today),
    typed: {
      comment: item.comment,
      conclusions: item.conclusions,
      decision: '',
      reason: '',
      until: '',
      text: '',
      dueOn: '',
      ...typed,
    },
    faults,
    today,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

/** What is under `/projects/conferences/:id/items`. */
export function conferenceItemsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  /** Does the work of a form; shows it again with what was typed where it was refused. */
  async function taken(
    exchange: { request: FastifyRequest; reply: FastifyReply },
    at: At,
    typed: Partial<TypedItem>,
    work: () => Promise<unknown>,
  ) {
    const attempt = await attemptForm(work);
    if (attempt.done) return exchange.reply.redirect(conferenceAddress(at.id, `/items/${at.item}`), 303);
    return showItem(kernel, exchange, at, { typed, faults: attempt.faults });
  }

  app.get(
    here,
    { config: { permission: readConferences }, schema: { params: itemParams } },
    (request, reply) => showItem(kernel, { request, reply }, request.params),
  );

  app.post(
    `${here}/comment`,
    { config: { permission: prepareConferences }, schema: { params: itemParams, body: commentForm } },
    (request, reply) => {
      const { version, ...typed } = request.body;
      const { id, item: itemId } = request.params;
      return taken({ request, reply }, request.params, typed, () =>
        commentSheet(kernel, actorOf(request), { id, version }, { itemId, ...typed }),
      );
    },
  );

  const config = { permission: holdConferences };
  app.post(
    `${here}/conclusions`,
    { config, schema: { params: itemParams, body: conclusionsForm } },
    (request, reply) => {
      const { version, ...typed } = request.body;
      const { id, item: itemId } = request.params;
      return taken({ request, reply }, request.params, typed, () =>
        concludeItem(kernel, actorOf(request), { id, version }, { itemId, ...typed }),
      );
    },
  );

  app.post(
    `${here}/decision`,
    { config, schema: { params: itemParams, body: itemDecisionForm } },
    (request, reply) => {
      const { version, ...typed } = request.body;
      const { id, item: itemId } = request.params;
      const decision = ALERT_DECISIONS.find((one) => one === typed.decision);
      if (!decision) {
        const text = { fr: conferencesMessages('fr').item.choose, en: conferencesMessages('en').item.choose };
        return showItem(kernel, { request, reply }, request.params, {
          typed,
          faults: [{ field: 'decision', text }],
        });
      }
      return taken({ request, reply }, request.params, typed, () =>
        decideItem(kernel, actorOf(request), { id, version }, { ...typed, itemId, decision }),
      );
    },
  );

  app.post(
    `${here}/recommendations`,
    { config, schema: { params: itemParams, body: itemRecommendationForm } },
    (request, reply) => {
      const { version, ...typed } = request.body;
      const { id, item: itemId } = request.params;
      return taken({ request, reply }, request.params, typed, () =>
        recommendOnItem(kernel, actorOf(request), { id, version }, { itemId, ...typed }),
      );
    },
  );
}
