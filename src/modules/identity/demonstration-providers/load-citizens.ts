// Gives the demonstration State's citizens the identity that they would have proved by signing in through the hub, so that
// who enters as one of them with one click is somebody to the registers as well.
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import { INVENTED_PEOPLE } from '../demonstration.data.ts';
import { inventedId } from '../demonstration.ts';
import { recordInventedCitizen, type Voucher } from '../hub/accounts.actions.ts';
import { citizenAsserted, isFault } from '../hub/asserted-identity.rules.ts';
import { OWN_CLIENT_ID } from '../hub/own-service.ts';
import { insertSubject } from '../hub/own-subjects.repository.ts';
import { keyFor } from '../hub/sealed.ts';
import { pairwiseSubject } from '../hub/subjects.rules.ts';
import { INVENTED_CITIZENS } from './citizens.data.ts';
import { claimsOfCitizen } from './citizens.rules.ts';

/** Records the accounts of those invented citizens who are people of the demonstration State too, at `voucher`. */
export async function loadVerifiedCitizens(
  kernel: Pick<Kernel, 'db' | 'clock' | 'secret'>,
  trx: Trx,
  voucher: Voucher & { readonly name: string },
): Promise<void> {
  for (const citizen of INVENTED_CITIZENS) {
    const person = INVENTED_PEOPLE.find(
      ({ name, roles }) =>
        roles[0]?.role === 'citizen' && foldedForSearch(name).replaceAll(' ', '-') === citizen.id,
    );
    if (!person) continue;
    const personId = inventedId('person', person.name);
    const asserted = citizenAsserted(
      { ...voucher, domains: [], vouchesForSecondFactor: true, bestAssurance: 'eidas3' },
      {
        // The provider's own words for both depend on the address at which the installation is reached; a later sign-in
        // there finds the account by the verified identity.
        issuer: 'urn:socle:demonstration',
        subject: citizen.id,
        acr: 'eidas3',
        amr: ['pwd', 'mfa'],
        claims: claimsOfCitizen(citizen),
      },
    );
    if (isFault(asserted)) throw new Error(`The citizen ${citizen.id} has no complete identity.`);
    const subjectRoot = await recordInventedCitizen(kernel, trx, voucher, { personId, asserted });
    const subject = pairwiseSubject(keyFor(kernel.secret, 'hub/subject'), {
      realm: 'citizens',
      clientId: OWN_CLIENT_ID,
      subjectRoot,
    });
    await insertSubject(trx, { realm: 'citizens', subject, personId }, kernel.clock.now());
  }
}
