// What each request carries from its first moment: an id, the W3C trace that it belongs to, and the reader's language.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Bindings, ChildLoggerOptions } from 'pino';
import { isLocale, type Locale, localeOfAcceptLanguage } from '../i18n/locale.ts';

declare module 'fastify' {
  interface FastifyRequest {
    locale: Locale;
    /** 32 hexadecimal digits: the trace of the caller, else one that starts here (W3C Trace Context, section 3.2). */
    traceId: string;
  }
}

/** Cookie that keeps the language a person chose. */
export const LOCALE_COOKIE = 'locale';

/** The id of a request: ours always, so that a caller cannot forge another's line in the log. */
export function requestId(): string {
  return randomUUID();
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;

/** The trace id of a `traceparent` header, or a new one when it is absent or malformed. */
export function traceIdOf(header: string | string[] | undefined): string {
  const traceId = header === undefined ? undefined : TRACEPARENT.exec(String(header))?.[1];
  // Node draws the randomness of many UUIDs at once; 122 of the 128 bits are random.
  return traceId && !/^0+$/.test(traceId) ? traceId : randomUUID().replaceAll('-', '');
}

/** The language that a raw request asks for: the cookie of a choice made earlier, then Accept-Language, then French. */
export function localeOf(request: IncomingMessage): Locale {
  const chosen = /(?:^|;\s*)locale=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  return isLocale(chosen) ? chosen : localeOfAcceptLanguage(request.headers['accept-language']);
}

// A request's trace is asked for before there is a request of the framework: by its logger.
const traces = new WeakMap<IncomingMessage, string>();

function traceOf(request: IncomingMessage): string {
  const known = traces.get(request);
  if (known !== undefined) return known;
  const traceId = traceIdOf(request.headers.traceparent);
  traces.set(request, traceId);
  return traceId;
}

/** Makes the logger of one request, which names its trace in each line. */
export function requestLogger(
  logger: FastifyBaseLogger,
  bindings: Bindings,
  options: ChildLoggerOptions,
  request: IncomingMessage,
): FastifyBaseLogger {
  return logger.child({ ...bindings, traceId: traceOf(request) }, options);
}

/** Gives each request its trace and language, and tells the caller the request's id. */
export function registerRequestContext(app: FastifyInstance): void {
  app.decorateRequest('locale', 'fr');
  app.decorateRequest('traceId', '');
  app.addHook('onRequest', async (request, reply) => {
    request.locale = localeOf(request.raw);
    request.traceId = traceOf(request.raw);
    reply.header('x-request-id', request.id);
    reply.header('content-language', request.locale);
  });
}
