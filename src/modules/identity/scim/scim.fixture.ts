// What the tests of provisioning stand on: two organisations, one above, a directory's call, and what a person has left.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { identityKernel, SOMEBODY, type TestKernel } from '../identity.fixture.ts';
import { recordOrganisation } from '../organisations.actions.ts';
import { makeScimToken } from './scim-tokens.actions.ts';
import type { DirectoryCall } from './scim-users.actions.ts';

/** A kernel with a ministry, a directorate under it, another ministry, and the directories of each. */
export interface Provisioned {
  readonly kernel: TestKernel;
  readonly ministry: string;
  readonly directorate: string;
  readonly other: string;
  /** People whose access at the hub was ended, in order. */
  readonly endedAtHub: string[];
  /** The call of an organisation's directory. */
  callOf(organisationId: string): Promise<DirectoryCall>;
}

/** Makes all that over a fresh database. */
export async function provisioned(): Promise<Provisioned> {
  const kernel = await identityKernel();
  const made = async (name: string, parentId = '') => {
    const typed = { kind: 'ministry', name, code: '', siret: '', parentId, existsFrom: '', existsUntil: '' };
    return (await recordOrganisation(kernel, SOMEBODY, typed)).id;
  };
  const ministry = await made('Ministère');
  const directorate = await made('Direction', ministry);
  const other = await made('Autre ministère');
  const endedAtHub: string[] = [];
  return {
    kernel,
    ministry,
    directorate,
    other,
    endedAtHub,
    async callOf(organisationId) {
      const { id } = await makeScimToken(kernel, SOMEBODY, { name: 'Annuaire', organisationId }, 'all');
      return {
        kernel,
        token: { id, organisationId },
        async endHubSessions(_trx, personId) {
          endedAtHub.push(personId);
        },
      };
    },
  };
}

/** The kinds of the ledger's entries so far with their data, oldest first. */
export async function ledgerOf(
  db: Db,
): Promise<{ kind: string; subject: string; actor: string; data: string }[]> {
  const { rows } = await sql<{ kind: string; subject: string; actor: string; data: string }>`
    select kind, subject, actor::text as actor, data::text as data from ledger.waiting order by arrival`.execute(
    db,
  );
  return rows;
}
