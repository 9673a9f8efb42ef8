// Queries on what is published of accreditations, and on the editions that were frozen. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Edition, EditionFile, EditionFormat, PublishedAccreditation } from './editions.types.ts';

const AT_ONCE = 200;

/**
 * The accreditations for production that were in force at `at`, by number, with the scopes that were granted then; read by
 * the two hundred, so that no more is held in memory.
 */
export async function* eachPublished(db: Db | Trx, at: Date): AsyncGenerator<PublishedAccreditation> {
  for (let after = 0; ; ) {
    const { rows } = await sql<PublishedAccreditation>`
      select a.number, o.name as organisation, o.siret, a.purpose, a.legal_basis as "legalBasis",
        a.valid_from as "validFrom", a.valid_until as "validUntil", (
          select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'name', name, 'producer', producer, 'scopes', scopes)
            order by slug), '[]')
          from (
            select p.slug, p.name, d.name as producer, jsonb_agg(s.name order by s.name) as scopes
            from exchange.grants g join exchange.apis p on p.id = g.api_id
            join identity.organisations d on d.id = p.producer_id join exchange.api_scopes s on s.id = g.scope_id
            where g.accreditation_id = a.id and (g.withdrawn_at is null or g.withdrawn_at > ${at})
            group by p.slug, p.name, d.name
          ) as granted
        ) as apis
      from exchange.accreditations a join identity.organisations o on o.id = a.organisation_id
      where a.number > ${after} and a.stage = 'production' and a.valid_from <= ${at}
        and (a.ended_at is null or a.ended_at > ${at}) and (a.valid_until is null or a.valid_until > ${at})
      order by a.number limit ${AT_ONCE}`.execute(db);
    yield* rows;
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.number ?? 0;
  }
}

/** Begins the edition of a month. @returns false when it is there already. */
export async function insertEdition(trx: Trx, month: string, frozenAt: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into exchange.open_data_editions (month, frozen_at, accreditations) values (${month}, ${frozenAt}, 0)
    on conflict (month) do nothing returning 1`.execute(trx);
  return rows.length > 0;
}

/** Says how many accreditations an edition holds. */
export async function updateEditionCount(trx: Trx, month: string, accreditations: number): Promise<void> {
  await sql`
    update exchange.open_data_editions set accreditations = ${accreditations} where month = ${month}`.execute(
    trx,
  );
}

/** Keeps a piece of a file, at its place from 0. */
export async function insertPiece(
  trx: Trx,
  { month, format, place, content }: { month: string; format: EditionFormat; place: number; content: Buffer },
): Promise<void> {
  await sql`
    insert into exchange.open_data_pieces (month, format, place, content)
    values (${month}, ${format}, ${place}, ${content})`.execute(trx);
}

/** Keeps how long a file is, and its hash. */
export async function insertFile(
  trx: Trx,
  month: string,
  { format, bytes, sha256 }: EditionFile,
): Promise<void> {
  await sql`
    insert into exchange.open_data_files (month, format, bytes, sha256)
    values (${month}, ${format}, ${bytes}, decode(${sha256}, 'hex'))`.execute(trx);
}

/** The editions, the newest first: ten years of them at most. */
export async function listEditions(db: Db): Promise<Edition[]> {
  const { rows } = await sql<Edition>`
    select e.month, e.frozen_at as "frozenAt", e.accreditations,
      (select coalesce(jsonb_agg(jsonb_build_object('format', f.format, 'bytes', f.bytes, 'sha256',
        encode(f.sha256, 'hex')) order by f.format), '[]') from exchange.open_data_files f where f.month = e.month) as files
    from exchange.open_data_editions e order by e.month desc limit 120`.execute(db);
  return rows;
}

/** A file of a month's edition; undefined when there is none. */
export async function findFile(
  db: Db,
  month: string,
  format: EditionFormat,
): Promise<EditionFile | undefined> {
  const { rows } = await sql<EditionFile>`
    select format, bytes, encode(sha256, 'hex') as sha256 from exchange.open_data_files
    where month = ${month} and format = ${format}`.execute(db);
  return rows[0];
}

/** The bytes of a frozen file, a piece at a time. */
export async function* eachPiece(db: Db, month: string, format: EditionFormat): AsyncGenerator<Buffer> {
  for (let place = 0; ; place++) {
    const { rows } = await sql<{ content: Buffer }>`
      select content from exchange.open_data_pieces
      where month = ${month} and format = ${format} and place = ${place}`.execute(db);
    const [piece] = rows;
    if (!piece) return;
    yield piece.content;
  }
}
