// The only door of the identity module: who acts, which organisations there are. It says nothing of how anyone signed in.
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { rolesThatCount } from './memberships.rules.ts';
import { findPersonWithRoles } from './people.repository.ts';

export { demonstrationIsLoaded, listDemonstrationPeople } from './demonstration.repository.ts';
export { inventedId } from './demonstration.ts';
export type { DemonstrationPerson } from './demonstration.types.ts';
export { INVENTED_CITIZENS } from './demonstration-providers/citizens.data.ts';
export { ensureSigningKeys, readPublicKeys } from './hub/signing-keys.actions.ts';
export { peopleToRemind } from './hub-accounts/organisation-links.repository.ts';
export { findContactOf, findPivotIdentity, type PivotIdentity } from './hub-accounts/verified-identity.ts';
export { organisationKindName, roleName } from './identity.messages.ts';
export { type MachineWatcher, type PublicJwk, watchMachines } from './machine-watchers.ts';
export {
  findOrganisation,
  findOrganisationByWord,
  listOrganisations,
} from './organisations.repository.ts';
export { existsOn } from './organisations.rules.ts';
export type { Organisation, OrganisationFilter, OrganisationKind } from './organisations.types.ts';
export { ORGANISATION_KINDS } from './organisations.types.ts';
export {
  type Correspondent,
  findCorrespondentByEmail,
  findCorrespondents,
  findPeopleNames,
  hasAnyPerson,
  listHoldersOf,
} from './people.repository.ts';
export {
  changeResourceScopes,
  grantResource,
  registerResource,
  registerResources,
  withdrawResource,
} from './services/resources.actions.ts';
export { DEMONSTRATION_CALLERS, DEMONSTRATION_MACHINE } from './services/services.demonstration-data.ts';
export { isSiret } from './siret.rules.ts';

/**
 * Who acts when this person is signed in: their name, and the roles of the memberships that run at `now`. Roles that ask
 * for a second factor count only for who has one, or whose sign-in at the hub had one, save in the demonstration. Null when the account is closed or unknown.
 * One query by primary key: it is made at each request.
 */
export async function findActor(
  db: Db,
  personId: string,
  now: Date,
  { secondFactorVouched = false }: { secondFactorVouched?: boolean } = {},
): Promise<Actor | null> {
  const person = await findPersonWithRoles(db, personId, now);
  if (!person) return null;
  return {
    personId: person.personId,
    name: person.name,
    roles: rolesThatCount(person.roles, secondFactorVouched || person.secondFactorIsSettled),
  };
}
