// Links as their deciders read them: which they see, with the name and address that the provider asserts.
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { ACCOUNT_CLAIMS_SEAL } from '../hub/accounts.actions.ts';
import type { IdentityClaims } from '../hub/accounts.types.ts';
import { unsealFor } from '../hub/sealed.ts';
import { idsDownwardsFrom } from '../organisations.repository.ts';
import { decidesEverywhere, organisationsDecidedBy } from './organisation-links.rules.ts';
import type { LinksReach, OrganisationLink, SealedLink } from './organisation-links.types.ts';

/** The links that the actor sees and decides: all, or those to the organisations that they answer for and below. */
export async function linksReachOf(db: Db, actor: Pick<Actor, 'roles'>): Promise<LinksReach> {
  return decidesEverywhere(actor) ? 'all' : idsDownwardsFrom(db, organisationsDecidedBy(actor));
}

/** Opens what was sealed of a link. */
export function openedLink({ secret }: Pick<Kernel, 'secret'>, sealed: SealedLink): OrganisationLink {
  const { sealedClaims, ...link } = sealed;
  const json = unsealFor(secret, ACCOUNT_CLAIMS_SEAL, sealedClaims, link.accountId).toString();
  const claims = JSON.parse(json) as IdentityClaims;
  const told = (claim: string) => String(claims[claim] ?? '');
  const name = `${told('given_name')} ${told('usual_name')}`.trim();
  const email = told('email');
  return { ...link, name: name || email, email, siret: told('siret'), unit: told('organizational_unit') };
}
