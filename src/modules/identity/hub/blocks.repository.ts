// Queries on the providers that citizens have blocked for themselves.
import type { Db, Trx } from '#platform/database/connection.ts';

type Tables = {
  'identity.upstream_blocks': { subject_root: string; upstream_id: string; at: Date };
};

/** Tells whether the person has blocked the provider. */
export async function isBlocked(db: Db | Trx, subjectRoot: string, upstreamId: string): Promise<boolean> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('identity.upstream_blocks')
    .select('at')
    .where('subject_root', '=', subjectRoot)
    .where('upstream_id', '=', upstreamId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Blocks a provider for the person. */
export async function insertBlock(
  trx: Trx,
  subjectRoot: string,
  upstreamId: string,
  now: Date,
): Promise<void> {
  await trx
    .withTables<Tables>()
    .insertInto('identity.upstream_blocks')
    .values({ subject_root: subjectRoot, upstream_id: upstreamId, at: now })
    .onConflict((conflict) => conflict.columns(['subject_root', 'upstream_id']).doNothing())
    .execute();
}

/** Lets a provider sign the person in again. */
export async function removeBlock(trx: Trx, subjectRoot: string, upstreamId: string): Promise<void> {
  await trx
    .withTables<Tables>()
    .deleteFrom('identity.upstream_blocks')
    .where('subject_root', '=', subjectRoot)
    .where('upstream_id', '=', upstreamId)
    .execute();
}
