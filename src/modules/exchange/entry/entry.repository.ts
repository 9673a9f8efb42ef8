// The figures of the entry page.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { UsageDay } from '../consumers/consumers.types.ts';
import type { ExchangeCounts } from './entry.types.ts';

/** Calls in production per day since `since`, days without any left out. */
export async function listCallDays(
  db: Db,
  { since, timeZone }: { readonly since: Date; readonly timeZone: string },
): Promise<UsageDay[]> {
  const { rows } = await sql<UsageDay>`
    select to_char(hour at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      sum(allowed)::bigint as allowed, sum(denied)::bigint as denied
    from exchange.access_hours
    where environment = 'production' and hour >= ${since}
    group by 1 order by 1`.execute(db);
  return rows;
}

/** The figures at `now`. */
export async function countExchange(db: Db, now: Date): Promise<ExchangeCounts> {
  const since = new Date(now.getTime() - 86_400_000);
  const { rows } = await sql<ExchangeCounts>`
    select
      (select count(*)::int from exchange.apis where state = 'open') as "openApis",
      (select count(*)::int from exchange.accreditations where state = 'active') as "activeAccreditations",
      (select coalesce(sum(allowed + denied), 0)::int from exchange.access_hours
        where hour >= date_trunc('hour', ${since}::timestamptz, 'UTC')) as calls`.execute(db);
  return rows[0] ?? { openApis: 0, activeAccreditations: 0, calls: 0 };
}
