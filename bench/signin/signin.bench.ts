// Complete federated sign-ins: a service asks the hub, the hub its upstream provider, and back to code, tokens and
// userinfo. Socle, with its pages and its state in PostgreSQL, against a hub made of the bare protocol libraries with
// their state in memory. Both stand on the same provider, and take turns in one run.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { sealedClientSecret } from '#modules/identity/upstreams/client-credentials.ts';
import { startPeer } from '../support/bare-process.ts';
import { median, printFigures, printMachine, round } from '../support/figures.ts';
import { withInstallation } from '../support/installation.ts';
import { startServer } from '../support/server.ts';
import { Browser, call } from './browser.ts';
import { bareHubProgram, upstreamProgram } from './parties.ts';

const AT_ONCE = 32;
const SECONDS = 8;
const ROUNDS = 5;
const PEOPLE = 200;
const CALLBACK = 'http://localhost/bench-callback';
const CLIENT = 'bench-service';

interface Hub {
  readonly authorize: string;
  readonly token: string;
  readonly userinfo: string;
}

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const dataFolder = join(folder, 'data');
const secret = randomBytes(32).toString('base64url');
const upstreamSecret = randomBytes(32).toString('base64url');
const authorization = `Basic ${Buffer.from(`${CLIENT}:${secret}`).toString('base64')}`;
const stops: (() => Promise<void>)[] = [];

/** Registers the service and the provider in Socle. @returns the SIRET of the organisation that both belong to. */
async function register(upstream: string | null): Promise<string> {
  return withInstallation(dataFolder, async ({ db, secret: keys }) => {
    const { rows } = await sql<{ id: string; siret: string }>`
      select id, siret from identity.organisations where siret is not null order by search_text limit 1`.execute(
      db,
    );
    const [organisation] = rows;
    if (!organisation) throw new Error('The demonstration State has no organisation.');
    if (upstream === null) return organisation.siret;
    const id = randomUUID();
    await sql`
      with upstream as (
        insert into identity.upstreams (id, realm, name, issuer, client_id, sealed_client_secret, client_authentication,
          scopes, vouches_for_organisation)
        values (${id}, 'agents', 'bench', ${upstream}, 'hub', ${sealedClientSecret(keys, id, upstreamSecret)},
          'client_secret_basic', 'openid profile email siret', true) returning id),
      domain as (insert into identity.upstream_domains (upstream_id, domain) select id, 'bench.example' from upstream),
      organisation as (
        insert into identity.upstream_organisations (upstream_id, organisation_id)
        select id, ${organisation.id} from upstream),
      service as (
        insert into identity.services (client_id, realm, name, purpose, organisation_id, contact_email, state,
          client_authentication, redirect_uris, created_at, changed_at, search_text)
        values (${CLIENT}, 'agents', 'bench', 'bench', ${organisation.id}, 'bench@example.org', 'production',
          'client_secret_basic', ${[CALLBACK]}, now(), now(), 'bench') returning id),
      claims as (
        insert into identity.service_claims (service_id, claim, reason, granted_at)
        select id, claim, 'bench', now() from service, unnest(array['email', 'given_name', 'usual_name', 'siret']) claim)
      insert into identity.service_secrets (service_id, hash, ending, created_at)
      select id, ${createHash('sha256').update(secret).digest()}, ${secret.slice(-4)}, now() from service`.execute(
      db,
    );
    return organisation.siret;
  });
}

/** One person signs in to the service, from its request to its userinfo. */
async function signIn(hub: Hub, person: number): Promise<void> {
  const email = `person-${person % PEOPLE}@bench.example`;
  const browser = new Browser();
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile email siret',
    state: randomBytes(8).toString('hex'),
    nonce: randomBytes(8).toString('hex'),
    login_hint: email,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  let url = `${hub.authorize}?${query}`;
  let answer = await browser.send(url);
  for (let step = 0; ; step += 1) {
    if (step > 20) throw new Error(`The sign-in does not end: ${url}`);
    if (answer.location !== null) {
      url = answer.location;
      if (url.startsWith(CALLBACK)) break;
      answer = await browser.send(url);
      continue;
    }
    // The person's address, then (at Socle, the first time) what is passed on.
    const action = /action="([^"]*\/interaction\/[^"]*\/(email|accept))"/.exec(answer.body)?.[1];
    if (!action) throw new Error(`No way on from ${url} (${answer.status}): ${answer.body.slice(0, 500)}`);
    url = new URL(action, url).href;
    answer = await browser.send(url, action.endsWith('email') ? { email } : {});
  }
  const code = new URL(url).searchParams.get('code') ?? '';
  const tokens = await call(hub.token, {
    authorization,
    form: { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier },
  });
  const info = await call(hub.userinfo, { authorization: `Bearer ${tokens.access_token}` });
  if (info.email !== email) throw new Error(`The userinfo is of ${info.email}.`);
}

/** Signs people in for some seconds, several at once. */
async function load(hub: Hub, seconds: number): Promise<{ perSecond: number; times: number[] }> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let person = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < end) {
        const began = performance.now();
        await signIn(hub, person++);
        times.push(performance.now() - began);
      }
    }),
  );
  return { perSecond: times.length / ((performance.now() - start) / 1000), times };
}

try {
  const socle = await startServer(dataFolder);
  stops.unshift(() => socle.stop());
  const siret = await register(null);
  const upstream = await startPeer(folder, 'upstream', upstreamProgram(upstreamSecret, siret));
  stops.unshift(() => upstream.stop());
  await register(upstream.address);
  const bare = await startPeer(folder, 'bare-hub', bareHubProgram(upstream.address, upstreamSecret, secret));
  stops.unshift(() => bare.stop());

  const agents = `${socle.address}/connect/agents`;
  const hubs: Record<'socle' | 'bare', Hub> = {
    socle: { authorize: `${agents}/authorize`, token: `${agents}/token`, userinfo: `${agents}/userinfo` },
    bare: {
      authorize: `${bare.address}/auth`,
      token: `${bare.address}/token`,
      userinfo: `${bare.address}/me`,
    },
  };
  // Everyone once, so that the rounds measure people who come again.
  for (const hub of Object.values(hubs)) await load(hub, SECONDS);
  const rounds: Record<'socle' | 'bare', { perSecond: number; times: number[] }[]> = { socle: [], bare: [] };
  for (let i = 0; i < ROUNDS; i++) {
    rounds.socle.push(await load(hubs.socle, SECONDS));
    rounds.bare.push(await load(hubs.bare, SECONDS));
  }
  const perSecond = (name: 'socle' | 'bare') => median(rounds[name].map((one) => one.perSecond));
  const percentile = (name: 'socle' | 'bare', share: number) => {
    const sorted = rounds[name].flatMap(({ times }) => times).sort((x, y) => x - y);
    return round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  };
  const row = (what: string, name: 'socle' | 'bare') => ({
    what,
    sign_ins_per_s: round(perSecond(name)),
    spread: `${round(Math.min(...rounds[name].map((one) => one.perSecond)))} to ${round(Math.max(...rounds[name].map((one) => one.perSecond)))}`,
    p50_ms: percentile(name, 0.5),
    p99_ms: percentile(name, 0.99),
  });
  printMachine({ at_once: String(AT_ONCE), people: String(PEOPLE), rounds: String(ROUNDS) });
  printFigures(
    [row('Socle', 'socle'), row('bare oidc-provider and openid-client, in memory', 'bare')],
    'TLS, a network, several processes of Socle. The provider, the two hubs and the browsers share the processors; Socle also draws its page, keeps everything in PostgreSQL and writes each sign-in into its history.',
    {
      vs_bare_oidc_provider: round(perSecond('socle') / perSecond('bare'), 3),
      sign_ins_per_s: round(perSecond('socle')),
      bare_sign_ins_per_s: round(perSecond('bare')),
      p50_ms: percentile('socle', 0.5),
      p99_ms: percentile('socle', 0.99),
    },
  );
} finally {
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true, force: true });
}
