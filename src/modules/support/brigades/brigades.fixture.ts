// A success contract for the tests of brigades, as short as the tables allow.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { insertContract } from '#modules/impact/contracts/contracts.repository.ts';
import type { ContractTerms } from '#modules/impact/contracts/contracts.types.ts';
import type { Kernel } from '#platform/kernel.ts';

/** Records a contract of the demonstration's directorate, signed or not. @returns its id. */
export async function insertTestContract(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  isSigned: boolean,
): Promise<string> {
  const now = clock.now();
  const directorate = inventedId('organisation', 'DNE');
  const owner = inventedId('person', 'Gaëtan Prévost');
  const reviewer = inventedId('person', 'Rémi Delaunay');
  return db.transaction().execute(async (trx) => {
    const indicatorId = randomUUID();
    const indicator = {
      id: indicatorId,
      title: 'Complétion',
      search: 'completion',
      subject: 'Produit',
      organisation_id: directorate,
      unit: '%',
      direction: 'up',
      population: 'Usagers',
      aggregation: 'mean',
      cadence: 'daily',
      is_public: true,
      state: 'open',
      created_at: now,
    };
    await sql`
      insert into impact.indicators
      select * from json_populate_record(null::impact.indicators, ${JSON.stringify(indicator)}::json)`.execute(
      trx,
    );
    const terms = {
      title: 'Contrat de test',
      subject: 'Produit',
      indicatorId,
      ownerPersonId: owner,
      reviewerPersonId: reviewer,
      deadline: '2027-12-31',
    } as unknown as ContractTerms;
    const id = await insertContract(trx, now, {
      organisationId: directorate,
      organisationName: 'DNE',
      terms,
      termsHash: 'a'.repeat(64),
      personId: owner,
    });
    if (isSigned)
      await sql`update impact.contracts set state = 'signed', signed_at = ${now} where id = ${id}`.execute(
        trx,
      );
    return id;
  });
}
