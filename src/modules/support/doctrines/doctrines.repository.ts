// Queries on doctrines, their versions and criteria. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type {
  Criterion,
  Doctrine,
  DoctrineVersion,
  VersionState,
  WrittenVersion,
} from './doctrines.types.ts';

const DOCTRINE = sql`d.word, jsonb_build_object('fr', d.title_fr, 'en', d.title_en) as title,
  jsonb_build_object('fr', d.summary_fr, 'en', d.summary_en) as summary, d.steward`;

const VERSION = sql`v.id, v.word, v.number, v.state, v.applies_from as "from",
  jsonb_build_object('fr', v.changes_fr, 'en', v.changes_en) as changes, v.published_at as "publishedAt",
  v.replaced_at as "replacedAt"`;

/** The criteria of the version `v`, in their order. */
const CRITERIA = sql`coalesce((select jsonb_agg(jsonb_build_object('code', c.code,
    'text', jsonb_build_object('fr', c.text_fr, 'en', c.text_en), 'weight', c.weight, 'checkedBy', c.checked_by,
    'source', c.source) order by c.position)
  from support.doctrine_criteria c where c.version_id = v.id), '[]') as criteria`;

/** A doctrine as the list shows it: with its version in force and whether a draft is being written. */
export interface ListedDoctrine extends Doctrine {
  readonly inForce: {
    readonly id: string;
    readonly number: number;
    readonly from: string;
    readonly criteria: number;
  } | null;
  readonly hasDraft: boolean;
}

/** Every doctrine (a State has a dozen), in the order of lists. */
export async function listDoctrines(db: Db): Promise<ListedDoctrine[]> {
  const { rows } = await sql<ListedDoctrine>`
    select ${DOCTRINE},
      (select jsonb_build_object('id', v.id, 'number', v.number, 'from', v.applies_from::text,
          'criteria', (select count(*) from support.doctrine_criteria c where c.version_id = v.id))
        from support.doctrine_versions v where v.word = d.word and v.state = 'published') as "inForce",
      exists (select from support.doctrine_versions v where v.word = d.word and v.state = 'draft') as "hasDraft"
    from support.doctrines d order by d.position, d.word`.execute(db);
  return rows;
}

/** The doctrine with this word. */
export async function findDoctrine(db: Db, word: string): Promise<Doctrine | undefined> {
  const { rows } = await sql<Doctrine>`
    select ${DOCTRINE} from support.doctrines d where d.word = ${word}`.execute(db);
  return rows[0];
}

/** The versions of a doctrine with their criteria, newest first; drafts only where asked for. */
export async function listVersions(
  db: Db,
  word: string,
  { withDrafts }: { withDrafts: boolean },
): Promise<DoctrineVersion[]> {
  const { rows } = await sql<DoctrineVersion>`
    select ${VERSION}, ${CRITERIA} from support.doctrine_versions v
    where v.word = ${word} and (v.state <> 'draft' or ${withDrafts})
    order by v.number desc limit 100`.execute(db);
  return rows;
}

/** The versions with these ids (UUIDs), by id. */
export async function listVersionsById(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DoctrineVersion>> {
  const { rows } = await sql<DoctrineVersion>`
    select ${VERSION}, ${CRITERIA} from support.doctrine_versions v
    where v.id = any (${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map((version) => [version.id, version]));
}

/** Tells whether some version of the doctrine, drafts aside, has this criterion. */
export async function hasCriterion(db: Db, word: string, code: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from support.doctrine_versions v join support.doctrine_criteria c on c.version_id = v.id
      where v.word = ${word} and v.state <> 'draft' and c.code = ${code}) as has`.execute(db);
  return rows[0]?.has ?? false;
}

/** Takes the doctrine until `trx` ends, so that two changes to its versions follow each other. */
export async function lockDoctrine(trx: Trx, word: string): Promise<Doctrine | undefined> {
  const { rows } = await sql<Doctrine>`
    select ${DOCTRINE} from support.doctrines d where d.word = ${word} for update`.execute(trx);
  return rows[0];
}

/** Records a doctrine; an older one of this word stays as it is. */
export async function insertDoctrine(trx: Trx, doctrine: Doctrine, position: number): Promise<void> {
  const { word, title, summary, steward } = doctrine;
  await sql`
    insert into support.doctrines (word, title_fr, title_en, summary_fr, summary_en, steward, position)
    values (${word}, ${title.fr}, ${title.en}, ${summary.fr}, ${summary.en}, ${steward}, ${position})
    on conflict do nothing`.execute(trx);
}

/** Records the next draft of a doctrine. @returns its id. */
export async function insertDraft(
  trx: Trx,
  now: Date,
  { word, number }: { word: string; number: number },
  written: WrittenVersion,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into support.doctrine_versions (word, number, state, applies_from, changes_fr, changes_en, created_at)
    values (${word}, ${number}, 'draft', ${written.from}, ${written.changes.fr}, ${written.changes.en}, ${now})
    returning id`.execute(trx);
  const id = rows[0]?.id as string;
  await insertCriteria(trx, id, written.criteria);
  return id;
}

async function insertCriteria(trx: Trx, versionId: string, criteria: readonly Criterion[]): Promise<void> {
  if (criteria.length === 0) return;
  const rows = criteria.map(({ text, checkedBy, ...rest }, position) => ({
    ...rest,
    position,
    text_fr: text.fr,
    text_en: text.en,
    checked_by: checkedBy,
  }));
  await sql`
    insert into support.doctrine_criteria (version_id, code, position, text_fr, text_en, weight, checked_by, source)
    select ${versionId}, code, position, text_fr, text_en, weight, checked_by, source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (code text, position integer, text_fr text,
      text_en text, weight text, checked_by text, source text)`.execute(trx);
}

/** Writes a draft anew. */
export async function replaceDraft(trx: Trx, id: string, written: WrittenVersion): Promise<void> {
  await sql`
    update support.doctrine_versions set applies_from = ${written.from}, changes_fr = ${written.changes.fr},
      changes_en = ${written.changes.en} where id = ${id}`.execute(trx);
  await sql`delete from support.doctrine_criteria where version_id = ${id}`.execute(trx);
  await insertCriteria(trx, id, written.criteria);
}

/** Moves a version to its next state. */
export async function updateVersionState(
  trx: Trx,
  at: Date,
  id: string,
  state: Exclude<VersionState, 'draft'>,
): Promise<void> {
  const stamp = state === 'published' ? sql`published_at = ${at}` : sql`replaced_at = ${at}`;
  await sql`update support.doctrine_versions set state = ${state}, ${stamp} where id = ${id}`.execute(trx);
}
