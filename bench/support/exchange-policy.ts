// An API, an accreditation and tokens for benchmarks of the gateway, put into the policy as the control plane would.
import { randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { sql } from 'kysely';
import { publishPolicy } from '#modules/exchange/policy/policy.actions.ts';
import type { AccreditationPolicy, ApiPolicy } from '#modules/exchange/policy/policy.types.ts';
import type { Kernel } from '#platform/kernel.ts';

const RESOURCE = 'https://quotient.api.bench.example/';
const CLIENT = 'bench-consumer';
const ISSUER = 'http://localhost/connect/machines';

/** What was put into the policy, and what calls with it. */
export interface SeededExchange extends BenchKeys {
  readonly path: string;
  readonly clientId: string;
  readonly apiId: string;
  readonly accreditationId: string;
  readonly accreditation: AccreditationPolicy;
  readonly api: ApiPolicy;
}

/** Whom tokens are for. */
export interface TokenHolder {
  readonly clientId: string;
  /** Names, separated by spaces. */
  readonly scope: string;
  readonly resource: string;
  readonly count: number;
}

/** Tokens as the hub makes them, by keys of the benchmark's own. */
export interface BenchKeys {
  readonly es256: readonly string[];
  readonly rs256: readonly string[];
  readonly es256Pem: string;
  readonly rs256Pem: string;
  readonly keys: readonly JWK[];
}

async function tokensOf(
  alg: 'ES256' | 'RS256',
  { clientId, scope, resource, count }: TokenHolder,
): Promise<{ tokens: string[]; pem: string; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const kid = `bench-${alg}`;
  const tokens: string[] = [];
  for (let at = 0; at < count; at++) {
    tokens.push(
      await new SignJWT({ client_id: clientId, scope })
        .setProtectedHeader({ alg, typ: 'at+jwt', kid })
        .setIssuer(ISSUER)
        .setSubject(clientId)
        .setAudience(resource)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('2h')
        .sign(privateKey),
    );
  }
  return {
    tokens,
    pem: await exportSPKI(publicKey),
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
  };
}

/** Makes keys, and tokens that they sign, good for two hours. */
export async function benchKeys(holder: TokenHolder): Promise<BenchKeys> {
  const [es256, rs256] = await Promise.all([tokensOf('ES256', holder), tokensOf('RS256', holder)]);
  return {
    es256: es256.tokens,
    rs256: rs256.tokens,
    es256Pem: es256.pem,
    rs256Pem: rs256.pem,
    keys: [es256.jwk, rs256.jwk],
  };
}

/** Publishes one API whose upstream is `upstream`, with one accreditation for one client, and signs its tokens. */
export async function seedExchange(
  { db }: Pick<Kernel, 'db'>,
  { upstream, tokens, pipelining }: { upstream: string; tokens: number; pipelining: boolean },
): Promise<SeededExchange> {
  const keys = await benchKeys({ clientId: CLIENT, scope: 'quotient', resource: RESOURCE, count: tokens });
  const { rows } = await sql<{ id: string }>`
    select id from identity.organisations order by search_text limit 2`.execute(db);
  const [producer, consumer] = rows;
  if (!producer || !consumer) throw new Error('The demonstration State has no organisation.');
  const [apiId, accreditationId] = [randomUUID(), randomUUID()];
  const api: ApiPolicy = {
    slug: 'bench-quotient',
    producerId: producer.id,
    sensitivity: 'personal',
    subject: { in: 'query', names: ['siren'], kind: 'company' },
    resource: RESOURCE,
    quotaPerMinute: 100_000_000,
    versions: [
      {
        name: 'v1',
        state: 'current',
        endsOn: null,
        upstream: {
          origin: upstream,
          basePath: '',
          timeoutMs: 10_000,
          pipelining,
          proof: 'none',
          sealedSecret: null,
        },
        paths: ['/quotient'],
      },
    ],
    scopes: {
      quotient: ['/quotient', '/annee', '/enfants/*/prenom', '/enfants/*/naissance'],
      adresse: ['/foyer/adresse'],
    },
  };
  const accreditation: AccreditationPolicy = {
    number: 1,
    stage: 'production',
    organisationId: consumer.id,
    clients: [CLIENT],
    purpose: 'Tarification de la cantine',
    validFrom: '2026-01-01T00:00:00.000Z',
    validUntil: null,
    quotaPerMinute: null,
    grants: { [apiId]: ['adresse', 'quotient'] },
  };
  await db.transaction().execute((trx) =>
    publishPolicy(trx, [
      { kind: 'api', id: apiId, body: api },
      { kind: 'accreditation', id: accreditationId, body: accreditation },
    ]),
  );
  return {
    path: '/bench-quotient/v1/quotient?siren=130025265',
    clientId: CLIENT,
    apiId,
    accreditationId,
    accreditation,
    api,
    ...keys,
  };
}

/** Makes gateways take the benchmark's tokens: each one that starts publishes the hub's own keys first. */
export async function publishBenchKeys(
  { db }: Pick<Kernel, 'db'>,
  { keys }: Pick<BenchKeys, 'keys'>,
): Promise<void> {
  const entry = { kind: 'keys', id: 'machines', body: { keys: [...keys] } } as const;
  await db.transaction().execute((trx) => publishPolicy(trx, [entry]));
}
