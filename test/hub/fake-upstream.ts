// An identity provider that lies as a test tells it to: it signs whatever it is given, over a real connection.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import type { PeopleRealm } from '#modules/identity/hub/realms.ts';
import { sealedClientSecret } from '#modules/identity/upstreams/client-credentials.ts';
import { insertUpstream } from '#modules/identity/upstreams/upstreams.repository.ts';
import { atTheEnd } from '#test/support/database.ts';
import type { TestHub } from './hub.support.ts';

/** What one sign-in at the provider comes with. */
export interface Answering {
  /** Laid over the claims of an honest ID token; an undefined value leaves a claim out. */
  readonly claims?: JWTPayload;
  /** Laid over what userinfo tells. */
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** Makes the ID token instead of an honest signature. */
  readonly sign?: (claims: JWTPayload, provider: FakeUpstream) => Promise<string> | string;
  /** Bends the address by which the browser comes back. */
  readonly comeBack?: (address: URL) => void;
}

/** A provider of the tests. */
export interface FakeUpstream {
  readonly id: string;
  readonly issuer: string;
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly privateKey: CryptoKey;
  readonly publicPem: string;
  readonly publicJwk: JWK;
  /** From now on it answers so. */
  answer(how: Answering): void;
}

const KID = 'fake';

/** Starts a provider and records it among the hub's. It speaks for one domain and one organisation. */
export async function startFakeUpstream(
  hub: TestHub,
  {
    realm = 'agents',
    domain = `${randomBytes(4).toString('hex')}.example`,
    vouchesForOrganisation = true,
    organisations = 1,
  }: {
    realm?: PeopleRealm;
    domain?: string;
    vouchesForOrganisation?: boolean;
    organisations?: number;
  } = {},
): Promise<FakeUpstream> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const served = await hub.query<{ id: string; siret: string }>(
    `select id, siret from identity.organisations
     where exists_until is null and siret is not null order by code limit $1`,
    [organisations],
  );
  const clientSecret = randomBytes(32).toString('base64url');
  const nonces = new Map<string, string>();
  let how: Answering = {};

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const person = {
    sub: `sub-${randomUUID()}`,
    email: `ada@${domain}`,
    given_name: 'Ada',
    usual_name: 'Lépine',
    siret: served[0]?.siret ?? '',
  };
  const provider: FakeUpstream = {
    id: randomUUID(),
    issuer,
    domain,
    clientId: 'hub',
    clientSecret,
    privateKey,
    publicPem: await exportSPKI(publicKey),
    publicJwk,
    answer: (next) => {
      how = next;
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', issuer);
    const json = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration') {
      json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'ES256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
      });
    } else if (url.pathname === '/jwks') {
      json({ keys: [publicJwk] });
    } else if (url.pathname === '/authorize') {
      const code = randomBytes(16).toString('hex');
      nonces.set(code, url.searchParams.get('nonce') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      back.searchParams.set('iss', issuer);
      how.comeBack?.(back);
      response.writeHead(303, { location: back.href }).end();
    } else if (url.pathname === '/token') {
      let body = '';
      for await (const chunk of request) body += chunk;
      const nonce = nonces.get(new URLSearchParams(body).get('code') ?? '');
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, aud: 'hub', nonce, iat: now, exp: now + 300, ...person, ...how.claims };
      const sign = how.sign ?? ((given: JWTPayload) => signed(privateKey, given));
      json({
        access_token: 'token',
        token_type: 'Bearer',
        id_token: await sign(JSON.parse(JSON.stringify(claims)), provider),
      });
    } else if (url.pathname === '/userinfo') {
      json({ ...person, ...how.claims, ...how.userinfo });
    } else {
      response.writeHead(404).end();
    }
  }

  await hub.app.kernel.db.transaction().execute((trx) =>
    insertUpstream(
      trx,
      provider.id,
      {
        realm,
        name: `Fournisseur de ${domain}`,
        issuer,
        clientId: 'hub',
        clientAuthentication: 'client_secret_basic',
        scopes: 'openid profile email',
        vouchesForOrganisation,
        vouchesForSecondFactor: false,
        bestAssurance: 'eidas1',
        isEnabled: true,
        isDemonstration: false,
        domains: realm === 'agents' ? [domain] : [],
        organisationIds: realm === 'agents' ? served.map(({ id }) => id) : [],
      },
      {
        sealedClientSecret: sealedClientSecret(hub.app.kernel.secret, provider.id, clientSecret),
        sealedClientKey: null,
      },
    ),
  );
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return provider;
}

/** Signs as the provider does. */
export function signed(
  key: CryptoKey | Uint8Array,
  claims: JWTPayload,
  header: { alg: string; kid?: string; typ?: string } = { alg: 'RS256', kid: KID },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}
