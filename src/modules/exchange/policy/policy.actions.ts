// Publishing a change of the policy, in the transaction of what changes it.
import type { Trx } from '#platform/database/connection.ts';
import { notifyPolicy, takeNextVersion, upsertEntries } from './policy.repository.ts';
import { POLICY_CHANNEL, type PolicyEntry, type PolicyNotice } from './policy.types.ts';

/** PostgreSQL takes less than 8,000 bytes in a notice. */
const LONGEST_NOTICE = 7_900;

/**
 * Publishes entries to every gateway when `trx` commits. Call it last: until the commit nobody else can publish.
 * @returns the version under which they are enforced.
 */
export async function publishPolicy(trx: Trx, entries: readonly PolicyEntry[]): Promise<number> {
  const version = await takeNextVersion(trx);
  await upsertEntries(trx, version, entries);
  const whole = JSON.stringify({ version, entries } satisfies PolicyNotice);
  const fits = Buffer.byteLength(whole) < LONGEST_NOTICE;
  await notifyPolicy(
    trx,
    POLICY_CHANNEL,
    fits ? whole : JSON.stringify({ version, entries: null } satisfies PolicyNotice),
  );
  return version;
}
