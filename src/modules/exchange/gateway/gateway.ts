// Puts a gateway together: its policy, its log, its ways to the producers, its server; and takes it down in order.
import { createSecretKey } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DatabaseAddress, Db } from '#platform/database/connection.ts';
import { defineError } from '#platform/errors.ts';
import { watchSilentConnections } from '#platform/http/silent-connections.ts';
import { takeLock } from '#platform/installation/lock.ts';
import { loadLedgerSigner } from '#platform/ledger/signer.ts';
import type { Logger } from '#platform/log.ts';
import { unsealFor } from '#platform/sealed.ts';
import type { Secret } from '#platform/secret.ts';
import { SUBJECT_KEY } from '../subject.rules.ts';
import { type CallCounts, callServer } from './call-server.ts';
import { serveGatewayMetrics } from './gateway-metrics.ts';
import { insertPresence } from './gateways.repository.ts';
import { openAccessLog } from './log/access-log.ts';
import { KEY_FILE } from './log/hold-log.ts';
import { startKeeper } from './log/keeper-process.ts';
import { followPolicy } from './policy/follow-policy.ts';
import { LivePolicy } from './policy/live-policy.ts';
import { StepTimes } from './run-steps.ts';
import { possessionProver } from './steps/prove-possession.ts';
import { Quota } from './steps/quota.ts';
import { tokenVerifier } from './steps/verify-token.ts';
import type { GatewayParts } from './steps.ts';
import { sandboxUpstreams } from './upstream/sandbox-upstream.ts';
import { upstreamSender } from './upstream/upstream-sender.ts';

/** What a gateway is opened with. */
export interface GatewayOptions {
  /** Its own, among the gateways of the installation: lower-case letters, digits and dashes. */
  readonly name: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly privatePort: number;
  /** Folder of its log, its key and its last policy. */
  readonly folder: string;
  /** Address of the site, under which refusals are explained. */
  readonly siteUrl: string;
  /** Addresses by which callers reach it, beside its own on loopback. */
  readonly publicUrl: string | null;
  /** Issuer of the hub's machines' realm; null: any that the keys vouch for. */
  readonly issuer: string | null;
  /** Name under which the log's checkpoints stand: `<ledger's owner>/gateway/<name>`. */
  readonly logOrigin: string;
  readonly policyBoundMs: number;
  readonly db: Db;
  readonly address: DatabaseAddress;
  readonly secret: Secret;
  readonly log: Logger;
  /** False: nobody signs its log and ships it, as where somebody else does (tests). */
  readonly keepsLog?: boolean;
}

/** A running gateway. */
export interface RunningGateway {
  readonly port: number;
  readonly privatePort: number;
  /** No new call; those under way end; then the log closes. */
  close(): Promise<void>;
}

const REPORT_EVERY_MS = 1_000;
/** How long a start waits for the policy: a gateway that cannot have it serves refusals that say so. */
const POLICY_PATIENCE_MS = 3_000;
/** Longest time that calls under way get when the gateway closes. */
const GRACE_MS = 10_000;

const gatewayNameTaken = defineError<[name: string]>('exchange.gateway-name-taken', 'conflict', {
  fr: (name) =>
    `Une passerelle nommée ${name} est déjà ouverte ici : donnez un autre nom à celle-ci (--name), elle tiendra son propre journal.`,
  en: (name) =>
    `A gateway named ${name} is open here already: give this one another name (--name), it will keep a log of its own.`,
});

/** Opens a gateway and serves. Throws when its port is taken or its log cannot be read. */
export async function openGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { db, address, log, secret, folder, policyBoundMs } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const now = Date.now;
  // Two gateways that write to one log would spoil it.
  const lock = takeLock(folder, 'server', new Date(now()));
  if (!lock) throw gatewayNameTaken({}, options.name);
  const keyFile = join(folder, KEY_FILE);
  const signer = loadLedgerSigner({ keyFile, origin: options.logOrigin });
  const counts: CallCounts = { underWay: 0, verdicts: new Map(), latency: { count: 0, seconds: 0 } };
  const accessLog = await openAccessLog({
    folder: join(folder, 'log'),
    origin: options.logOrigin,
    callsUnderWay: () => counts.underWay,
    onError: (error) => log.error({ err: error }, 'the log cannot be written; calls are refused meanwhile'),
  });
  const keeper =
    options.keepsLog === false
      ? null
      : startKeeper({ folder: join(folder, 'log'), keyFile, origin: options.logOrigin, address }, log);
  const policy = new LivePolicy();
  let appliedAt = now();
  const follower = followPolicy({
    db,
    address,
    policy,
    file: join(folder, 'policy.json'),
    boundMs: policyBoundMs,
    now,
    log,
    onChange: () => {
      appliedAt = now();
    },
  });
  const sender = upstreamSender({
    unseal: (sealed) => unsealFor(secret, 'exchange/upstream', sealed).toString(),
    now,
  });
  const tokens = tokenVerifier({ issuer: options.issuer });
  const times = new StepTimes();
  let gatewaysAlive = 1;
  let port = options.port;
  const parts: GatewayParts = {
    policy,
    log: accessLog,
    tokens,
    possession: possessionProver({
      origins: () => [
        ...(options.publicUrl === null ? [] : [options.publicUrl]),
        `http://localhost:${port}`,
        `http://127.0.0.1:${port}`,
      ],
    }),
    quota: new Quota(),
    subjectKey: createSecretKey(secret.keyFor(SUBJECT_KEY)),
    policyBoundMs,
    gatewaysAlive: () => gatewaysAlive,
    now,
    send: sender.send,
    sandboxOf: sandboxUpstreams(options.siteUrl),
    siteUrl: options.siteUrl,
    logOrigin: options.logOrigin,
  };
  await Promise.race([follower.ready, wait(POLICY_PATIENCE_MS, undefined, { ref: false })]);
  const server = callServer(parts, { times, counts, log });
  const silent = watchSilentConnections(server, ['request', 'checkExpectation', 'connect']);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, 1_024, resolve);
  });
  port = (server.address() as AddressInfo).port;
  const metrics = await serveGatewayMetrics(options.privatePort, {
    counts,
    times,
    policy,
    log: accessLog,
    keeperProgress: () => keeper?.progress ?? null,
    tokens,
    policyBoundMs,
    now,
  });

  let reporting: Promise<void> = Promise.resolve();
  const startedAt = new Date(now());
  let isReporting = false;
  const timer = setInterval(() => {
    // A database that does not answer is asked once, and not each second anew.
    if (!isReporting) reporting = report();
  }, REPORT_EVERY_MS);
  async function report(): Promise<void> {
    isReporting = true;
    try {
      gatewaysAlive = Math.max(
        1,
        await insertPresence(db, {
          origin: options.logOrigin,
          verifier: signer.verifierKey,
          startedAt,
          seenAt: new Date(now()),
          policyVersion: policy.version,
          policyAppliedAt: new Date(appliedAt),
          logSize: accessLog.size,
        }),
      );
    } catch {
      // The policy's follower says when the database is away; a report missed is made a second later.
    } finally {
      isReporting = false;
    }
  }

  return {
    port,
    privatePort: metrics.port,
    async close() {
      clearInterval(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      silent.close();
      const forced = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(forced);
      await follower.stop();
      await reporting;
      await metrics.close();
      await sender.close();
      await accessLog.close();
      await keeper?.stop();
      lock.release();
    },
  };
}
