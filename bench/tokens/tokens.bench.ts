// Access tokens by client_credentials (ES256 JWTs of RFC 9068): Socle's machines' realm, its state in PostgreSQL,
// against the bare protocol library with its in-memory adapter and the same client, in interleaved rounds of one run.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sql } from 'kysely';
import { startPeer } from '../support/bare-process.ts';
import { median, printFigures, printMachine, round } from '../support/figures.ts';
import { withInstallation } from '../support/installation.ts';
import { startServer } from '../support/server.ts';

const CONNECTIONS = 64;
const SECONDS = 4;
const ROUNDS = 5;
/** Until the engine has compiled what each side runs; the slower one needs longer. */
const WARM_UP_SECONDS = 15;
const RESOURCE = 'https://api.bench.example/';
const WITH_SECRET = 'bench-machine-with-secret';
const WITH_KEY = 'bench-machine-with-key';

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const dataFolder = join(folder, 'data');
const secret = randomBytes(32).toString('base64url');
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const publicJwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' };

const socle = await startServer(dataFolder);
const peer = await startPeer(
  folder,
  'bare-provider',
  `import { createServer } from 'node:http';
   import { generateKeyPair, exportJWK } from ${JSON.stringify(import.meta.resolve('jose'))};
   import Provider from ${JSON.stringify(import.meta.resolve('oidc-provider'))};
   const { privateKey } = await generateKeyPair('ES256', { extractable: true });
   const server = createServer();
   await new Promise((done) => server.listen(0, '127.0.0.1', done));
   const issuer = 'http://localhost:' + server.address().port;
   const client = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
   const provider = new Provider(issuer, {
     jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'bare' }] },
     clientDefaults: { id_token_signed_response_alg: 'ES256' },
     clients: [
       { ...client, client_id: ${JSON.stringify(WITH_SECRET)}, client_secret: ${JSON.stringify(secret)} },
       { ...client, client_id: ${JSON.stringify(WITH_KEY)}, token_endpoint_auth_method: 'private_key_jwt',
         jwks: { keys: [${JSON.stringify(publicJwk)}] } },
     ],
     ttl: { ClientCredentials: 600 },
     features: {
       devInteractions: { enabled: false },
       clientCredentials: { enabled: true },
       resourceIndicators: {
         enabled: true,
         defaultResource: () => ${JSON.stringify(RESOURCE)},
         getResourceServerInfo: () => ({
           scope: 'read', audience: ${JSON.stringify(RESOURCE)}, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } },
         }),
       },
     },
   });
   server.on('request', provider.callback());
   console.log(issuer);`,
);

interface Target {
  readonly url: string;
  readonly issuer: string;
}
const targets = {
  socle: { url: `${socle.address}/connect/machines/token`, issuer: `${socle.address}/connect/machines` },
  bare: { url: `${peer.address}/token`, issuer: peer.address },
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const basic = `Basic ${Buffer.from(`${WITH_SECRET}:${secret}`).toString('base64')}`;

async function bySecret({ url }: Target, duration = SECONDS) {
  return autocannon({
    url,
    method: 'POST',
    headers: { ...FORM, authorization: basic },
    body: 'grant_type=client_credentials&scope=read',
    connections: CONNECTIONS,
    duration,
  });
}

/** Each request bears an assertion of its own, made before the round. */
async function byKey({ url, issuer }: Target, count: number) {
  const bodies: string[] = [];
  for (let i = 0; i < count; i++) {
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
      .setIssuer(WITH_KEY)
      .setSubject(WITH_KEY)
      .setAudience(issuer)
      .setJti(randomBytes(16).toString('base64url'))
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    bodies.push(
      new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'read',
        client_id: WITH_KEY,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }).toString(),
    );
  }
  let next = 0;
  return autocannon({
    url,
    method: 'POST',
    headers: FORM,
    connections: CONNECTIONS,
    amount: count,
    requests: [{ setupRequest: (request) => ({ ...request, body: bodies[next++ % count] ?? '' }) }],
  });
}

type Result = Awaited<ReturnType<typeof bySecret>>;

function checked(result: Result): { perSecond: number; p50: number; p99: number } {
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0) throw new Error(`${bad} of ${result.requests.total} requests got no token.`);
  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

try {
  await withInstallation(dataFolder, async ({ db }) => {
    await sql`
      with organisation as (select id from identity.organisations order by search_text limit 1),
      service as (
        insert into identity.services (client_id, realm, name, purpose, organisation_id, contact_email, state,
          client_authentication, created_at, changed_at, search_text)
        select client_id, 'machines', 'bench', 'bench', organisation.id, 'bench@example.org', 'production', method,
          now(), now(), 'bench'
        from organisation, (values (${WITH_SECRET}, 'client_secret_basic'), (${WITH_KEY}, 'private_key_jwt')) v (client_id, method)
        returning id, client_authentication),
      resource as (
        insert into identity.resources (identifier, name, organisation_id, scopes, created_at, search_text)
        select ${RESOURCE}, 'bench', organisation.id, array['read'], now(), 'bench' from organisation returning id),
      granted as (
        insert into identity.service_resources (service_id, resource_id, scopes, granted_at)
        select service.id, resource.id, array['read'], now() from service, resource),
      key as (
        insert into identity.service_keys (service_id, kid, public_jwk, created_at)
        select id, 'bench', ${JSON.stringify(publicJwk)}::jsonb, now() from service
        where client_authentication = 'private_key_jwt')
      insert into identity.service_secrets (service_id, hash, ending, created_at)
      select id, ${createHash('sha256').update(secret).digest()}, ${secret.slice(-4)}, now() from service
      where client_authentication = 'client_secret_basic'`.execute(db);
  });
  const token = async ({ url }: Target) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...FORM, authorization: basic },
      body: 'grant_type=client_credentials&scope=read',
    });
    const { access_token: jwt = '' } = (await answer.json()) as { access_token?: string };
    return JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString() || '{}');
  };
  for (const target of Object.values(targets)) {
    const header = await token(target);
    if (header.alg !== 'ES256' || header.typ !== 'at+jwt') throw new Error(`No token of ${target.issuer}.`);
  }
  const rounds = new Map<string, ReturnType<typeof checked>[]>();
  const keep = (name: string, result: Result) => {
    rounds.set(name, [...(rounds.get(name) ?? []), checked(result)]);
  };
  for (const target of Object.values(targets)) {
    checked(await bySecret(target, WARM_UP_SECONDS));
    checked(await byKey(target, 10_000));
  }
  for (let i = 0; i < ROUNDS; i++) {
    for (const [name, target] of Object.entries(targets)) {
      const [secrets, keys] = [await bySecret(target), await byKey(target, 5_000)];
      keep(`${name} secret`, secrets);
      keep(`${name} key`, keys);
    }
  }
  const of = (name: string, figure: 'perSecond' | 'p50' | 'p99') =>
    median((rounds.get(name) ?? []).map((one) => one[figure]));
  const row = (what: string, name: string) => ({
    what,
    tokens_per_s: round(of(name, 'perSecond'), 0),
    spread: `${round(Math.min(...(rounds.get(name) ?? []).map((one) => one.perSecond)), 0)} to ${round(Math.max(...(rounds.get(name) ?? []).map((one) => one.perSecond)), 0)}`,
    p50_ms: of(name, 'p50'),
    p99_ms: of(name, 'p99'),
  });
  printMachine({ connections: String(CONNECTIONS), rounds: String(ROUNDS) });
  printFigures(
    [
      row('Socle, client_secret_basic', 'socle secret'),
      row('bare oidc-provider in memory, client_secret_basic', 'bare secret'),
      row('Socle, private_key_jwt', 'socle key'),
      row('bare oidc-provider in memory, private_key_jwt', 'bare key'),
    ],
    'TLS, a network, several processes of Socle, and the load generator, which takes a processor too. The bare library compares secrets in the clear and forgets used assertions at its end; Socle compares hashes and keeps used assertions in PostgreSQL.',
    {
      vs_bare_oidc_provider: round(of('socle secret', 'perSecond') / of('bare secret', 'perSecond'), 3),
      vs_bare_oidc_provider_private_key_jwt: round(
        of('socle key', 'perSecond') / of('bare key', 'perSecond'),
        3,
      ),
      tokens_per_s: round(of('socle secret', 'perSecond'), 0),
      private_key_jwt_per_s: round(of('socle key', 'perSecond'), 0),
      p50_ms: of('socle secret', 'p50'),
      p99_ms: of('socle secret', 'p99'),
    },
  );
} finally {
  await peer.stop();
  await socle.stop();
  await rm(folder, { recursive: true, force: true });
}
