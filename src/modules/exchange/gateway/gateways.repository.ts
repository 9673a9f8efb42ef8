// What gateways report of themselves.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

/** A gateway as it is at a moment. */
export interface Presence {
  /** Name of its log. */
  readonly origin: string;
  readonly verifier: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly policyVersion: number;
  readonly policyAppliedAt: Date;
  readonly logSize: number;
}

/** Writes a gateway's report. @returns how many gateways reported in the ten seconds before it, this one included. */
export async function insertPresence(db: Db, presence: Presence): Promise<number> {
  const { origin, verifier, startedAt, seenAt, policyVersion, policyAppliedAt, logSize } = presence;
  const { rows } = await sql<{ alive: number }>`
    with report as (
      insert into exchange.gateways
        (origin, verifier, started_at, seen_at, policy_version, policy_applied_at, log_size)
      values (${origin}, ${verifier}, ${startedAt}, ${seenAt}, ${policyVersion}, ${policyAppliedAt}, ${logSize})
      on conflict (origin) do update set verifier = excluded.verifier, started_at = excluded.started_at,
        seen_at = excluded.seen_at, policy_version = excluded.policy_version,
        policy_applied_at = excluded.policy_applied_at, log_size = excluded.log_size)
    select count(*) + 1 as alive from exchange.gateways
    where origin <> ${origin} and seen_at > ${new Date(seenAt.getTime() - 10_000)}`.execute(db);
  return Number(rows[0]?.alive ?? 1);
}
