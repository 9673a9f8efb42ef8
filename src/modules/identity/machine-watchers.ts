// Who else must know at once, and in the same transaction, that a machine's access or the keys of its tokens changed: the
// exchange, whose gateways enforce it. Identity knows no other module: they make themselves known.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { ServiceState } from './services/services.types.ts';

/** Told of changes, inside the transaction that makes them: what it throws undoes the change. */
export interface MachineWatcher {
  /** A service was suspended, resumed or closed. */
  serviceStateChanged(trx: Trx, now: Date, service: { clientId: string; state: ServiceState }): Promise<void>;
  /** A signing key of the machines' realm was published or withdrawn; `publicKeys` are those that count now. */
  signingKeysChanged(trx: Trx, publicKeys: readonly PublicJwk[]): Promise<void>;
}

/** A public key of the machines' realm (RFC 7517). */
export type PublicJwk = Readonly<Record<string, string>>;

// Per database and not for the whole process, which may hold several installations (tests do).
const watchers = new WeakMap<Db, MachineWatcher[]>();

/** Makes a watcher known to whatever this process changes in the database `db`, for as long as that is open. */
export function watchMachines(db: Db, watcher: MachineWatcher): void {
  watchers.set(db, [...(watchers.get(db) ?? []), watcher]);
}

/** Tells every watcher of `db` of a service's new state, within `trx`. */
export async function tellServiceState(
  db: Db,
  trx: Trx,
  now: Date,
  service: { clientId: string; state: ServiceState },
): Promise<void> {
  for (const watcher of watchers.get(db) ?? []) await watcher.serviceStateChanged(trx, now, service);
}

/** Tells every watcher of `db` of the keys that count now, within `trx`. */
export async function tellSigningKeys(db: Db, trx: Trx, publicKeys: readonly PublicJwk[]): Promise<void> {
  for (const watcher of watchers.get(db) ?? []) await watcher.signingKeysChanged(trx, publicKeys);
}
