// The pages on which an opinion is given and published.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { decidePage, publishPage } from './decision.pages.ts';
import { issueOpinion, publishOpinion } from './decisions.actions.ts';
import { requestAddress } from './opinion-parts.pages.ts';
import { requestIsElsewhere } from './opinions.errors.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { findLastPublication, findOpinionOfRequest } from './opinions.repository.ts';
import { decisionForm, idParams, publicationBody } from './opinions.schemas.ts';
import { AXES, type OpinionRequest } from './opinions.types.ts';
import { publishableTexts } from './publication.rules.ts';
import { withMarks } from './redaction.rules.ts';
import { instructsRequest } from './request-access.rules.ts';
import { requestAt } from './request-at.ts';
import { asSeenBy } from './request-view.ts';
import { adviceOfLines } from './typed-opinion.rules.ts';

type Typed = Readonly<Record<string, string>>;

const todayOf = ({ clock, config }: Kernel) => dayIn(clock.now(), config.timeZone);

/** `decide` and `publish` under `/projects/opinions/requests/:id`. */
export function decisionRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: opinionsPermissions.examineOpinionRequest };

  async function showDecision(
    request: FastifyRequest,
    reply: FastifyReply,
    about: OpinionRequest,
    typed: Typed,
    faults: readonly FieldError[],
  ) {
    const seen = asSeenBy(actorOf(request), about, todayOf(kernel));
    const page = decidePage(request.locale, { csrf: csrfField(request), request: seen, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  const decide = '/projects/opinions/requests/:id/decide';
  app.get(decide, { config, schema: { params: idParams } }, async (request, reply) =>
    showDecision(request, reply, await requestAt(db, actorOf(request), request.params.id), {}, []),
  );
  app.post(decide, { config, schema: { params: idParams, body: decisionForm } }, async (request, reply) => {
    const actor = actorOf(request);
    const about = await requestAt(db, actor, request.params.id);
    const { recommendations, dueOn, ...typed } = request.body;
    const attempt = await attemptForm(() =>
      issueOpinion(kernel, actor, about.id, {
        ...typed,
        recommendations: adviceOfLines(recommendations, dueOn),
      }),
    );
    if (attempt.done) return reply.redirect(requestAddress(about.id), 303);
    return showDecision(request, reply, about, request.body, attempt.faults);
  });

  /** The opinion to publish, as its form shows it: what was struck out the last time is still marked. */
  async function toPublish(actor: Actor, id: string) {
    const about = await requestAt(db, actor, id);
    const opinion = await findOpinionOfRequest(db, id);
    if (!opinion || !instructsRequest(actor, about)) throw requestIsElsewhere();
    const texts = publishableTexts(opinion);
    const last = await findLastPublication(db, opinion.id);
    const marked = Object.fromEntries(
      Object.entries(texts).map(([field, text]) => [
        field,
        withMarks(text, last?.redactions.filter((one) => one.field === field) ?? []),
      ]),
    );
    return { about, opinion, texts, before: { ...marked, ...(last ? { ground: last.ground } : {}) } };
  }

  async function showPublication(
    request: FastifyRequest,
    reply: FastifyReply,
    { about, opinion, texts }: Awaited<ReturnType<typeof toPublish>>,
    typed: Typed,
    faults: readonly FieldError[],
  ) {
    const seen = asSeenBy(actorOf(request), about, todayOf(kernel));
    const csrf = csrfField(request);
    const page = publishPage(request.locale, { csrf, request: seen, opinion, texts, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  const publish = '/projects/opinions/requests/:id/publish';
  app.get(publish, { config, schema: { params: idParams } }, async (request, reply) => {
    const found = await toPublish(actorOf(request), request.params.id);
    return showPublication(request, reply, found, found.before, []);
  });
  app.post(
    publish,
    { config, schema: { params: idParams, body: publicationBody } },
    async (request, reply) => {
      const actor = actorOf(request);
      const found = await toPublish(actor, request.params.id);
      const attempt = await attemptForm(() => publishOpinion(kernel, actor, found.about.id, request.body));
      if (attempt.done) return reply.redirect(requestAddress(found.about.id), 303);
      const typed = Object.fromEntries(
        ['ground', 'summary', 'recommendations', ...AXES].map((field) => [
          field,
          String((request.body as Record<string, unknown>)[field] ?? ''),
        ]),
      );
      return showPublication(request, reply, found, typed, attempt.faults);
    },
  );
}
