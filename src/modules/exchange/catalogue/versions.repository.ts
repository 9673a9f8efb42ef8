// Queries on versions of APIs and their documents. They decide nothing. Documents are large: lists leave them out.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { VersionForPolicy } from './api-policy.rules.ts';
import type {
  ApiVersion,
  DoctrineFinding,
  OpenApiDocument,
  SandboxExample,
  Upstream,
  VersionState,
} from './catalogue.types.ts';

type Row = Omit<ApiVersion, 'upstream'> & {
  readonly url: string | null;
  readonly timeoutMs: number;
  readonly pipelining: boolean;
  readonly proof: Upstream['proof'];
  readonly hasSecret: boolean;
};

const COLUMNS = sql`
  v.id, v.api_id as "apiId", v.name, v.state, v.ends_on as "endsOn", v.openapi_source as "openapiSource",
  v.doctrine_score as "doctrineScore", v.doctrine_findings as "doctrineFindings",
  v.doctrine_checked_at as "doctrineCheckedAt", v.upstream_url as url, v.upstream_timeout_ms as "timeoutMs",
  v.upstream_pipelining as pipelining, v.upstream_proof as proof, v.upstream_secret is not null as "hasSecret",
  v.created_at as "createdAt"`;

const NEWEST_FIRST = sql`substr(v.name, 2)::int desc`;

function asVersion<R extends Row>({ url, timeoutMs, pipelining, proof, hasSecret, ...row }: R) {
  return { ...row, upstream: { url, timeoutMs, pipelining, proof, hasSecret } };
}

/** The versions of an API, the newest first. */
export async function listVersions(db: Db, apiId: string): Promise<ApiVersion[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from exchange.api_versions v where v.api_id = ${apiId} order by ${NEWEST_FIRST}`.execute(
    db,
  );
  return rows.map(asVersion);
}

/** The version of an API with this name. */
export async function findVersion(db: Db, apiId: string, name: string): Promise<ApiVersion | undefined> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from exchange.api_versions v where v.api_id = ${apiId} and v.name = ${name}`.execute(
    db,
  );
  return rows[0] && asVersion(rows[0]);
}

/** The document of a version, and the examples recorded for its sandbox. */
export interface VersionContent {
  readonly openapi: OpenApiDocument;
  readonly examples: readonly SandboxExample[];
}

/** The document and examples of a version. */
export async function findContent(db: Db, versionId: string): Promise<VersionContent | undefined> {
  const { rows } = await sql<VersionContent>`
    select openapi, sandbox_examples as examples from exchange.api_versions where id = ${versionId}`.execute(
    db,
  );
  return rows[0];
}

/** The same by the words of an address, of an API that is in the catalogue; with `retired`, of any version. */
export async function findPublicContent(
  db: Db,
  slug: string,
  version: string,
  { retired }: { readonly retired: boolean },
): Promise<VersionContent | undefined> {
  const { rows } = await sql<VersionContent>`
    select v.openapi, v.sandbox_examples as examples
    from exchange.api_versions v join exchange.apis a on a.id = v.api_id
    where a.slug = ${slug} and v.name = ${version} and a.state <> 'draft'
      and (${retired} or v.state <> 'retired')`.execute(db);
  return rows[0];
}

/** The versions of an API with what gateways need of them, the newest first. */
export async function listVersionsForPolicy(db: Db, apiId: string): Promise<VersionForPolicy[]> {
  const { rows } = await sql<Row & Pick<VersionForPolicy, 'paths' | 'sealedSecret'>>`
    select ${COLUMNS}, v.upstream_secret as "sealedSecret",
      array(select json_object_keys(v.openapi -> 'paths')) as paths
    from exchange.api_versions v where v.api_id = ${apiId} order by ${NEWEST_FIRST}`.execute(db);
  return rows.map(asVersion);
}

/** What a new version starts from. */
export interface NewVersion {
  readonly name: string;
  readonly openapi: OpenApiDocument;
  readonly openapiSource: string | null;
  readonly sandboxExamples: readonly SandboxExample[];
}

/** A version of an API as it is recorded whole. */
export interface WholeVersion extends NewVersion {
  readonly apiId: string;
  readonly state: VersionState;
  readonly endsOn: string | null;
  readonly upstream: Omit<Upstream, 'hasSecret'>;
  readonly sealedSecret: Buffer | null;
}

/** Records versions at once. @returns the id of each by `<id of the API> <name>`; those that are there are left out. */
export async function insertVersions(
  trx: Trx,
  now: Date,
  versions: readonly WholeVersion[],
): Promise<ReadonlyMap<string, string>> {
  const rows = versions.map(({ upstream, sealedSecret, ...version }) => ({
    ...version,
    ...upstream,
    secret: sealedSecret?.toString('base64') ?? null,
  }));
  // `json`, not `jsonb`: a document keeps the order in which it was written.
  const inserted = await sql<{ id: string; at: string }>`
    insert into exchange.api_versions (api_id, name, state, ends_on, openapi, openapi_source, sandbox_examples,
      upstream_url, upstream_timeout_ms, upstream_pipelining, upstream_proof, upstream_secret, created_at)
    select n."apiId", n.name, n.state, n."endsOn", n.openapi, n."openapiSource", n."sandboxExamples", n.url,
      n."timeoutMs", n.pipelining, n.proof, decode(n.secret, 'base64'), ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as n ("apiId" uuid, name text, state text, "endsOn" date,
      openapi json, "openapiSource" text, "sandboxExamples" json, url text, "timeoutMs" int, pipelining boolean,
      proof text, secret text)
    on conflict (api_id, name) do nothing returning id, api_id || ' ' || name as at`.execute(trx);
  return new Map(inserted.rows.map(({ id, at }) => [at, id]));
}

const NOWHERE: Omit<Upstream, 'hasSecret'> = {
  url: null,
  timeoutMs: 10_000,
  pipelining: false,
  proof: 'none',
};

/** Records a version that leads nowhere yet. @returns its id; null when the API has one of that name. */
export async function insertVersion(
  trx: Trx,
  now: Date,
  apiId: string,
  version: NewVersion,
): Promise<string | null> {
  const whole = {
    ...version,
    apiId,
    state: 'current',
    endsOn: null,
    upstream: NOWHERE,
    sealedSecret: null,
  } as const;
  const ids = await insertVersions(trx, now, [whole]);
  return ids.get(`${apiId} ${version.name}`) ?? null;
}

/** Writes the state of a version and the day of its end. */
export async function updateVersionState(
  trx: Trx,
  id: string,
  { state, endsOn }: { readonly state: VersionState; readonly endsOn: string | null },
): Promise<void> {
  await sql`update exchange.api_versions set state = ${state}, ends_on = ${endsOn}::date where id = ${id}`.execute(
    trx,
  );
}

/** Writes where a version is forwarded to. A secret that is undefined stays as it is; null takes it away. */
export async function updateUpstream(
  trx: Trx,
  id: string,
  upstream: Omit<Upstream, 'hasSecret'>,
  sealedSecret: Buffer | null | undefined,
): Promise<void> {
  await sql`
    update exchange.api_versions set upstream_url = ${upstream.url}, upstream_timeout_ms = ${upstream.timeoutMs},
      upstream_pipelining = ${upstream.pipelining}, upstream_proof = ${upstream.proof},
      upstream_secret = case when ${sealedSecret === undefined} then upstream_secret else ${sealedSecret ?? null}::bytea end
    where id = ${id}`.execute(trx);
}

/** Writes what the technical doctrine says of a version's document. */
export async function updateDoctrine(
  db: Db,
  now: Date,
  id: string,
  { score, findings }: { readonly score: number; readonly findings: readonly DoctrineFinding[] },
): Promise<void> {
  await sql`
    update exchange.api_versions set doctrine_score = ${score}, doctrine_findings = ${JSON.stringify(findings)}::jsonb,
      doctrine_checked_at = ${now}
    where id = ${id}`.execute(db);
}

/** Versions in use that were never checked against the doctrine, at most 500. */
export async function listUncheckedVersions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from exchange.api_versions
    where doctrine_checked_at is null and state <> 'retired' order by created_at, id limit 500`.execute(db);
  return rows.map(({ id }) => id);
}
