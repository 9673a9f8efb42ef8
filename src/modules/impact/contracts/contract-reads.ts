// What modules above ask of contracts: one, those of an organisation, whether both parties signed.
import type { Db } from '#platform/database/connection.ts';
import { isUuid } from '#platform/typed-text.ts';
import { findContractWithin, listContracts } from './contracts.repository.ts';
import { type Contract, type NamedContract, PUBLIC_STATES } from './contracts.types.ts';

/** The contract with this id, whatever its state: the caller decides who may see it. Undefined for an unknown id. */
export async function findContract(db: Db, id: string): Promise<NamedContract | undefined> {
  return isUuid(id) ? findContractWithin(db, 'all', id) : undefined;
}

/** At most 200 contracts of an organisation, the newest first, drafts among them. */
export async function listContractsOf(db: Db, organisationId: string): Promise<NamedContract[]> {
  if (!isUuid(organisationId)) return [];
  return listContracts(db, 'all', { organisationId }, { before: null, limit: 200 });
}

/** Tells whether both parties signed, at any time: what support is given against. An abandoned one is signed no more. */
export function contractIsSigned({ state }: Pick<Contract, 'state'>): boolean {
  return PUBLIC_STATES.includes(state);
}
