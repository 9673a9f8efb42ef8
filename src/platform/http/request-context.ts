// What each request carries from its first moment: an id, the W3C trace that it belongs to, and the reader's language.
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
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

/** The trace id of a `traceparent` header, or a new one when it is absent or malformed. */
export function traceIdOf(header: string | string[] | undefined): string {
  const match = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/.exec(
    String(header ?? ''),
  );
  const traceId = match?.[1];
  return traceId && !/^0+$/.test(traceId) ? traceId : randomBytes(16).toString('hex');
}

/** The language that a raw request asks for: the cookie of a choice made earlier, then Accept-Language, then French. */
export function localeOf(request: IncomingMessage): Locale {
  const chosen = /(?:^|;\s*)locale=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  return isLocale(chosen) ? chosen : localeOfAcceptLanguage(request.headers['accept-language']);
}

/** Gives each request its trace and language, and tells the caller the request's id. */
export function registerRequestContext(app: FastifyInstance): void {
  app.decorateRequest('locale', 'fr');
  app.decorateRequest('traceId', '');
  app.addHook('onRequest', async (request, reply) => {
    request.locale = localeOf(request.raw);
    request.traceId = traceIdOf(request.headers.traceparent);
    request.log = request.log.child({ traceId: request.traceId });
    reply.header('x-request-id', request.id);
    reply.header('content-language', request.locale);
  });
}
