// What the follow-up takes from the State's settings: delays of escalation.
import type { Db } from '#platform/database/connection.ts';

/** Days after the due day at which each level of escalation is told: owner, director, directorate, conference. */
const ESCALATION_DAYS: readonly number[] = [0, 15, 30, 60];

/** The delays in force on `day` (YYYY-MM-DD), in days after the due day. */
export async function escalationDaysOn(_db: Db, _day: string): Promise<readonly number[]> {
  return ESCALATION_DAYS;
}
