// Keeps a gateway's policy the one in force: told of each change by PostgreSQL, asked for each second all the same, and
// kept in a file for the next start.
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { DatabaseAddress, Db } from '#platform/database/connection.ts';
import { listen } from '#platform/database/listener.ts';
import type { Logger } from '#platform/log.ts';
import { findPolicyVersion, getPolicySince } from '../../policy/policy.repository.ts';
import { POLICY_CHANNEL, type PolicyNotice, type PolicySnapshot } from '../../policy/policy.types.ts';
import type { LivePolicy } from './live-policy.ts';

const ASK_EVERY_MS = 1_000;

/** A policy that is followed. */
export interface PolicyFollower {
  /** Resolves once the policy is known, from the database or from the file. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

interface Kept {
  readonly confirmedAt: number;
  readonly snapshot: PolicySnapshot;
}

/** Follows the policy into `policy`. `onChange` is told of each version once it is enforced. */
export function followPolicy({
  db,
  address,
  policy,
  file,
  boundMs,
  now,
  log,
  onChange,
}: {
  db: Db;
  address: DatabaseAddress;
  policy: LivePolicy;
  file: string;
  boundMs: number;
  now: () => number;
  log: Logger;
  onChange: (version: number) => void;
}): PolicyFollower {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let again = false;
  let asking = false;
  let wasAway = false;
  let keptVersion = -1;
  let keepFailed = false;
  let markReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    markReady = resolve;
  });

  /** Asks for what changed. What is confirmed is the moment before the question. */
  async function ask(): Promise<void> {
    const asked = now();
    const held = policy.version;
    const version = await findPolicyVersion(db);
    // A database put back from a backup: what is enforced is not what it says, and nobody here can tell which one counts.
    if (version < held)
      throw new Error(`The database's policy is ${version}, older than ${held}, which is enforced.`);
    if (version > policy.version) {
      const news = await getPolicySince(db, policy.version);
      // A notice may have told it meanwhile.
      const before = policy.version;
      policy.apply(news);
      if (policy.version > before) onChange(policy.version);
    }
    policy.confirm(asked);
    markReady();
    await keep().catch((error: unknown) => {
      if (!keepFailed) log.warn({ err: error }, 'the policy cannot be kept for the next start');
      keepFailed = true;
    });
  }

  async function keep(): Promise<void> {
    const { version, confirmedAt } = policy;
    const kept: Kept = { confirmedAt, snapshot: policy.snapshot() };
    // The whole is written when it changed; else its moment alone, which is what a start within the bound asks for.
    if (version !== keptVersion) await replace(file, JSON.stringify(kept.snapshot));
    await replace(`${file}.confirmed`, JSON.stringify({ confirmedAt, version }));
    keptVersion = version;
    keepFailed = false;
  }

  async function turn(): Promise<void> {
    asking = true;
    try {
      do {
        again = false;
        await ask();
      } while (again && !stopped);
      if (wasAway) log.info({ version: policy.version }, 'the policy is followed again');
      wasAway = false;
    } catch (error) {
      if (!wasAway)
        log.warn({ err: error }, 'the policy cannot be confirmed; calls are refused once it is too old');
      wasAway = true;
    } finally {
      asking = false;
    }
    if (!stopped) timer = setTimeout(askSoon, ASK_EVERY_MS);
  }

  function askSoon(): void {
    if (asking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = turn();
  }

  function hear(payload: string): void {
    try {
      enforce(JSON.parse(payload) as PolicyNotice);
    } catch (error) {
      log.error({ err: error }, 'a notice of the policy cannot be read; the policy is asked for');
      askSoon();
    }
  }

  function enforce({ version, entries }: PolicyNotice): void {
    if (version <= policy.version) return;
    // The next version, whole: it is enforced before anything else is done.
    if (entries !== null && version === policy.version + 1) {
      policy.apply({ version, entries });
      onChange(version);
    } else askSoon();
  }

  const listener = listen(address, POLICY_CHANNEL, {
    onNotice: hear,
    // What was told while nobody listened is asked for.
    onConnected: (up) => {
      if (up) askSoon();
    },
    log,
  });

  async function start(): Promise<void> {
    const kept = await readKept(file);
    const age = kept ? now() - kept.confirmedAt : Number.POSITIVE_INFINITY;
    // A moment to come is none at which anything was confirmed: the clock was set back since.
    if (kept && age >= 0 && age <= boundMs && policy.version === 0) {
      policy.apply(kept.snapshot);
      policy.confirm(kept.confirmedAt);
      onChange(policy.version);
      markReady();
    }
    askSoon();
  }
  void start();

  return {
    ready,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await listener.stop();
      await running;
    },
  };
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The policy of the last run; null when there is none that can be read. */
async function readKept(file: string): Promise<Kept | null> {
  try {
    const { confirmedAt, version } = JSON.parse(await readFile(`${file}.confirmed`, 'utf8')) as {
      confirmedAt: number;
      version: number;
    };
    const snapshot = JSON.parse(await readFile(file, 'utf8')) as PolicySnapshot;
    return snapshot.version === version && Array.isArray(snapshot.entries) ? { confirmedAt, snapshot } : null;
  } catch {
    return null;
  }
}
