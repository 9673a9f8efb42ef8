// The signature of a contract's terms by either party. The second one puts them into force. One transaction each.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { actsForTheState, contractActorOf, ownsContract } from './contract-access.rules.ts';
import { contractAt, lockedContractAt } from './contract-at.ts';
import { hashOfTerms, recordContractEvent } from './contract-events.ts';
import { contractIsElsewhere, oneHandTwice, signatureIsRefused } from './contracts.errors.ts';
import {
  findProposedVersion,
  insertSignature,
  listSignatures,
  putIntoForce,
  updateContractState,
  updateShownTerms,
} from './contracts.repository.ts';
import { stateOnceSigned } from './contracts.rules.ts';
import type { Contract, NamedContract, Party } from './contracts.types.ts';

/** The party for which the actor signs; null when for neither. Nobody signs for both. */
export function partyOf(actor: Actor, contract: Contract): Party | null {
  if (ownsContract(actor, contract)) return 'owner';
  return actsForTheState(actor, contract) ? 'state' : null;
}

/**
 * Signs the version that waits, whose hash the actor read. Throws `not-found`, `role-required`,
 * `impact.contract-is-in-another-state` when none waits or its deadline is past,
 * `impact.contract-signature-refused` when the party signed already or the terms are others,
 * `impact.contract-signed-by-one-hand`.
 */
export async function signContract(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  id: string,
  readHash: string,
): Promise<NamedContract> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const contract = await lockedContractAt(trx, actor, id);
    const party = partyOf(actor, contract);
    if (party === null) throw roleRequired();
    const proposed = await findProposedVersion(trx, id);
    if (!proposed || proposed.terms.deadline <= dayIn(now, config.timeZone)) throw contractIsElsewhere();
    const { version, terms, termsHash } = proposed;
    const given = (await listSignatures(trx, id)).filter(
      (one) => one.version === version && one.voidAt === null,
    );
    if (readHash !== termsHash || given.some((one) => one.party === party)) throw signatureIsRefused();
    if (given.some(({ personId }) => personId === actor.personId)) throw oneHandTwice();
    await insertSignature(trx, now, id, { version, party, personId: actor.personId, termsHash });
    await recordContractEvent(trx, now, id, {
      kind: 'signed',
      actor: contractActorOf(actor, contract),
      data: { party, version, termsHash },
    });
    if (given.length > 0) {
      await putIntoForce(trx, id, version);
      await updateShownTerms(trx, now, contract, { version, terms });
      await updateContractState(trx, now, id, { state: stateOnceSigned(version), signedAt: now });
      await recordContractEvent(trx, now, id, {
        kind: 'put-into-force',
        actor: { kind: 'system', name: 'impact.contracts' },
        data: { version, termsHash, rule: { ...terms.rule }, ruleHash: hashOfTerms(terms.rule) },
      });
    }
    return contractAt(trx, actor, id);
  });
}
