// Programs that act for themselves, and resources that they may ask tokens for, as tests register and use them.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { buildApp } from '#app/app.ts';
import { type Config, loadConfig } from '#platform/config.ts';
import { openOutgoing } from '#platform/http/outgoing.ts';
import type { Logger } from '#platform/log.ts';
import type { TestApp } from '#test/support/app.ts';
import { atTheEnd } from '#test/support/database.ts';
import { silentLog } from '#test/support/silent-log.ts';
import type { Realm } from './realms.ts';

/** The machines' issuer, as an app of tests without a public address has it. */
export const MACHINES = 'http://localhost/connect/machines';

/** What a registration says; the rest is as for a program in production that proves itself by a secret. */
interface MachineSettings {
  readonly realm: Realm;
  readonly state: 'test' | 'production' | 'suspended' | 'closed';
  readonly method: 'private_key_jwt' | 'client_secret_basic' | 'client_secret_post' | 'tls_client_auth';
  readonly tlsSubject: string | null;
  readonly dpopBound: boolean;
  readonly certificateBound: boolean;
  /** Algorithm of its key, where it proves itself by one. */
  readonly alg: 'ES256' | 'RS256' | 'PS256' | 'EdDSA';
  /** Granted resources, each with the scopes granted. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  readonly serves: readonly string[];
}

/** A registered program, with what its team alone knows. */
export interface Machine {
  readonly id: string;
  readonly clientId: string;
  readonly secret: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

type Database = Pick<TestApp, 'database'>;

/** Registers a resource. @returns its identifier. */
export async function registerResource(
  { database }: Database,
  { scopes = ['read', 'write'], tokenSeconds = 600 }: { scopes?: string[]; tokenSeconds?: number } = {},
): Promise<string> {
  const identifier = `https://api.example/${randomBytes(6).toString('hex')}/`;
  await database.pool.query(
    `insert into identity.resources (identifier, name, organisation_id, scopes, token_seconds, created_at, search_text)
     select $1, 'Essai', id, $2, $3, now(), 'essai' from identity.organisations order by search_text limit 1`,
    [identifier, scopes, tokenSeconds],
  );
  return identifier;
}

/** Registers a program. */
export async function registerMachine(app: Database, given: Partial<MachineSettings> = {}): Promise<Machine> {
  const { realm = 'machines', state = 'production', method = 'client_secret_basic', alg = 'ES256' } = given;
  const {
    tlsSubject = null,
    dpopBound = false,
    certificateBound = false,
    resources = {},
    serves = [],
  } = given;
  const { pool } = app.database;
  const id = randomUUID();
  const clientId = `program-${randomBytes(8).toString('hex')}`;
  const suspended = state === 'suspended' ? 'production' : null;
  await pool.query(
    `insert into identity.services (id, client_id, realm, name, purpose, organisation_id, contact_email, state,
       suspended_from, suspension_reason, client_authentication, tls_subject, dpop_bound, certificate_bound,
       created_at, changed_at, search_text)
     select $1, $2, $3, 'Programme', 'Essai', o.id, 'equipe@service.example', $4, $5, $5, $6, $7, $8, $9, now(),
       now(), 'essai' from identity.organisations o order by o.search_text limit 1`,
    [id, clientId, realm, state, suspended, method, tlsSubject, dpopBound, certificateBound],
  );
  for (const [identifier, scopes] of Object.entries(resources)) {
    await pool.query(
      `insert into identity.service_resources (service_id, resource_id, scopes, granted_at)
       select $1, id, $3, now() from identity.resources where identifier = $2`,
      [id, identifier, scopes],
    );
  }
  for (const identifier of serves) {
    await pool.query(
      'insert into identity.resource_servers select id, $1 from identity.resources where identifier = $2',
      [id, identifier],
    );
  }
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: `key-${clientId}`, alg, use: 'sig' };
  await pool.query(
    'insert into identity.service_keys (service_id, kid, public_jwk, created_at) values ($1, $2, $3, now())',
    [id, publicJwk.kid, JSON.stringify(publicJwk)],
  );
  const secret = await addSecret(app, id);
  return { id, clientId, secret, privateKey, publicJwk };
}

/** Gives a service another secret. @returns it. */
export async function addSecret({ database }: Database, serviceId: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await database.pool.query(
    'insert into identity.service_secrets (service_id, hash, ending, created_at) values ($1, $2, $3, now())',
    [serviceId, createHash('sha256').update(secret).digest(), secret.slice(-4)],
  );
  return secret;
}

/** What an endpoint answered. */
interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The `Authorization` header of a program with a secret (RFC 6749, 2.3.1). */
export function basicOf(clientId: string, secret: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
}

/** Posts a form, or a text as it is, to an endpoint of a realm. */
export async function postTo(
  app: FastifyInstance,
  endpoint: string,
  form: Record<string, string> | [string, string][] | string,
  {
    realm = 'machines',
    headers = {},
    from = '127.0.0.1',
  }: { realm?: Realm; headers?: Record<string, string>; from?: string } = {},
): Promise<Answer> {
  const answer = await app.inject({
    method: 'POST',
    url: `/connect/${realm}/${endpoint}`,
    payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    remoteAddress: from,
  });
  const isJson = String(answer.headers['content-type']).startsWith('application/json');
  return {
    status: answer.statusCode,
    body: isJson ? answer.json() : { text: answer.body },
    headers: answer.headers,
  };
}

/** Asks for a token by the program's secret. */
export function askToken(
  app: FastifyInstance,
  machine: Pick<Machine, 'clientId' | 'secret'>,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return postTo(
    app,
    'token',
    { grant_type: 'client_credentials', ...form },
    { headers: { ...basicOf(machine.clientId, machine.secret), ...headers } },
  );
}

/** The token itself; throws where there is none. */
export async function tokenOf(
  app: FastifyInstance,
  machine: Pick<Machine, 'clientId' | 'secret'>,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<string> {
  const { status, body } = await askToken(app, machine, form, headers);
  if (status !== 200) throw new Error(`No token: ${status} ${JSON.stringify(body)}`);
  return String(body.access_token);
}

/** A client assertion (RFC 7523) of the program, `claims` laid over what is right. */
export function assertionOf(
  machine: Machine,
  claims: Record<string, unknown> = {},
  audience = MACHINES,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { clientId, publicJwk, privateKey } = machine;
  return new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: String(publicJwk.alg), kid: String(publicJwk.kid) })
    .sign(privateKey);
}

/** The form fields by which a program proves itself with an assertion. */
export function assertionForm(assertion: string): Record<string, string> {
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

/** The `jti` of a token. */
export function jtiOf(token: string): string {
  return String(decodeJwt(token).jti);
}

/** Another instance over the same database, with settings of its own; closed when the file has ended. */
export async function anotherInstance(
  state: TestApp,
  settings: NodeJS.ProcessEnv = {},
  log: Logger = silentLog,
): Promise<{ app: FastifyInstance; config: Config }> {
  const config = loadConfig({ SOCLE_RATE_LIMIT: '1000000', ...settings });
  const kernel = { ...state.kernel, config, log, outgoing: openOutgoing({ allowPrivate: true }) };
  const app = await buildApp({ kernel, address: state.database.address, signer: state.signer });
  await app.ready();
  atTheEnd(() => app.close());
  return { app, config };
}

/** Longer than a service is kept by the lookup. */
const LOOKUP_FORGETS_MS = 1_100;

/** Lets the lookup of services forget what it knew. */
export function lookupForgets(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOKUP_FORGETS_MS));
}
