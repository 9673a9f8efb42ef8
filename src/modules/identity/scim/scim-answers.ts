// How SCIM answers (RFC 7644, 3.8 and 3.12): its content type, and every refusal as an error of its own form.

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { UNSTORABLE_TEXT } from '#platform/database/database.errors.ts';
import { type ErrorKind, isSocleError, notFound, type SocleError } from '#platform/errors.ts';

/** The content type of every answer. */
export const SCIM_TYPE = 'application/scim+json; charset=utf-8';

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unprocessable: 400,
  'too-many': 429,
  unavailable: 503,
};

/** Where a refusal's kind says less than SCIM wants to hear (RFC 7644, table 9). */
const SCIM_TYPES: Readonly<Record<string, string>> = {
  'invalid-input': 'invalidValue',
  'identity.scim-not-unique': 'uniqueness',
  'identity.scim-email-taken': 'uniqueness',
  'identity.scim-filter-refused': 'invalidFilter',
  'identity.scim-syntax': 'invalidSyntax',
  'identity.scim-path-refused': 'invalidPath',
};

interface Refusal {
  readonly status: number;
  readonly scimType?: string | undefined;
  readonly detail: string;
}

/** Sends `body` as SCIM. */
export function sendScim(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).type(SCIM_TYPE).serializer(JSON.stringify).send(body);
}

function ofSocle(error: SocleError, { locale }: FastifyRequest): Refusal {
  const fields = error.fields.map(({ field, text }) =>
    field === '' ? text[locale] : `${field}: ${text[locale]}`,
  );
  return {
    status: error.code === 'identity.scim-version-passed' ? 412 : STATUS[error.kind],
    scimType: SCIM_TYPES[error.code],
    detail: [error.publicText(locale), ...fields].join(' '),
  };
}

/** What Fastify refuses before a route sees it. */
function ofFastify({ statusCode = 500, code, validation, message }: FastifyError): Refusal | null {
  if (validation) return { status: 400, scimType: 'invalidValue', detail: message };
  if (statusCode < 400 || statusCode >= 500) return null;
  if (statusCode === 413) return { status: 413, detail: 'The body is larger than 100 kB.' };
  if (statusCode === 415) return { status: 415, detail: 'Send application/scim+json.' };
  return {
    status: statusCode,
    scimType: statusCode === 400 ? 'invalidSyntax' : undefined,
    detail: message || code,
  };
}

/** What the library refuses: its errors name their status and scimType. */
function ofLibrary(error: unknown): Refusal | null {
  const { name, status, scimType, message } = error as {
    name?: string;
    status?: number;
    scimType?: string;
    message?: string;
  };
  if (name !== 'SCIMError' || typeof status !== 'number' || status >= 500) return null;
  return { status, scimType, detail: message ?? '' };
}

function refusalOf(error: unknown, request: FastifyRequest): Refusal | null {
  if (isSocleError(error)) return ofSocle(error, request);
  const { code } = error as { code?: string };
  if (UNSTORABLE_TEXT.has(code ?? ''))
    return { status: 400, scimType: 'invalidValue', detail: 'A text cannot be kept.' };
  return ofLibrary(error) ?? ofFastify(error as FastifyError);
}

/** Answers a refusal or a fault; a fault says nothing of itself. */
export function sendScimError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, request) ?? {
    status: 500,
    detail: 'Something went wrong; it is recorded.',
  };
  const { status, scimType, detail } = refusal;
  if (status >= 500) request.log.error({ err: error }, 'a SCIM request failed');
  else request.log.info({ status, scimType }, 'a SCIM request was refused');
  if (status === 401) reply.header('www-authenticate', challengeFor(request));
  return sendScim(reply, status, {
    schemas: [ERROR_SCHEMA],
    status: String(status),
    ...(scimType && { scimType }),
    detail,
  });
}

/** The challenge of RFC 6750, 3: a request that sent no token is not told that its token is wrong. */
function challengeFor({ headers }: FastifyRequest): string {
  return `Bearer realm="scim"${headers.authorization === undefined ? '' : ', error="invalid_token"'}`;
}

/** Answers what is not there. */
export function sendScimNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendScimError(notFound(), request, reply);
}
