// What is kept of attempts to prove who one is. Keys are keyed hashes: the table tells nobody who has an account.
import type { Db } from '#platform/database/connection.ts';
import { type Attempts, FORGOTTEN_AFTER_MS, secondsToWait, withAttempt } from './attempts.rules.ts';
import type { SignInAttemptsTable } from './credentials.tables.ts';

type Tables = { 'identity.sign_in_attempts': SignInAttemptsTable };

/**
 * Counts one attempt on the account, unless one must wait first.
 * @returns 0 when the attempt may be looked at, else the seconds to wait.
 */
export async function admitAttempt(db: Db, accountKey: Buffer, now: Date): Promise<number> {
  return db
    .withTables<Tables>()
    .transaction()
    .execute(async (trx) => {
      const long_ago = new Date(0);
      // The row must be there to be locked: of many attempts at once, each then sees the count of those before.
      await trx
        .insertInto('identity.sign_in_attempts')
        .values({ account_key: accountKey, failures: 0, last_at: long_ago, refused_until: long_ago })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const attempts: Attempts = await trx
        .selectFrom('identity.sign_in_attempts')
        .select(['failures', 'last_at as lastAt', 'refused_until as refusedUntil'])
        .where('account_key', '=', accountKey)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const wait = secondsToWait(attempts, now);
      if (wait > 0) return wait;
      const after = withAttempt(attempts, now);
      await trx
        .updateTable('identity.sign_in_attempts')
        .set({ failures: after.failures, last_at: after.lastAt, refused_until: after.refusedUntil })
        .where('account_key', '=', accountKey)
        .execute();
      return 0;
    });
}

/** Forgets the attempts on an account, after its owner proved who they are. */
export async function forgetAttempts(db: Db, accountKey: Buffer): Promise<void> {
  await db
    .withTables<Tables>()
    .deleteFrom('identity.sign_in_attempts')
    .where('account_key', '=', accountKey)
    .execute();
}

/** Removes what counts no longer. @returns how many accounts were forgotten. */
export async function sweepAttempts(db: Db, now: Date): Promise<number> {
  const result = await db
    .withTables<Tables>()
    .deleteFrom('identity.sign_in_attempts')
    .where('last_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MS))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
