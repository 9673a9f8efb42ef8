// Says which project each row of a newly written edition is, founds new projects and proposes similar names.
import type { Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Origin } from './editions.types.ts';
import {
  exactMatcher,
  indexNames,
  type KnownName,
  type NewRow,
  pairOfKeys,
  projectIdOf,
  projectSlug,
} from './identification.rules.ts';
import {
  eachFoundedBatch,
  eachUnlinkedBatch,
  findDescriptions,
  findRejectedPairs,
  findTaken,
  insertIdentities,
  insertProjects,
  insertProposals,
  linkPlainRows,
  listAbsentNames,
  type ProposalToWrite,
  prepareForManyRows,
} from './identity.repository.ts';
import { acceptInTransaction } from './matches.actions.ts';
import { descriptionWords, scoreOf } from './matching.rules.ts';
import { nameKey, slugOf } from './names.rules.ts';

/** How many candidates a row is proposed at most. */
const MOST_PROPOSALS = 3;
/** A threshold accepts the best candidate only when the next one is at least this much behind. */
const CLEAR_LEAD = 0.03;
/** How many new rows are compared between two readings of descriptions. */
const COMPARED_AT_ONCE = 100;

/** From how many rows on the database is made ready for them. */
const MANY_ROWS = 2_000;

/** What identification found. */
export interface Identified {
  readonly matched: number;
  readonly founded: number;
  /** Rows for which at least one proposal still waits. */
  readonly proposed: number;
  readonly accepted: number;
}

/** An edition whose rows are written and not yet identified. */
interface EditionToIdentify {
  readonly editionId: number;
  readonly month: string;
  readonly origin: Origin;
  readonly rows: number;
  readonly acceptAbove: number | undefined;
  readonly by: LedgerActor;
}

/** Identifies the rows of an edition just written. The caller holds the lock on identity. */
export async function identifyEdition(trx: Trx, now: Date, edition: EditionToIdentify): Promise<Identified> {
  const { editionId, month, origin } = edition;
  if (edition.rows > MANY_ROWS) await prepareForManyRows(trx);
  const plain = await linkPlainRows(trx, origin, editionId, month);
  const absent = await listAbsentNames(trx, origin, editionId);
  const matcher = exactMatcher(absent);
  let founded = 0;
  for await (const rows of eachUnlinkedBatch(trx, editionId)) {
    founded += await linkBatch(trx, now, edition, rows, matcher.match(rows));
  }
  const proposals =
    founded > 0
      ? await compare(
          trx,
          edition,
          absent.filter(({ projectId }) => !matcher.taken.has(projectId)),
        )
      : [];
  const written = await insertProposals(trx, origin, now, proposals);
  const byMember = Map.groupBy(written, ({ memberId }) => memberId);
  let accepted = 0;
  if (edition.acceptAbove !== undefined) {
    const rootOf = new Map(absent.map(({ memberId, projectId }) => [memberId, projectId]));
    const taken = new Set<string>();
    const best = [...byMember.values()].map((some) => some.toSorted((a, b) => b.score - a.score));
    for (const [first, second] of best.sort((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0))) {
      const root = rootOf.get(first?.candidateId ?? '');
      if (!first || !root || first.score <= edition.acceptAbove || taken.has(root)) continue;
      if (second && first.score - second.score < CLEAR_LEAD) continue;
      taken.add(root);
      await acceptInTransaction(trx, now, first.id, edition.by);
      byMember.delete(first.memberId);
      accepted += 1;
    }
  }
  return { matched: plain + matcher.taken.size, founded, proposed: byMember.size, accepted };
}

/** Writes which project each row of a batch is, and founds one for each row that has none. */
async function linkBatch(
  trx: Trx,
  now: Date,
  { editionId, month, origin }: EditionToIdentify,
  rows: readonly NewRow[],
  matches: ReadonlyMap<number, KnownName>,
): Promise<number> {
  const fresh = rows.filter(({ rowId }) => !matches.has(rowId));
  const founded = await foundProjects(trx, now, origin, month, fresh);
  await insertIdentities(
    trx,
    editionId,
    month,
    rows.map(({ rowId }) => {
      const match = matches.get(rowId);
      if (match)
        return { rowId, memberId: match.memberId, projectId: match.projectId, link: 'exact' as const };
      const id = founded.get(rowId) as string;
      return { rowId, memberId: id, projectId: id, link: 'founded' as const };
    }),
  );
  return fresh.length;
}

async function foundProjects(
  trx: Trx,
  now: Date,
  origin: Origin,
  month: string,
  rows: readonly NewRow[],
): Promise<Map<number, string>> {
  const named = rows.map((row) => ({ row, first: projectIdOf(origin, month, row.name, 0) }));
  const taken = await findTaken(
    trx,
    named.map(({ first }) => first),
    [...new Set(rows.map(({ name }) => slugOf(name)))],
  );
  const projects: { id: string; slug: string }[] = [];
  const founded = new Map<number, string>();
  for (const { row, first } of named) {
    let id = first;
    for (let attempt = 1; taken.ids.has(id); attempt += 1) {
      // A second project of that name: its line in the database tells the two apart for good.
      id = projectIdOf(origin, month, `${row.name} ${row.rowId}`, attempt);
    }
    const slug = projectSlug(row.name, id, (wanted) => taken.slugs.has(wanted));
    taken.ids.add(id);
    taken.slugs.add(slug);
    projects.push({ id, slug });
    founded.set(row.rowId, id);
  }
  await insertProjects(trx, origin, month, now, projects);
  return founded;
}

/** Compares new rows with a shortlist of known names each; several names of one project count once, by the best. */
async function compare(
  trx: Trx,
  { editionId, origin }: EditionToIdentify,
  known: readonly KnownName[],
): Promise<ProposalToWrite[]> {
  if (known.length === 0) return [];
  const shortlist = indexNames(known);
  const rejected = await findRejectedPairs(trx, origin);
  const proposals: ProposalToWrite[] = [];
  for await (const rows of eachFoundedBatch(trx, editionId, COMPARED_AT_ONCE)) {
    const pairs = rows
      .flatMap((row) => shortlist(row).map((name) => ({ row, name })))
      .filter(({ row, name }) => !rejected.has(pairOfKeys(nameKey(row.name), nameKey(name.name))));
    const descriptions = await findDescriptions(trx, [
      ...new Set(pairs.flatMap(({ row, name }) => [row.rowId, name.rowId])),
    ]);
    const described = new Map([...descriptions].map(([rowId, text]) => [rowId, descriptionWords(text)]));
    for (const ofRow of Map.groupBy(pairs, ({ row }) => row.rowId).values()) {
      const memberId = ofRow[0]?.row.memberId as string;
      proposals.push(...bestProposals(memberId, ofRow, described));
    }
  }
  return proposals;
}

function bestProposals(
  memberId: string,
  pairs: readonly { row: NewRow; name: KnownName }[],
  described: ReadonlyMap<number, ReadonlySet<string>>,
): ProposalToWrite[] {
  const best = new Map<string, ProposalToWrite>();
  for (const { row, name } of pairs) {
    const scored = scoreOf(
      { ...row, described: described.get(row.rowId) ?? null },
      { ...name, described: described.get(name.rowId) ?? null },
    );
    if (!scored || scored.score <= (best.get(name.projectId)?.score ?? 0)) continue;
    best.set(name.projectId, {
      rowId: row.rowId,
      memberId,
      candidateId: name.memberId,
      candidateRowId: name.rowId,
      memberKey: nameKey(row.name),
      candidateKey: nameKey(name.name),
      ...scored,
    });
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, MOST_PROPOSALS);
}
