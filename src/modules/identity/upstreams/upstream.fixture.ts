// A real OpenID provider on loopback for tests of the hub's upstream side: oidc-provider, with answers that a test bends.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { isSocleError } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { sealedClientSecret } from './client-credentials.ts';
import { insertUpstream } from './upstreams.repository.ts';
import type { Upstream, UpstreamSettings } from './upstreams.types.ts';

/** Socle's own origin in these tests. */
export const ORIGIN = 'http://localhost:3000';
/** Where the provider sends the browser back to. */
export const REDIRECT_URI = `${ORIGIN}/connect/agents/callback`;

/** How a test bends what the provider answers at a path; it gets the parsed body, and gives another back. */
export type Bend = (
  body: Record<string, unknown>,
) => Promise<Record<string, unknown>> | Record<string, unknown>;

/** A provider that runs. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Requests so far, by path. */
  readonly asked: Map<string, number>;
  /** Bends the answers at a path: `/token`, `/me`, ... */
  bend(path: string, bend: Bend): void;
  /** From now on answers with this status, never answers, or answers as it should (null). */
  fail(how: number | 'hang' | null): void;
  /** Signs claims by the provider's own key. */
  sign(claims: JWTPayload, header?: { alg?: string; typ?: string; kid?: string }): Promise<string>;
  /** The same without any signature (`alg: none`). */
  unsigned(claims: JWTPayload): string;
  /** Goes through the sign-in as a browser would. @returns the address that it ends at, under `redirectUri`. */
  browse(address: URL, redirectUri: string): Promise<URL>;
  stop(): Promise<void>;
}

/** Starts a provider with one client, whose every visitor is signed in as the subject `ada` at once. */
export async function startTestProvider({
  redirectUri,
  client = {},
  jwks = null,
}: {
  redirectUri: string;
  client?: Record<string, unknown>;
  /** Where the client publishes its keys, for private_key_jwt. */
  jwks?: { keys: JWK[] } | null;
}): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = 'provider-key';
  const asked = new Map<string, number>();
  const bends = new Map<string, Bend>();
  let failure: number | 'hang' | null = null;
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    if (failure === 'hang') return;
    if (typeof failure === 'number') {
      response.writeHead(failure).end();
      return;
    }
    const bend = bends.get(path);
    if (bend) bendAnswer(response, bend);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientSecret = 'a-secret-of-the-test';
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'hub',
        ...(jwks ? { token_endpoint_auth_method: 'private_key_jwt', jwks } : { client_secret: clientSecret }),
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [redirectUri],
        id_token_signed_response_alg: 'ES256',
        ...client,
      } as never,
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }] },
    ...configuration(),
  } as unknown as Configuration);
  provider.on('server_error', (_context, error) => console.error(error));
  const callback = provider.callback();
  handle = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: 'ada' } });
  };
  return {
    issuer,
    clientId: 'hub',
    clientSecret,
    asked,
    bend: (path, bend) => void bends.set(path, bend),
    fail: (how) => {
      failure = how;
    },
    sign: (claims, header = {}) => signed(privateKey, claims, { alg: 'ES256', kid, ...header }),
    unsigned: (claims) => new UnsecuredJWT(claims).encode(),
    browse: (address, end) => browse(address, end),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Records the provider among the hub's upstream providers of agents, with its secret sealed. */
export async function recordedUpstream(
  kernel: Pick<Kernel, 'db' | 'secret'>,
  at: Pick<TestProvider, 'issuer' | 'clientId' | 'clientSecret'>,
  more: Partial<UpstreamSettings> = {},
): Promise<Upstream> {
  const id = randomUUID();
  const settings: UpstreamSettings = {
    realm: 'agents',
    name: `Provider ${id.slice(0, 4)}`,
    issuer: at.issuer,
    clientId: at.clientId,
    clientAuthentication: 'client_secret_basic',
    scopes: 'openid profile email',
    vouchesForOrganisation: false,
    vouchesForSecondFactor: false,
    bestAssurance: 'eidas1',
    isEnabled: true,
    isDemonstration: false,
    domains: [],
    organisationIds: [],
    ...more,
  };
  return kernel.db.transaction().execute((trx) =>
    insertUpstream(trx, id, settings, {
      sealedClientSecret: sealedClientSecret(kernel.secret, id, at.clientSecret),
      sealedClientKey: null,
    }),
  );
}

/** What each sign-in asks for anew. */
export function newSignIn() {
  return {
    origin: ORIGIN,
    redirectUri: REDIRECT_URI,
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    codeVerifier: randomBytes(32).toString('base64url'),
  };
}

/** Accepts a refusal of this code whose detail holds at least `detail`; for `assert.rejects`. */
export function refusal(code: string, detail: Record<string, unknown>) {
  return (error: unknown) => {
    assert.ok(isSocleError(error), String(error instanceof Error ? error.stack : error));
    assert.equal(error.code, code);
    assert.deepEqual({ ...(error.detail as object), ...detail }, error.detail);
    return true;
  };
}

function configuration() {
  return {
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    claims: { openid: ['sub'], email: ['email'], profile: ['given_name', 'siret'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      jwtUserinfo: { enabled: true },
    },
    async findAccount(_context: unknown, accountId: string) {
      return {
        accountId,
        claims: () => ({
          sub: accountId,
          email: 'ada@mef.example',
          given_name: 'Ada',
          siret: '11000401300012',
        }),
      };
    },
    // Nobody is asked for consent: what is under test comes after it.
    async loadExistingGrant(context: {
      oidc: {
        client: { clientId: string };
        session: { accountId: string };
        provider: Provider;
        params: { scope: string };
      };
    }) {
      const { client, session, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(context.oidc.params.scope);
      await grant.save();
      return grant;
    },
  };
}

function signed(
  key: CryptoKey,
  claims: JWTPayload,
  header: { alg: string; typ?: string; kid?: string },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}

/** The answer is held back until it is whole, bent, and sent on. */
function bendAnswer(response: ServerResponse, bend: Bend): void {
  const end = response.end.bind(response) as (chunk?: unknown) => ServerResponse;
  response.end = ((chunk?: unknown) => {
    void (async () => {
      const bent = JSON.stringify(await bend(JSON.parse(String(chunk))));
      response.setHeader('content-length', Buffer.byteLength(bent));
      end(bent);
    })();
    return response;
  }) as typeof response.end;
}

async function browse(address: URL, redirectUri: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next = address;
  for (let step = 0; step < 10; step++) {
    if (next.href.startsWith(redirectUri)) return next;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (location === null) {
      throw new Error(`${next.href} answers ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    }
    next = new URL(location, next);
  }
  throw new Error('The browser goes round in circles.');
}
