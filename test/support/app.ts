// The real application over a fresh database, for tests, and clients that sign in to it as people do.
import type { FastifyInstance, LightMyRequestResponse, RouteOptions } from 'fastify';
import { buildApp } from '#app/app.ts';
import { loadDemonstrationWhereEmpty } from '#app/demonstration.ts';
import { attachModules, migrationSources, modules } from '#app/modules.ts';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import { clockRunningFrom, clockStandingAt, type MovableClock } from '#platform/clock.ts';
import { type Config, loadConfig } from '#platform/config.ts';
import { type Connection, connect, type DatabaseAddress } from '#platform/database/connection.ts';
import { openOutgoing } from '#platform/http/outgoing.ts';
import { type Jobs, openJobs } from '#platform/jobs/pg-boss-queue.ts';
import type { Kernel } from '#platform/kernel.ts';
import { integratePending } from '#platform/ledger/integrator.ts';
import { type LedgerSigner, ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import { mailJobs } from '#platform/mail/delivery.ts';
import { outboxMailer } from '#platform/mail/outbox-mailer.ts';
import { secretOf } from '#platform/secret.ts';
import { atTheEnd, type Filling, freshDatabase } from './database.ts';
import { silentLog } from './silent-log.ts';

/** The moment at which the tests' clock stands at first. */
export const TEST_NOW = new Date('2026-11-24T10:00:00Z');

/** A running application and what a test may hold of it. */
export interface TestApp {
  readonly app: FastifyInstance;
  readonly kernel: Kernel & { readonly clock: MovableClock };
  readonly database: Connection & { readonly address: DatabaseAddress };
  readonly signer: LedgerSigner;
  readonly jobs: Jobs;
  /** Every route that is mounted. */
  readonly routes: readonly RouteOptions[];
  /** A browser in which nobody is signed in. */
  client(): TestClient;
  /** A browser in which a person of the demonstration State with this role is signed in. */
  signedInAs(role: Role): Promise<TestClient>;
  /** Gives the ledger's entries their place, as the server does twice a second. */
  integrate(): Promise<void>;
}

/**
 * Starts the application. With `demonstration` (the default) the demonstration State is loaded. With `runs` its clock goes
 * with the system's from the start on, as that of a gateway beside it does, instead of standing at `TEST_NOW`.
 */
export async function startTestApp({
  demonstration = true,
  runs = false,
  rateLimit = 1_000_000,
  settings = {},
}: {
  demonstration?: boolean;
  runs?: boolean;
  rateLimit?: number;
  settings?: Readonly<Record<string, string>>;
} = {}): Promise<TestApp> {
  const database = await freshDatabase(undefined, migrationSources(), demonstration ? STATE : undefined);
  const config = loadConfig({
    SOCLE_DEMO: demonstration ? 'on' : 'off',
    SOCLE_RATE_LIMIT: String(rateLimit),
    ...settings,
  });
  const { db, address } = database;
  const clock = runs ? clockRunningFrom(new Date()) : clockStandingAt(TEST_NOW);
  const { kernel, jobs } = kernelOver(database, config, clock);
  attachModules(kernel);
  const signer = ledgerSigner(newLedgerKey(), config.ledgerOrigin);
  const routes: RouteOptions[] = [];
  const app = await buildApp({ kernel, address, signer, onRoute: (route) => routes.push(route) });
  await app.ready();
  atTheEnd(async () => {
    await jobs.stop(2_000);
    await app.close();
  });
  const client = () => new TestClient(app);
  return {
    app,
    kernel,
    database,
    signer,
    jobs,
    routes,
    client,
    async signedInAs(role) {
      const people = await listDemonstrationPeople(db, kernel.clock.now());
      const person = people.find(({ roles }) => roles.some((held) => held.role === role));
      if (!person) throw new Error(`The demonstration State has nobody with the role ${role}.`);
      const browser = client();
      const answer = await browser.post('/sign-in/demonstration', { personId: person.personId });
      if (answer.statusCode !== 303) throw new Error(`Signing in as ${role} answered ${answer.statusCode}.`);
      return browser;
    },
    async integrate() {
      await integratePending(db, signer, kernel.clock);
    },
  };
}

/** The demonstration State as a template: loaded once in a run, as the first start of an installation loads it. */
const STATE: Filling = {
  name: 'demonstration',
  async fill(address) {
    const connection = connect(address);
    const { kernel, jobs } = kernelOver(
      { ...connection, address },
      loadConfig({ SOCLE_DEMO: 'on' }),
      clockStandingAt(TEST_NOW),
    );
    try {
      await loadDemonstrationWhereEmpty(kernel);
    } finally {
      await jobs.stop(2_000);
      await connection.close();
    }
  },
};

/** What the application stands on, over one database. */
function kernelOver(
  { db, address }: TestApp['database'],
  config: Config,
  clock: MovableClock,
): Pick<TestApp, 'kernel' | 'jobs'> {
  const definitions = [...modules.flatMap((module) => module.jobs ?? []), ...mailJobs(null)];
  const jobs = openJobs({ address, definitions, clock, log: silentLog });
  const kernel = {
    config,
    db,
    clock,
    jobs: jobs.queue,
    mailer: outboxMailer({ jobs: jobs.queue, clock, delivers: false }),
    log: silentLog,
    secret: secretOf(Buffer.alloc(32, 1)),
    outgoing: openOutgoing({ allowPrivate: true }),
  };
  return { kernel, jobs };
}

/** A browser without a screen: it keeps cookies, and sends the token of its session with each form. */
export class TestClient {
  readonly #app: FastifyInstance;
  readonly #cookies = new Map<string, string>();
  locale = 'fr';

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  /** The cookies as a header, for a real browser to take over. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Sends a request with the cookies kept so far, and keeps those of the answer. */
  async send(
    method: string,
    url: string,
    more: { payload?: string | Buffer; headers?: Record<string, string> } = {},
  ): Promise<LightMyRequestResponse> {
    const headers = { accept: 'text/html', 'accept-language': this.locale, ...more.headers };
    if (this.#cookies.size > 0) Object.assign(headers, { cookie: this.cookie });
    const answer = await this.#app.inject({
      method: method as 'GET',
      url,
      headers,
      ...(more.payload !== undefined && { payload: more.payload }),
    });
    for (const { name, value } of answer.cookies) {
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Reads a page, as a browser asks for it. */
  get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.send('GET', url, { headers });
  }

  /** Reads JSON. */
  getJson(url: string): Promise<LightMyRequestResponse> {
    return this.send('GET', url, { headers: { accept: 'application/json' } });
  }

  /** This session's token. */
  async csrfToken(): Promise<string> {
    return (await this.getJson('/api/v1/csrf-token')).json<{ token: string }>().token;
  }

  /** Sends a form with this session's token. */
  async post(url: string, fields: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const payload = new URLSearchParams({ _csrf: await this.csrfToken(), ...fields }).toString();
    return this.send('POST', url, {
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** Sends JSON with this session's token. */
  async postJson(url: string, body: unknown): Promise<LightMyRequestResponse> {
    return this.send('POST', url, {
      payload: JSON.stringify(body),
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': await this.csrfToken(),
      },
    });
  }

  /** Sends a body of any type with exactly these headers: no token is added. */
  sendRaw(
    method: 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload: string | Buffer,
    headers: Record<string, string>,
  ): Promise<LightMyRequestResponse> {
    return this.send(method, url, { payload, headers });
  }
}
