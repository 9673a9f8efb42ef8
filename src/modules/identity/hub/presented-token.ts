// Introspection and revocation of JWT access tokens. The library knows them for tokens that it keeps; these it does not
// keep. So a presented JWT is verified here, stands in for a kept one while its request lasts, and what is kept is only
// that it was revoked.
import { AsyncLocalStorage } from 'node:async_hooks';
import querystring from 'node:querystring';
import { createLocalJWKSet, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import type { Realm } from './realms.ts';
import type { RealmServices } from './service-lookup.ts';
import type { SigningKey } from './signing-keys.rules.ts';
import { insertRevokedToken, isRevokedToken } from './state.repository.ts';

/** The verified claims of the JWT that this request asks about. */
const presented = new AsyncLocalStorage<PresentedClaims>();

type PresentedClaims = JWTPayload & {
  jti: string;
  exp: number;
  client_id: string;
  scope?: string;
  cnf?: { jkt?: string; 'x5t#S256'?: string };
};

/** Longest body of a question about a token; the protocol library's own bound. */
const LONGEST_BODY = 56 * 1024;
const ABOUT_TOKENS = new Set(['/introspect', '/revoke']);
/** No token has this id. */
const UNKNOWN = 'unknown';
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Middleware for the machines' provider: where a request asks about a JWT that one of `keys` signed for `issuer`, the
 * library is shown the token's id instead, and finds its claims by `presentedToken`. Another JWT becomes a token that
 * nobody knows, so that the answer is "not active" (RFC 7662, 2.2). Anything else passes as it came.
 */
export function readPresentedTokens(issuer: string, keys: readonly SigningKey[]) {
  const publicKeys = createLocalJWKSet({ keys: keys.filter(({ alg }) => alg === 'ES256').map(publicPart) });
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.method !== 'POST' || !ABOUT_TOKENS.has(ctx.path)) return next();
    if (!ctx.is('application/x-www-form-urlencoded')) return next();
    const text = await readBody(ctx.req);
    // Too long: what the library then reads is empty, and it refuses it.
    const body: querystring.ParsedUrlQuery = text === null ? {} : querystring.parse(text);
    const token = typeof body.token === 'string' && JWT.test(body.token) ? body.token : null;
    const claims = token === null ? null : await verifiedClaims(token, issuer, publicKeys);
    const shown = token === null ? body : { ...body, token: claims?.jti ?? UNKNOWN };
    giveToRead(ctx, Buffer.from(querystring.stringify(shown)));
    return claims ? presented.run(claims, next) : next();
  };
}

/** Lets the library read `body` where the request's own was: it reads `readable`, `iterator` and the length. */
function giveToRead(ctx: KoaContextWithOIDC, body: Buffer): void {
  const request = ctx.req;
  request.headers['content-length'] = String(body.length);
  ctx.req = Object.create(request, {
    readable: { value: true },
    iterator: {
      value: async function* () {
        yield body;
      },
    },
  });
}

async function readBody(request: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length > LONGEST_BODY ? null : Buffer.concat(chunks).toString();
}

function publicPart({ jwk, kid }: SigningKey): JWK {
  const { kty = '', crv = '', x = '', y = '' } = jwk;
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' };
}

async function verifiedClaims(
  token: string,
  issuer: string,
  keys: ReturnType<typeof createLocalJWKSet>,
): Promise<PresentedClaims | null> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ['ES256'],
      typ: 'at+jwt',
      requiredClaims: ['exp', 'jti', 'client_id', 'aud'],
    });
    return payload as PresentedClaims;
  } catch {
    return null;
  }
}

/**
 * The adapter of machines' tokens: finds the one that was presented, unless it was revoked or its service was stopped;
 * destroying it revokes it.
 */
export function presentedToken(
  { db }: Pick<Kernel, 'db'>,
  realm: Realm,
  services: RealmServices,
  state: Adapter,
): Adapter {
  return {
    ...state,
    async find(id) {
      const claims = presented.getStore();
      if (claims?.jti !== id || (await isRevokedToken(db, realm, id))) return undefined;
      const { jti, client_id: clientId, scope, aud, iat, exp, cnf } = claims;
      const service = await services.find(clientId);
      // Tokens of a service that was stopped are worth nothing to whoever asks.
      if (!service || service.state === 'suspended' || service.state === 'closed') return undefined;
      const payload: AdapterPayload = {
        kind: 'ClientCredentials',
        jti,
        clientId,
        iat,
        exp,
        ...(aud !== undefined && { aud: Array.isArray(aud) && aud.length === 1 ? aud[0] : aud }),
        ...(scope !== undefined && { scope }),
        ...(cnf?.jkt && { jkt: cnf.jkt }),
        ...(cnf?.['x5t#S256'] && { 'x5t#S256': cnf['x5t#S256'] }),
      } as AdapterPayload;
      return payload;
    },
    async destroy(id) {
      const claims = presented.getStore();
      if (claims?.jti !== id) return;
      await insertRevokedToken(db, { realm, jti: id, expiresAt: new Date(claims.exp * 1000) });
    },
  };
}
