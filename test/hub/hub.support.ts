// The hub under test: the application on a loopback port, its log kept, and services registered as teams would have them.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Realm } from '#modules/identity/hub/realms.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { type Answer, ask, type Browser, type Steps } from './browser.ts';

/** A line of the log. */
export interface LogLine {
  readonly level: string;
  readonly about: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A hub that listens. */
export interface TestHub {
  readonly app: TestApp;
  /** Such as `http://localhost:12345`. */
  readonly origin: string;
  /** What was logged since the log was last emptied. */
  readonly log: LogLine[];
  issuer(realm: Realm): string;
  /** All that the log says, as one text. */
  logText(): string;
  /** The work address of an agent of the demonstration State. */
  readonly email: string;
  query<T = Record<string, string>>(sql: string, values?: unknown[]): Promise<T[]>;
  register(settings?: Partial<ServiceSettings>): Promise<TestService>;
}

/** What a registration says; the rest is as for a service of agents that is in production. */
export interface ServiceSettings {
  readonly realm: Realm;
  readonly name: string;
  readonly state: 'test' | 'production' | 'suspended' | 'closed';
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | null;
  readonly clientAuthentication: 'private_key_jwt' | 'client_secret_basic' | 'client_secret_post' | 'none';
  readonly idTokenAlg: 'ES256' | 'RS256';
  readonly userinfoAlg: 'ES256' | 'RS256' | null;
  readonly leastAssurance: 'eidas1' | 'eidas2' | 'eidas3' | null;
  readonly mayRefresh: boolean;
  readonly claims: readonly string[];
}

/** A registered service, with what its team alone knows. */
export interface TestService extends ServiceSettings {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly kid: string;
}

/** The address to which services of these tests have people sent back, unless they say otherwise. */
export const CALLBACK = 'https://service.example/callback';

const AGENT_CLAIMS = ['given_name', 'usual_name', 'email', 'siret', 'uid', 'organizational_unit'];
const CITIZEN_CLAIMS = ['given_name', 'family_name', 'birthdate', 'email'];

/** Starts the application and listens. Its log is silent elsewhere, and kept here. */
export async function startHub(): Promise<TestHub> {
  const log: LogLine[] = [];
  keepLog(log);
  const app = await startTestApp();
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.app.server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const query = async <T>(sql: string, values: unknown[] = []) =>
    (await app.database.pool.query(sql, values)).rows as T[];
  const [agent] = await query<{ email: string }>(
    `select p.email from identity.people p join identity.memberships m on m.person_id = p.id
     where m.role = 'agent' and p.email like '%valmarie.example' order by p.email limit 1`,
  );
  if (!agent) throw new Error('The demonstration State has no agent.');
  return {
    app,
    origin,
    log,
    issuer: (realm) => `${origin}/connect/${realm}`,
    logText: () => log.map(({ level, about, message }) => `${level} ${message} ${textOf(about)}`).join('\n'),
    email: agent.email,
    query,
    register: (settings = {}) => register(app, settings),
  };
}

/** `silentLog` is one object for the process: its lines are kept as well as dropped. */
function keepLog(log: LogLine[]): void {
  const keep =
    (level: string) =>
    (about: unknown, message = '') => {
      const isText = typeof about === 'string';
      log.push({
        level,
        about: isText || about === null ? {} : (about as Record<string, unknown>),
        message: isText ? about : message,
      });
    };
  Object.assign(silentLog, {
    fatal: keep('fatal'),
    error: keep('error'),
    warn: keep('warn'),
    info: keep('info'),
  });
}

function textOf(about: unknown): string {
  return JSON.stringify(about, (_name, value: unknown) =>
    value instanceof Error
      ? { ...value, message: value.message, cause: String(value.cause ?? '') }
      : typeof value === 'bigint'
        ? String(value)
        : value,
  );
}

async function register({ database }: TestApp, given: Partial<ServiceSettings>): Promise<TestService> {
  const realm = given.realm ?? 'agents';
  const settings: ServiceSettings = {
    realm,
    name: 'Service à l’essai',
    state: 'production',
    redirectUris: realm === 'machines' ? [] : [CALLBACK],
    postLogoutRedirectUris: realm === 'machines' ? [] : ['https://service.example/bye'],
    backchannelLogoutUri: null,
    clientAuthentication: 'client_secret_basic',
    idTokenAlg: 'ES256',
    userinfoAlg: null,
    leastAssurance: null,
    mayRefresh: false,
    claims: realm === 'agents' ? AGENT_CLAIMS : realm === 'citizens' ? CITIZEN_CLAIMS : [],
    ...given,
  };
  const id = randomUUID();
  const clientId = `essai-${randomBytes(8).toString('hex')}`;
  const clientSecret = randomBytes(32).toString('base64url');
  const { pool } = database;
  const { rows } = await pool.query(
    'select id from identity.organisations where exists_until is null order by code limit 1',
  );
  const isSuspended = settings.state === 'suspended';
  await pool.query(
    `insert into identity.services (id, client_id, realm, name, purpose, organisation_id, contact_email, state,
       suspended_from, suspension_reason, redirect_uris, post_logout_redirect_uris, backchannel_logout_uri,
       client_authentication, id_token_alg, userinfo_alg, least_assurance, may_refresh, created_at, changed_at,
       search_text)
     values ($1,$2,$3,$4,'Essai',$5,'equipe@service.example',$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,now(),now(),'essai')`,
    [
      id,
      clientId,
      realm,
      settings.name,
      rows[0].id,
      settings.state,
      isSuspended ? 'production' : null,
      isSuspended ? 'essai' : null,
      settings.redirectUris,
      settings.postLogoutRedirectUris,
      settings.backchannelLogoutUri,
      settings.clientAuthentication,
      settings.idTokenAlg,
      settings.userinfoAlg,
      settings.leastAssurance,
      settings.mayRefresh,
    ],
  );
  for (const claim of settings.claims) {
    await pool.query('insert into identity.service_claims values ($1, $2, $3, now())', [id, claim, 'Essai']);
  }
  await pool.query(
    `insert into identity.service_secrets (service_id, hash, ending, created_at) values ($1, $2, $3, now())`,
    [id, createHash('sha256').update(clientSecret).digest(), clientSecret.slice(-4)],
  );
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = `key-${clientId}`;
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  await pool.query(
    'insert into identity.service_keys (service_id, kid, public_jwk, created_at) values ($1, $2, $3, now())',
    [id, kid, JSON.stringify(publicJwk)],
  );
  return { ...settings, id, clientId, clientSecret, privateKey, publicJwk, kid };
}

/** The secrets of one authorization request. */
export interface Asked {
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** S256 of a verifier (RFC 7636, 4.2). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** An authorization request of `service`, `more` laid over it; an undefined value leaves a parameter out. */
export function authorizationOf(
  hub: TestHub,
  service: TestService,
  more: Readonly<Record<string, string | undefined>> = {},
): Asked {
  const [state, nonce, verifier] = [1, 2, 3].map(() => randomBytes(32).toString('base64url')) as [
    string,
    string,
    string,
  ];
  const url = new URL(`${hub.issuer(service.realm)}/authorize`);
  const parameters: Record<string, string | undefined> = {
    client_id: service.clientId,
    response_type: 'code',
    redirect_uri: service.redirectUris[0],
    scope: 'openid profile email',
    state,
    nonce,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    ...more,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return { url, state, nonce, verifier };
}

/** Signs the person of `browser` in to `service`. @returns what the service's callback gets. */
export async function signIn(
  hub: TestHub,
  browser: Browser,
  service: TestService,
  { more = {}, steps = {} }: { more?: Readonly<Record<string, string | undefined>>; steps?: Steps } = {},
): Promise<Asked & { readonly callback: URL; readonly code: string }> {
  const asked = authorizationOf(hub, service, more);
  const end = await browser.walk(asked.url, { email: hub.email, ...steps });
  if (!end.location) throw new Error(`The sign-in ends with ${end.status} at ${end.url}: ${textIn(end)}`);
  const callback = end.location;
  return { ...asked, callback, code: callback.searchParams.get('code') ?? '' };
}

/** What a page's main part says, without its markup. */
export function textIn({ body }: Pick<Answer, 'body'>): string {
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body;
  return main
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The `Authorization` header of a service with a secret (RFC 6749, 2.3.1). */
export function basic({ clientId, clientSecret }: Pick<TestService, 'clientId' | 'clientSecret'>): {
  authorization: string;
} {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
}

/** What the token endpoint answers, as JSON. */
export type Tokens = Readonly<Record<string, string>>;

/** Sends a form to one of the realm's endpoints, the service proving itself by its secret. */
export async function call(
  hub: TestHub,
  service: TestService,
  endpoint: 'token' | 'introspect' | 'revoke' | 'par',
  form: Record<string, string>,
): Promise<{ status: number; body: Tokens }> {
  const answer = await ask(`${hub.issuer(service.realm)}/${endpoint}`, { form, headers: basic(service) });
  return { status: answer.status, body: answer.body === '' ? {} : (JSON.parse(answer.body) as Tokens) };
}

/** Redeems a code. */
export function redeem(
  hub: TestHub,
  service: TestService,
  { code, verifier }: { code: string; verifier: string },
): Promise<{ status: number; body: Tokens }> {
  return call(hub, service, 'token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: service.redirectUris[0] ?? '',
    code_verifier: verifier,
  });
}

/** Asks userinfo with an access token. */
export function userinfo(hub: TestHub, realm: Realm, accessToken: string): Promise<Answer> {
  return ask(`${hub.issuer(realm)}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
}
