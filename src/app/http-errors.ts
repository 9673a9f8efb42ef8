// The one place where a kind of error becomes an HTTP status, and an error becomes a page or problem+json (RFC 9457).

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UNSTORABLE_TEXT } from '#platform/database/database.errors.ts';
import {
  type ErrorKind,
  type FieldError,
  invalidInput,
  isSocleError,
  notFound,
  SocleError,
} from '#platform/errors.ts';
import { fieldErrorOf } from '#platform/http/field-errors.ts';
import { isSafeReturnPath } from '#platform/http/return-path.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { errorPage } from './error.pages.ts';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unprocessable: 422,
  'too-many': 429,
  unavailable: 503,
};

const fault = new SocleError({
  code: 'fault',
  kind: 'unavailable',
  text: {
    fr: 'Une erreur est survenue de notre côté. Elle est enregistrée ; réessayez dans quelques instants.',
    en: 'Something went wrong on our side. It is recorded; try again in a moment.',
  },
});

const badRequest = new SocleError({
  code: 'bad-request',
  kind: 'invalid',
  text: {
    fr: 'La demande est mal formée : sa forme, sa taille ou son type n’est pas celui attendu.',
    en: 'The request is malformed: its form, size or type is not what is expected.',
  },
});

/** The refusal that stands for `error`, whatever threw it, and the status that goes with it. */
function refusalOf(error: unknown): { refusal: SocleError; status: number } {
  if (isSocleError(error)) return { refusal: error, status: STATUS[error.kind] };
  const { validation, validationContext, statusCode, code } = error as FastifyError;
  if (validation) {
    const fields: FieldError[] = validation.map((item) => fieldErrorOf(item, validationContext ?? 'body'));
    return { refusal: invalidInput({ fields }), status: STATUS.invalid };
  }
  // Refused by Fastify or a plugin before any route: a body too large, a wrong content type, a bad address.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { refusal: badRequest, status: statusCode };
  if (UNSTORABLE_TEXT.has(code)) return { refusal: badRequest, status: STATUS.invalid };
  return { refusal: fault, status: 500 };
}

function wantsJson(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || !(request.headers.accept ?? '').includes('text/html');
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: SocleError,
  status: number,
): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      type: `urn:socle:error:${refusal.code}`,
      title: refusal.publicText(request.locale),
      status,
      code: refusal.code,
      instance: `urn:uuid:${request.id}`,
      ...(refusal.fields.length > 0 && {
        errors: refusal.fields.map(({ field, text }) => ({ field, detail: text[request.locale] })),
      }),
    });
}

function send(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { refusal, status } = refusalOf(error);
  if (status >= 500) request.log.error({ err: error, code: refusal.code }, 'a request failed');
  else request.log.info({ code: refusal.code, detail: refusal.detail }, 'a request was refused');
  if (wantsJson(request)) return sendProblem(request, reply, refusal, status);
  if (refusal.kind === 'unauthenticated' && request.method === 'GET' && isSafeReturnPath(request.url)) {
    return reply.redirect(`/sign-in?back=${encodeURIComponent(request.url)}`, 303);
  }
  return sendPage(
    reply,
    errorPage({ locale: request.locale, refusal, status, requestId: request.id }),
    status,
  );
}

/** Turns every error of `app` into an answer. */
export function registerErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => send(error, request, reply));
}

/** Answers what no route does. It needs the session, so that the page knows its reader like any other. */
export function registerNotFound(site: FastifyInstance): void {
  // Counted like any request, so that nobody can search for addresses without end.
  site.setNotFoundHandler({ preHandler: site.rateLimit() }, (request, reply) =>
    send(notFound(), request, reply),
  );
}
