// What of files is on a person's desk: projects without news, baselines to decide, baselines decided.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { withinReach } from './files.repository.ts';
import type { FileReach } from './files.types.ts';

/** A line of a desk. */
export interface FileOnDesk {
  readonly id: string;
  readonly name: string;
  readonly organisationName: string;
  readonly at: Date;
}

const FROM = sql`from portfolio.project_files f join identity.organisations o on o.id = f.organisation_id`;

/** Live files in `reach` without news since `before`, the longest without first. */
export async function listWithoutNews(
  db: Db,
  reach: FileReach,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<FileOnDesk[]> {
  const { rows } = await sql<FileOnDesk>`
    select f.id, f.name, o.name as "organisationName", f.last_news_at as at ${FROM}
    where f.state in ('submitted', 'running', 'suspended') and f.last_news_at < ${before} and ${withinReach(reach)}
    order by f.last_news_at limit ${limit}`.execute(db);
  return rows;
}

/** Baselines that wait for a decision, the oldest first; those that this person proposed are left out. */
export async function listToDecide(
  db: Db,
  { notBy, limit }: { readonly notBy: string; readonly limit: number },
): Promise<(FileOnDesk & { readonly baselineId: string })[]> {
  const { rows } = await sql<FileOnDesk & { baselineId: string }>`
    select f.id, f.name, o.name as "organisationName", b.proposed_at as at, b.id as "baselineId"
    ${FROM} join portfolio.baselines b on b.file_id = f.id
    where b.state = 'proposed' and b.author->>'personId' is distinct from ${notBy}
    order by b.proposed_at limit ${limit}`.execute(db);
  return rows;
}

/** New baselines of files in `reach` that were decided since a moment, the latest first. */
export async function listDecidedSince(
  db: Db,
  reach: FileReach,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<(FileOnDesk & { readonly state: 'approved' | 'refused' })[]> {
  const { rows } = await sql<FileOnDesk & { state: 'approved' | 'refused' }>`
    select f.id, f.name, o.name as "organisationName", b.decided_at as at, b.state
    ${FROM} join portfolio.baselines b on b.file_id = f.id
    where b.state <> 'proposed' and b.number is distinct from 1 and b.decided_at >= ${since} and ${withinReach(reach)}
    order by b.decided_at desc limit ${limit}`.execute(db);
  return rows;
}
