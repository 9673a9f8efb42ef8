// Which calls the demonstration's consumers may make: read from what is in force, so that a revocation shows in them too.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { ApiPolicy } from '../policy/policy.types.ts';

/** An API that a client may call under one accreditation. */
export interface PermittedCall {
  readonly clientId: string;
  readonly accreditationId: string;
  readonly accreditationNumber: number;
  readonly organisationId: string;
  readonly purpose: string;
  readonly stage: 'sandbox' | 'production';
  readonly validFrom: Date;
  /** The hours, 0 to 23 in the State's time zone, between which the request declared to call. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly scopes: readonly string[];
  readonly apiId: string;
  readonly api: ApiPolicy;
  /** The latest accreditation of the client for this API: the one that it calls under. */
  readonly isUsual: boolean;
}

/** What the clients with these ids may call at present; 200 at the most. */
export async function listPermittedCalls(db: Db, clientIds: readonly string[]): Promise<PermittedCall[]> {
  const { rows } = await sql<PermittedCall>`
    select c.client_id as "clientId", a.id as "accreditationId", a.number::int as "accreditationNumber",
      a.organisation_id as "organisationId", a.purpose, a.stage, a.valid_from as "validFrom",
      a.declared_from_hour as "fromHour", a.declared_to_hour as "toHour", array_agg(s.name order by s.name) as scopes,
      g.api_id as "apiId", p.body as api,
      row_number() over (partition by c.client_id, g.api_id order by a.valid_from desc, a.id) = 1 as "isUsual"
    from exchange.accreditation_clients c
    join exchange.accreditations a on a.id = c.accreditation_id and a.state = 'active'
    join exchange.grants g on g.accreditation_id = a.id and g.withdrawn_at is null
    join exchange.api_scopes s on s.id = g.scope_id
    join exchange.policy_entries p on p.kind = 'api' and p.id = g.api_id::text and p.body is not null
    where c.client_id = any(${clientIds})
    group by c.client_id, a.id, g.api_id, p.body
    order by c.client_id, a.number, g.api_id
    limit 200`.execute(db);
  return rows;
}
