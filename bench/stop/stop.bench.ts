// How soon an order bites: four gateways under load, and the time from the 2xx that the producer (or the distributor) gets
// to the last call that any gateway let through. Everything is measured by one clock, in the process that calls.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation } from '#app/installation.ts';
import { loadConfig } from '#platform/config.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { startProducer } from '../gateway/peers.ts';
import { startGateway } from '../support/exchange-gateways.ts';
import { benchKeys, publishBenchKeys } from '../support/exchange-policy.ts';
import { printFigures, printMachine, round } from '../support/figures.ts';
import { startServer } from '../support/server.ts';
import { type Allowed, startFlow } from './flow.ts';
import { accredit, personWith, seedStoppedApi } from './seed.ts';
import { signInAs } from './writer.ts';

const GATEWAYS = 4;
const STOPS = 200;
/** Orders of each kind before those that count: the first ones find cold code and empty caches. */
const WARM_UP = 5;
const TOKENS = 100;
/** How long the calls go on after an order, to see whether one is still let through. */
const WATCHED_MS = 150;

const folder = await mkdtemp(join(tmpdir(), 'socle-bench-'));
const dataFolder = join(folder, 'data');
const stops: (() => Promise<unknown>)[] = [];

try {
  const producer = await startProducer(folder);
  stops.push(producer.stop);
  const server = await startServer(dataFolder);
  stops.push(server.stop);
  const installation = await openInstallation(loadConfig({ SOCLE_DATA: dataFolder }), {
    as: 'command',
    log: silentLog,
  });
  stops.push(() => installation.close());
  const { kernel } = installation;
  const api = await seedStoppedApi(kernel, producer.url);
  const keys = await benchKeys({
    clientId: api.clientId,
    scope: api.scopes.join(' '),
    resource: api.resource,
    count: TOKENS,
  });
  const urls: string[] = [];
  for (let at = 0; at < GATEWAYS; at++) {
    const gateway = await startGateway(dataFolder, {
      name: `bench-${randomBytes(2).toString('hex')}`,
      cpu: at % 2,
    });
    stops.push(gateway.stop);
    urls.push(gateway.url);
  }
  await publishBenchKeys(kernel, keys);
  const producerOfIt = await personWith(kernel, 'data-producer', api.producerId);
  const byProducer = await signInAs(server.address, producerOfIt);
  const byDistributor = await signInAs(server.address, await personWith(kernel, 'auditor'));
  stops.push(byProducer.close, byDistributor.close);

  let number = await accredit(kernel, api);
  const isAnswered: Allowed = (status) => status === 200;
  const bearsAddress: Allowed = (status, body) => status === 200 && body.includes('"adresse"');
  const reason = { reason: 'Mesure du délai d’effet' };
  const accreditation = () => `/api/v1/exchange/accreditations/${number}`;

  interface Kind {
    readonly name: string;
    readonly isAllowed: Allowed;
    /** Gives the order. @returns what takes it back. */
    order(): Promise<() => Promise<unknown>>;
  }
  const kinds: readonly Kind[] = [
    {
      name: 'stopped flow',
      isAllowed: isAnswered,
      async order() {
        const path = '/api/v1/exchange/stops';
        const { id } = (await byProducer.post(path, { apiId: api.apiId, ...reason })) as { id: string };
        return () => byProducer.post(`${path}/${id}/resume`, reason);
      },
    },
    {
      name: 'lowered scope',
      isAllowed: bearsAddress,
      async order() {
        const path = `${accreditation()}/scopes/${api.scopeIds.adresse}`;
        await byDistributor.post(`${path}/withdrawal`, reason);
        return () => byDistributor.post(`${path}/restoration`, reason);
      },
    },
    {
      name: 'revoked client',
      isAllowed: isAnswered,
      async order() {
        const path = `${accreditation()}/clients/${api.clientId}`;
        await byDistributor.post(`${path}/revocation`, reason);
        return () => byDistributor.post(`${path}/restoration`, reason);
      },
    },
    {
      name: 'revoked accreditation',
      isAllowed: isAnswered,
      async order() {
        await byDistributor.post(`${accreditation()}/revocation`, reason);
        return async () => {
          number = await accredit(kernel, api);
        };
      },
    },
  ];

  const rows = [];
  const figures: Record<string, number> = {};
  for (const { name, isAllowed, order } of kinds) {
    const flow = startFlow(urls, {
      path: api.path,
      tokens: keys.es256,
      accreditation: () => number,
      isAllowed,
    });
    const began = performance.now();
    await flow.settled('allowed', began);
    const delays: number[] = [];
    for (let at = -WARM_UP; at < STOPS; at++) {
      const takeBack = await order();
      const answered = performance.now();
      await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
      if (at >= 0) delays.push(Math.max(0, flow.lastAllowed() - answered));
      await flow.settled('refused', answered);
      await takeBack();
      await flow.settled('allowed', performance.now());
    }
    const seconds = (performance.now() - began) / 1000;
    await flow.stop();
    delays.sort((one, other) => one - other);
    const at = (share: number) => round(delays[Math.ceil(share * delays.length) - 1] ?? Number.NaN, 2);
    const row = { p50_ms: at(0.5), p90_ms: at(0.9), p99_ms: at(0.99), max_ms: at(1) };
    rows.push({
      order: name,
      orders: delays.length,
      calls_per_s: round(flow.calls() / seconds, 0),
      none_after: delays.filter((delay) => delay === 0).length,
      ...row,
    });
    const prefix = name === 'stopped flow' ? '' : `${name.replace(' ', '_')}_`;
    Object.assign(figures, { [`${prefix}p50_ms`]: row.p50_ms, [`${prefix}p99_ms`]: row.p99_ms });
  }

  printMachine({ gateways: String(GATEWAYS), orders: String(STOPS) });
  printFigures(
    rows,
    'the first five orders of each kind, a network between control plane, PostgreSQL and gateways, load beyond what the table says. The delay is from the moment at which the caller has the 2xx to the moment at which it has the last answer that was let through, its own way included; none_after counts the orders after whose 2xx not one was.',
    figures,
  );
} finally {
  for (const stop of stops.toReversed()) await stop();
  await rm(folder, { recursive: true, force: true });
}
