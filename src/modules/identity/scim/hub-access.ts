// What provisioning asks of the hub when an account closes. It says when, never how: the hub ends its own sessions.
import type { Trx } from '#platform/database/connection.ts';

/** Ends every session and token of the person at the hub, inside the transaction that closes their account. */
export type EndHubSessions = (trx: Trx, personId: string, now: Date) => Promise<void>;

/** What the routes of SCIM need of the rest of the module. */
export interface ScimOptions {
  readonly endHubSessions: EndHubSessions;
}

/** Ends what the hub gave to a person whose account closes in `trx`: nobody stays signed in to a service. */
export async function endHubAccessOf(
  trx: Trx,
  personId: string,
  now: Date,
  { endHubSessions }: ScimOptions,
): Promise<void> {
  await endHubSessions(trx, personId, now);
}
