// What the hub lets the clients of accreditations ask tokens for, against what they are accredited for. It decides nothing.
import { sql } from 'kysely';
import type { Trx } from '#platform/database/connection.ts';

/** A client and an API of which the hub does not grant what the accreditations in force do. */
export interface HubGrantGap {
  readonly clientId: string;
  /** Identifier of the API's resource at the hub. */
  readonly resource: string;
  /** Scope names that it should have; none: the resource is to be withdrawn. */
  readonly scopes: readonly string[];
}

/** Where the hub differs from the accreditations in force, among these clients and APIs. */
export async function listHubGrantGaps(
  trx: Trx,
  clientIds: readonly string[],
  apiIds: readonly string[],
): Promise<HubGrantGap[]> {
  const { rows } = await sql<HubGrantGap>`
    with wanted as (
      select c.client_id, g.api_id, array_agg(distinct s.name order by s.name) as scopes
      from exchange.accreditation_clients c
      join exchange.accreditations a on a.id = c.accreditation_id and a.state = 'active'
      join exchange.grants g on g.accreditation_id = a.id and g.withdrawn_at is null
      join exchange.api_scopes s on s.id = g.scope_id
      join identity.services v on v.client_id = c.client_id and v.state <> 'closed'
      where c.client_id = any (${[...clientIds]}::text[]) and g.api_id = any (${[...apiIds]}::uuid[])
      group by c.client_id, g.api_id
    ), held as (
      select v.client_id, p.id as api_id, array(select unnest(r.scopes) order by 1) as scopes
      from identity.service_resources r join identity.services v on v.id = r.service_id
      join exchange.apis p on p.resource_id = r.resource_id
      where v.client_id = any (${[...clientIds]}::text[]) and p.id = any (${[...apiIds]}::uuid[])
    )
    select client_id as "clientId", p.resource, coalesce(wanted.scopes, '{}') as scopes
    from wanted full join held using (client_id, api_id) join exchange.apis p on p.id = api_id
    where p.resource is not null and wanted.scopes is distinct from held.scopes
    order by p.resource, client_id`.execute(trx);
  return rows;
}
