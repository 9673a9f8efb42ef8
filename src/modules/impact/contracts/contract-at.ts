// The contract that an address names, as far as whoever asks sees it. Everything else answers that nothing is there.
import type { Actor } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { isUuid } from '#platform/typed-text.ts';
import { contractsSeenBy } from './contract-access.rules.ts';
import { findContractWithin, lockContract } from './contracts.repository.ts';
import type { NamedContract } from './contracts.types.ts';

/** The contract with this id. Throws `not-found` where the actor (null: nobody) sees none. */
export async function contractAt(db: Db, actor: Actor | null, id: string): Promise<NamedContract> {
  const found = isUuid(id) ? await findContractWithin(db, contractsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockedContractAt(trx: Trx, actor: Actor, id: string): Promise<NamedContract> {
  const found = isUuid(id) ? await lockContract(trx, contractsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}
