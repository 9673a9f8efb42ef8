// What this module's database tests stand on: a fresh database, a clock moved by hand, a mailer that keeps its mail.
import { clockStandingAt, type MovableClock } from '#platform/clock.ts';
import { type Config, loadConfig } from '#platform/config.ts';
import type { Db } from '#platform/database/connection.ts';
import { openOutgoing } from '#platform/http/outgoing.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { MailMessage } from '#platform/mail/mailer.ts';
import { secretOf } from '#platform/secret.ts';
import { freshDatabase, type TestScope } from '#test/support/database.ts';
import { silentLog } from '#test/support/silent-log.ts';
import type { MembershipInput } from './memberships.types.ts';

/** A kernel whose clock and mail a test holds. It has no workers: jobs are refused. */
export interface TestKernel extends Kernel {
  readonly clock: MovableClock;
  readonly mail: MailMessage[];
}

/** Who acts in tests that do not care who. */
export const SOMEBODY: LedgerActor = { kind: 'system', name: 'test' };

/** Where the tests' clocks stand at first. */
export const TEST_NOW = new Date('2026-11-24T10:00:00Z');

const platform = (name: string) => ({
  name,
  folder: new URL(`../../platform/${name}/migrations/`, import.meta.url),
});

/** A kernel over a fresh database with this module's tables, dropped when `scope` (else the file) has ended. */
export async function identityKernel(scope?: TestScope): Promise<TestKernel> {
  const sources = [
    platform('http'),
    platform('ledger'),
    { name: 'identity', folder: new URL('./migrations/', import.meta.url) },
  ];
  const { db } = await freshDatabase(scope, sources);
  return kernelOver(db);
}

/** The same over a database that is there already. */
export function kernelOver(db: Db, config: Config = loadConfig({})): TestKernel {
  const mail: MailMessage[] = [];
  return {
    config,
    db,
    clock: clockStandingAt(TEST_NOW),
    log: silentLog,
    secret: secretOf(Buffer.alloc(32, 1)),
    outgoing: openOutgoing({ allowPrivate: true }),
    jobs: {
      enqueue: () => Promise.reject(new Error('This test queues no job.')),
      definition: () => null,
    },
    mailer: {
      async send(_trx, message) {
        mail.push(message);
      },
    },
    mail,
  };
}

/** A membership as typed, of a role without organisation from now on unless told. */
export function membershipTyped(more: Partial<MembershipInput> = {}): MembershipInput {
  return { role: 'citizen', organisationId: '', from: '', until: '', ...more };
}
