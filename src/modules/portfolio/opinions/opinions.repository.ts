// Queries on opinions and their publications. The public's queries read the published text alone, never what was struck out.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Advice, AxisTexts, Ground, Opinion, OpinionKind, PublishedOpinion } from './opinions.types.ts';
import type { Redaction } from './redaction.rules.ts';

const COLUMNS = sql`
  n.id, n.request_id as "requestId", r.number, n.file_id as "fileId", f.name as "fileName",
  r.organisation_id as "organisationId", o.name as "organisationName", o.parent_id as "organisationParentId", n.kind,
  n.tacit, r.conforming, f.classified, n.summary, n.axes, n.recommendations, n.probability,
  r.cost_cents as "costCents", r.end_on as "endOn", n.effective_on as "effectiveOn", n.issued_at as "issuedAt",
  (select max(p.published_at) from portfolio.opinion_publications p where p.opinion_id = n.id) as "publishedAt"`;

const FROM = sql`
  from portfolio.opinions n
  join portfolio.opinion_requests r on r.id = n.request_id
  join portfolio.project_files f on f.id = n.file_id
  join identity.organisations o on o.id = r.organisation_id`;

/** The opinion of a request; undefined while there is none. Whoever asks may read the request. */
export async function findOpinionOfRequest(db: Db, requestId: string): Promise<Opinion | undefined> {
  const { rows } = await sql<Opinion>`select ${COLUMNS} ${FROM} where n.request_id = ${requestId}`.execute(
    db,
  );
  return rows[0];
}

/** The opinions on a file (a UUID), the newest first; at most 50. The caller decides who may read them. */
export async function listOpinionsOf(db: Db, fileId: string): Promise<Opinion[]> {
  const { rows } = await sql<Opinion>`
    select ${COLUMNS} ${FROM} where n.file_id = ${fileId} order by n.issued_at desc, n.id limit 50`.execute(
    db,
  );
  return rows;
}

/** Opinions that are published nowhere yet and may be (not classified), the oldest first. */
export async function listUnpublished(db: Db, limit: number): Promise<Opinion[]> {
  const { rows } = await sql<Opinion>`
    select ${COLUMNS} ${FROM} where not f.classified
      and not exists (select from portfolio.opinion_publications p where p.opinion_id = n.id)
    order by n.issued_at, n.id limit ${limit}`.execute(db);
  return rows;
}

/** Records an opinion. */
export async function insertOpinion(
  trx: Trx,
  opinion: {
    readonly requestId: string;
    readonly fileId: string;
    readonly kind: OpinionKind;
    readonly tacit: boolean;
    readonly summary: string;
    readonly axes: AxisTexts;
    readonly recommendations: readonly Advice[];
    readonly probability: number | null;
    readonly effectiveOn: string;
    readonly issuedAt: Date;
    readonly issuedBy: LedgerActor;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into portfolio.opinions (request_id, file_id, kind, tacit, summary, axes, recommendations, probability,
      effective_on, issued_at, issued_by)
    values (${opinion.requestId}, ${opinion.fileId}, ${opinion.kind}, ${opinion.tacit}, ${opinion.summary},
      ${JSON.stringify(opinion.axes)}::jsonb, ${JSON.stringify(opinion.recommendations)}::jsonb,
      ${opinion.probability}, ${opinion.effectiveOn}, ${opinion.issuedAt}, ${JSON.stringify(opinion.issuedBy)}::jsonb)
    returning id`.execute(trx);
  return (rows[0] as { id: string }).id;
}

/** What an instructor struck out of the last publication; undefined while there is none. */
export async function findLastPublication(
  db: Db,
  opinionId: string,
): Promise<{ edition: number; ground: Ground; redactions: Redaction[] } | undefined> {
  const { rows } = await sql<{ edition: number; ground: Ground; redactions: Redaction[] }>`
    select edition, ground, redactions from portfolio.opinion_publications
    where opinion_id = ${opinionId} order by edition desc limit 1`.execute(db);
  return rows[0];
}

/** Adds a publication. */
export async function insertPublication(
  trx: Trx,
  publication: {
    readonly opinionId: string;
    readonly edition: number;
    readonly publishedAt: Date;
    readonly publishedBy: LedgerActor;
    readonly ground: Ground;
    readonly redactions: readonly Redaction[];
    readonly published: Record<string, unknown>;
  },
): Promise<void> {
  await sql`insert into portfolio.opinion_publications
      (opinion_id, edition, published_at, published_by, ground, redactions, published)
    values (${publication.opinionId}, ${publication.edition}, ${publication.publishedAt},
      ${JSON.stringify(publication.publishedBy)}::jsonb, ${publication.ground},
      ${JSON.stringify(publication.redactions)}::jsonb, ${JSON.stringify(publication.published)}::jsonb)`.execute(
    trx,
  );
}

// A file that was classified since leaves the public list with all its opinions.
const PUBLISHED = sql`
  select n.id, r.number, p.edition, p.published_at as "publishedAt", p.published
  from portfolio.opinion_publications p
  join portfolio.opinions n on n.id = p.opinion_id
  join portfolio.opinion_requests r on r.id = n.request_id
  join portfolio.project_files f on f.id = n.file_id
  where not f.classified
    and p.edition = (select max(l.edition) from portfolio.opinion_publications l where l.opinion_id = p.opinion_id)`;

type PublishedRow = Pick<PublishedOpinion, 'id' | 'number' | 'edition' | 'publishedAt'> & {
  readonly published: Omit<PublishedOpinion, 'id' | 'number' | 'edition' | 'publishedAt'>;
};

async function published(db: Db, condition: RawBuilder<unknown>): Promise<PublishedOpinion[]> {
  const { rows } = await sql<PublishedRow>`${PUBLISHED} and ${condition}`.execute(db);
  return rows.map(({ published: text, ...row }) => ({ ...text, ...row }));
}

/** At most `limit` published opinions, the newest first, numbered below `before` (null: from the newest on). */
export async function listPublished(
  db: Db,
  { kind, tacit }: { readonly kind?: OpinionKind; readonly tacit?: boolean },
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<PublishedOpinion[]> {
  return published(
    db,
    sql`${kind === undefined ? sql`true` : sql`n.kind = ${kind}`}
      and ${tacit === undefined ? sql`true` : sql`n.tacit = ${tacit}`}
      and ${before === null ? sql`true` : sql`r.number < ${before}`}
    order by r.number desc limit ${limit}`,
  );
}

/** The published opinions on a file (a UUID), the newest first; at most 50. */
export async function listPublishedOf(db: Db, fileId: string): Promise<PublishedOpinion[]> {
  return published(db, sql`n.file_id = ${fileId} order by r.number desc limit 50`);
}

/** Every published opinion, the newest first, read in slices. */
export async function* eachPublished(db: Db): AsyncGenerator<PublishedOpinion> {
  for (let before: number | null = null; ; ) {
    const slice: PublishedOpinion[] = await listPublished(db, {}, { before, limit: 200 });
    yield* slice;
    if (slice.length < 200) return;
    before = slice.at(-1)?.number ?? null;
  }
}

/** The published opinion with this id (a UUID). */
export async function findPublished(db: Db, id: string): Promise<PublishedOpinion | undefined> {
  return (await published(db, sql`n.id = ${id}`))[0];
}
