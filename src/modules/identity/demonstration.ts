// Loads the demonstration State's organisations and people. Ids, numbers and addresses follow from the data alone, so
// that two loads are the same. It is called once, on an empty database.
import { createHash } from 'node:crypto';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import {
  INVENTED_ORGANISATIONS,
  INVENTED_PEOPLE,
  type InventedOrganisation,
  type InventedPerson,
} from './demonstration.data.ts';
import { insertInvented, markDemonstration } from './demonstration.repository.ts';
import type { Membership } from './memberships.types.ts';
import type { Organisation } from './organisations.types.ts';
import { luhnKey } from './siret.rules.ts';

/** The id of an invented thing: a UUID of version 8 (RFC 9562, section 5.8) made from its name. */
export function inventedId(
  kind:
    | 'organisation'
    | 'person'
    | 'membership'
    | 'service'
    | 'resource'
    | 'api'
    | 'request'
    | 'accreditation'
    | 'indicator'
    | 'project-file'
    | 'baseline'
    | 'milestone'
    | 'objective'
    | 'forecast',
  name: string,
): string {
  const hex = createHash('sha256').update(`identity/${kind}/${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A SIRET with a right key under 000, far from the numbers that the French register has given out. */
function inventedSiret(rank: number): string {
  const company = `000${String(10_000 + rank * 137).padStart(5, '0')}`;
  const siren = company + luhnKey(company);
  return `${siren}0001${luhnKey(`${siren}0001`)}`;
}

function domainOf(at: string): string {
  return at === '' ? 'courriel.example' : `${at.toLowerCase()}.valmarie.example`;
}

function addressOf({ name, roles }: InventedPerson): string {
  const words = foldedForSearch(name).replaceAll("'", '').split(' ');
  return `${words[0]}.${words.slice(1).join('-')}@${domainOf(roles[0]?.at ?? '')}`;
}

function organisationOf(invented: InventedOrganisation, rank: number): Organisation {
  return {
    id: inventedId('organisation', invented.code),
    kind: invented.kind,
    name: invented.name,
    code: invented.code,
    siret: inventedSiret(rank),
    parentId: invented.under ? inventedId('organisation', invented.under) : null,
    existsFrom: invented.from ?? null,
    existsUntil: invented.until ?? null,
  };
}

function membershipsOf({ name, roles }: InventedPerson): Membership[] {
  return roles.map(({ role, at, from = '2022-09-01', until }) => ({
    id: inventedId('membership', `${name}/${role}/${at}`),
    personId: inventedId('person', name),
    role,
    organisationId: at === '' ? null : inventedId('organisation', at),
    startsAt: new Date(`${from}T00:00:00Z`),
    endsAt: until ? new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000) : null,
  }));
}

/** Everything invented, as it is written. */
export function inventedState(now: Date) {
  return {
    organisations: INVENTED_ORGANISATIONS.map(organisationOf),
    people: INVENTED_PEOPLE.map((person) => ({
      id: inventedId('person', person.name),
      name: person.name,
      email: addressOf(person),
      createdAt: now,
    })),
    memberships: INVENTED_PEOPLE.flatMap(membershipsOf),
  };
}

/** Loads the State, its people and the mark that makes one-click entry possible, all or nothing. */
export async function loadDemonstration({ db, clock }: Pick<Kernel, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  const { organisations, people, memberships } = inventedState(now);
  await db.transaction().execute(async (trx) => {
    await markDemonstration(trx, now);
    await insertInvented(trx, organisations, people, memberships);
    await appendToLedger(trx, now, {
      kind: 'identity.demonstration-loaded',
      subject: 'identity/demonstration',
      actor: { kind: 'system', name: 'identity.demonstration' },
      data: { organisations: organisations.length, people: people.length, memberships: memberships.length },
    });
  });
}
