// Protection against requests that another site makes in a person's name: a token bound to the session in each
// form, and the browser's own word on where the request comes from (OWASP CSRF prevention cheat sheet).
import Tokens from '@fastify/csrf';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Html, html } from '#ui/html.ts';
import { defineError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * `by-handler`: the body is a stream, so the route itself calls `assertCsrfToken` with the token that it reads.
     * `protocol`: other servers and other sites' forms call it by design; what is sent proves itself (OpenID Connect, SCIM).
     */
    csrf?: 'by-handler' | 'protocol';
  }
}

const FIELD = '_csrf';
const HEADER = 'x-csrf-token';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const tokens = Tokens();

const crossSite = defineError('cross-site-request', 'forbidden', {
  fr: 'La page d’où vient cette demande a expiré, ou n’est pas de ce site. Rechargez-la et recommencez.',
  en: 'The page that this request comes from has expired, or is not of this site. Load it again and retry.',
});

/** A token of this session. The first one gives the session its secret. */
export function csrfToken(request: FastifyRequest): string {
  request.session.csrfSecret ??= tokens.secretSync();
  return tokens.create(request.session.csrfSecret);
}

/** The hidden field that each form carries. */
export function csrfField(request: FastifyRequest): Html {
  return html`<input type="hidden" name="${FIELD}" value="${csrfToken(request)}">`;
}

function sentToken(request: FastifyRequest): string | undefined {
  const header = request.headers[HEADER];
  if (typeof header === 'string') return header;
  const field = (request.body as Record<string, unknown> | null | undefined)?.[FIELD];
  return typeof field === 'string' ? field : undefined;
}

/** Throws `cross-site-request` unless `token` is one of this session's. */
export function assertCsrfToken(request: FastifyRequest, token: string | undefined): void {
  const secret = request.session.csrfSecret;
  if (!secret || !token || !tokens.verify(secret, token)) {
    throw crossSite({ detail: secret ? 'wrong or missing token' : 'the session has no token' });
  }
}

/** Throws when the browser says that another site's page made the request (Fetch Metadata, Sec-Fetch-Site). */
function assertSameSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw crossSite({ detail: `sec-fetch-site: ${String(site).slice(0, 40)}` });
  }
}

/** Checks each request that writes, once its body was read and before the route sees it. Needs the session. */
export function registerCsrf(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    const { csrf } = request.routeOptions.config;
    if (SAFE_METHODS.has(request.method) || request.is404 || csrf === 'protocol') return;
    assertSameSite(request);
    if (csrf !== 'by-handler') assertCsrfToken(request, sentToken(request));
  });
}
