// What the ministry's provider tells of an agent, and how it says that they proved who they are. Pure.
import { createHash } from 'node:crypto';
import { needsSecondFactor } from '../memberships.rules.ts';
import type { DemonstrationAgent } from './providers.types.ts';

/** A telephone number that rings nowhere: 01 99 00 is kept for fiction (ARCEP, décision 2018-0881, annexe 1). */
export function fictitiousPhone(id: string): string {
  const number = String(createHash('sha256').update(id).digest().readUInt32BE() % 10_000).padStart(4, '0');
  return `01 99 00 ${number.slice(0, 2)} ${number.slice(2)}`;
}

/** The claims of an agent, named as the agents' hubs name them. A SIRET that is not known is left out. */
export function claimsOfAgent(agent: DemonstrationAgent): Record<string, string | boolean> {
  const [givenName = '', ...usualName] = agent.name.split(' ');
  return {
    given_name: givenName,
    usual_name: usualName.join(' '),
    email: agent.email,
    email_verified: true,
    uid: agent.email.split('@')[0] ?? '',
    ...(agent.siret !== null && { siret: agent.siret }),
    ...(agent.organisationName !== null && { organizational_unit: agent.organisationName }),
    belonging_population: 'agent',
    phone: fictitiousPhone(agent.id),
  };
}

/** How the agent proved who they are (RFC 8176): whoever decides over others, with a second factor. */
export function waysOfAgent(agent: DemonstrationAgent): string[] {
  return needsSecondFactor(agent.roles.map((role) => ({ role }))) ? ['pwd', 'mfa'] : ['pwd'];
}
