// Reads the agents whom the ministry's provider knows: the demonstration State's people with a role in an organisation,
// and the ones there for trial.
import { type RawBuilder, sql } from 'kysely';
import type { Role } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { foldedForSearch, isUuid, searchPattern } from '#platform/typed-text.ts';
import { inventedId, inventedState } from '../demonstration.ts';
import { emailAsStored } from '../people.rules.ts';
import type { DemonstrationAgent } from './providers.types.ts';
import { TRIAL_AGENTS } from './trial-agents.data.ts';

/** The agents there for trial, who stand in no table. */
function trialAgents(): DemonstrationAgent[] {
  const { organisations } = inventedState(new Date(0));
  return TRIAL_AGENTS.map(({ name, email, at, trialOf }) => {
    const organisation = organisations.find(({ code }) => code === at);
    return {
      id: inventedId('person', `trial/${name}`),
      name,
      email,
      roles: ['agent'],
      organisationName: organisation?.name ?? null,
      siret: trialOf === 'missing-siret' ? null : (organisation?.siret ?? null),
      trialOf,
    };
  });
}

const TRIAL: readonly DemonstrationAgent[] = trialAgents();

/** The agents that `where` names at `now`, so that the first of each role come before the second of any. */
async function agentsWhere(
  db: Db,
  now: Date,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<DemonstrationAgent[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    email: string;
    roles: Role[];
    organisation_name: string | null;
    siret: string | null;
  }>`
    with held as (
      select m.person_id, m.role, m.organisation_id, m.starts_at, m.id
      from identity.memberships m
      where m.role <> 'citizen' and m.starts_at <= ${now} and (m.ends_at is null or m.ends_at > ${now})
    ), agents as (
      select p.id, p.name, p.email, p.search_text,
        array_agg(held.role order by held.starts_at, held.id) as roles,
        (array_agg(held.organisation_id order by held.starts_at, held.id))[1] as organisation_id,
        min(held.starts_at) as starts_at
      from identity.people p
      join held on held.person_id = p.id
      where p.is_fictitious and p.closed_at is null and ${where}
      group by p.id
    )
    select a.id, a.name, a.email, a.roles, o.name as organisation_name, o.siret
    from agents a
    left join identity.organisations o on o.id = a.organisation_id
    order by row_number() over (partition by a.roles[1] order by a.starts_at, a.search_text), a.search_text, a.id
    limit ${limit}`.execute(db);
  return rows.map(({ organisation_name, ...agent }) => ({
    ...agent,
    organisationName: organisation_name,
    trialOf: null,
  }));
}

/** At most `limit` agents whose name or address holds what was typed (all when empty), and those for trial that do. */
export async function searchAgents(
  db: Db,
  now: Date,
  typed: string,
  limit: number,
): Promise<{ agents: DemonstrationAgent[]; forTrial: DemonstrationAgent[] }> {
  const pattern = searchPattern(typed);
  const folded = foldedForSearch(typed);
  return {
    agents: await agentsWhere(
      db,
      now,
      sql`(p.search_text like ${pattern} or lower(p.email) like ${pattern})`,
      limit,
    ),
    forTrial: TRIAL.filter(
      ({ name, email }) => foldedForSearch(name).includes(folded) || email.includes(folded),
    ),
  };
}

/** The agent with this id; undefined when there is none, or they hold no role any more. */
export async function findAgent(db: Db, now: Date, id: string): Promise<DemonstrationAgent | undefined> {
  if (!isUuid(id)) return undefined;
  const [agent] = await agentsWhere(db, now, sql`p.id = ${id}`, 1);
  return agent ?? TRIAL.find((other) => other.id === id);
}

/** The agent with this address; undefined when there is none. */
export async function findAgentByEmail(
  db: Db,
  now: Date,
  email: string,
): Promise<DemonstrationAgent | undefined> {
  const sought = emailAsStored(email);
  const [agent] = await agentsWhere(db, now, sql`p.email = ${sought}`, 1);
  return agent ?? TRIAL.find((other) => other.email === sought);
}
