// The pages on which requests are made, examined and decided.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, isAllowed, type Permission } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { filesKeptBy } from '../files/file-access.rules.ts';
import { listFiles } from '../files/files.repository.ts';
import { answerConsultation, askComplements, resumeRequest } from './examination.actions.ts';
import { requestAddress } from './opinion-parts.pages.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { listUnpublished } from './opinions.repository.ts';
import { axesForm, idParams, newRequestQuery, requestsQuery, shortForm } from './opinions.schemas.ts';
import type { OpinionRequest } from './opinions.types.ts';
import { requestPage } from './request.pages.ts';
import { requestsSeenBy } from './request-access.rules.ts';
import { requestAt } from './request-at.ts';
import { ASKS, type Ask, askPage, axesPage } from './request-forms.pages.ts';
import { requestsPage } from './request-list.pages.ts';
import { asSeenBy, seenRequest } from './request-view.ts';
import { draftRequest, submitRequest, withdrawRequest, writeAxes } from './requests.actions.ts';
import { listRequests } from './requests.repository.ts';
import { listSignals } from './signals.repository.ts';

const PAGE_SIZE = 50;
const {
  followOpinionRequests,
  draftOpinionRequest,
  submitOpinionRequest,
  answerComplements,
  commentOpinionRequest,
  examineOpinionRequest,
} = opinionsPermissions;

type Typed = Readonly<Record<string, string>>;

/** The pages under `/projects/opinions/requests`. */
export function requestsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  axesRoutes(untyped, kernel);
  askRoutes(untyped, kernel);
}

const todayOf = ({ clock, config }: Kernel) => dayIn(clock.now(), config.timeZone);

function listRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;

  app.get(
    '/projects/opinions/requests',
    { config: { permission: followOpinionRequests }, schema: { querystring: requestsQuery } },
    async (request, reply) => {
      const actor = actorOf(request);
      const state = request.query.state || undefined;
      const before = request.query.before ?? null;
      const today = todayOf(kernel);
      const instructs = isAllowed(examineOpinionRequest, actor);
      const [found, toPublish, signals] = await Promise.all([
        listRequests(db, requestsSeenBy(actor), state ? { states: [state] } : {}, {
          before,
          limit: PAGE_SIZE + 1,
        }),
        instructs ? listUnpublished(db, 20) : [],
        instructs ? listSignals(db, 'proposed', 100) : [],
      ]);
      const items = found.slice(0, PAGE_SIZE).map((one) => asSeenBy(actor, one, today));
      const page = requestsPage(request.locale, {
        today,
        items,
        state,
        next: found.length > PAGE_SIZE ? (items.at(-1)?.number ?? null) : null,
        isFirst: before === null,
        mayAsk: isAllowed(draftOpinionRequest, actor),
        instructor: instructs ? { toPublish, signals: signals.length } : null,
      });
      return sendPage(reply, page);
    },
  );

  app.get(
    '/projects/opinions/requests/:id',
    { config: { permission: followOpinionRequests }, schema: { params: idParams } },
    async (request, reply) => {
      const view = await seenRequest(db, actorOf(request), request.params.id, todayOf(kernel));
      return sendPage(reply, requestPage(request.locale, { ...view, timeZone: config.timeZone }));
    },
  );
}

function axesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const drafting = { permission: draftOpinionRequest };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    about: OpinionRequest | null,
    typed: Typed,
    faults: readonly FieldError[],
  ) {
    const actor = actorOf(request);
    const files = about ? [] : await listFiles(db, {}, filesKeptBy(actor), { after: null, limit: 200 });
    const page = axesPage(request.locale, {
      csrf: csrfField(request),
      request: about && asSeenBy(actor, about, todayOf(kernel)),
      files: files.filter(({ state }) => state !== 'exited' && state !== 'finished'),
      typed,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/projects/opinions/requests/new',
    { config: drafting, schema: { querystring: newRequestQuery } },
    (request, reply) => show(request, reply, null, { fileId: request.query.file ?? '' }, []),
  );

  app.post(
    '/projects/opinions/requests/new',
    { config: drafting, schema: { body: axesForm } },
    async (request, reply) => {
      const typed = request.body;
      const attempt = await attemptForm(() =>
        draftRequest(kernel, actorOf(request), { fileId: typed.fileId, axes: typed }),
      );
      if (attempt.done) return reply.redirect(requestAddress(attempt.result.id), 303);
      return show(request, reply, null, typed, attempt.faults);
    },
  );

  const path = '/projects/opinions/requests/:id/edit';
  app.get(path, { config: drafting, schema: { params: idParams } }, async (request, reply) => {
    const about = await requestAt(db, actorOf(request), request.params.id);
    return show(request, reply, about, about.axes, []);
  });
  app.post(
    path,
    { config: drafting, schema: { params: idParams, body: axesForm } },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const version = /^\d{1,9}$/.test(request.body.version) ? Number(request.body.version) : 0;
      const attempt = await attemptForm(() => writeAxes(kernel, actor, id, { version, axes: request.body }));
      if (attempt.done) return reply.redirect(requestAddress(id), 303);
      return show(request, reply, await requestAt(db, actor, id), request.body, attempt.faults);
    },
  );
}

function askRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  type Form = Record<'asked' | 'answer' | 'reason' | 'stance' | 'comment', string>;
  const asks: Record<
    Ask,
    { readonly permission: Permission; work(actor: Actor, id: string, typed: Form): Promise<unknown> }
  > = {
    submit: {
      permission: submitOpinionRequest,
      work: (actor, id) => submitRequest(kernel, actor, id),
    },
    complements: {
      permission: examineOpinionRequest,
      work: (actor, id, { asked }) => askComplements(kernel, actor, id, asked),
    },
    answer: {
      permission: answerComplements,
      work: (actor, id, { answer }) => resumeRequest(kernel, actor, id, answer),
    },
    comment: {
      permission: commentOpinionRequest,
      work: (actor, id, typed) => answerConsultation(kernel, actor, id, typed),
    },
    withdraw: {
      permission: submitOpinionRequest,
      work: (actor, id, { reason }) => withdrawRequest(kernel, actor, id, reason),
    },
  };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    about: OpinionRequest,
    ask: Ask,
    { typed = {}, faults = [] }: { typed?: Typed; faults?: readonly FieldError[] } = {},
  ) {
    const seen = asSeenBy(actorOf(request), about, todayOf(kernel));
    const page = askPage(request.locale, { csrf: csrfField(request), request: seen, ask, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  for (const ask of ASKS) {
    const { permission, work } = asks[ask];
    const path = `/projects/opinions/requests/:id/${ask}`;
    app.get(path, { config: { permission }, schema: { params: idParams } }, async (request, reply) =>
      show(request, reply, await requestAt(db, actorOf(request), request.params.id), ask),
    );
    app.post(
      path,
      { config: { permission }, schema: { params: idParams, body: shortForm } },
      async (request, reply) => {
        const actor = actorOf(request);
        const about = await requestAt(db, actor, request.params.id);
        const attempt = await attemptForm(() => work(actor, about.id, request.body));
        if (attempt.done) return reply.redirect(requestAddress(about.id), 303);
        return show(request, reply, about, ask, { typed: request.body, faults: attempt.faults });
      },
    );
  }
}
