// Verifies the log as it stands in the database: what an export shows, and what proofs are made of. It changes nothing.
import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { ERASURE } from './erase.ts';
import { linesBetween } from './export.ts';
import type { ExportedLine } from './exported-line.ts';
import type { HashedSubtree } from './growing-tree.ts';
import { FAULTS } from './ledger.faults.ts';
import { findLatestCheckpoint, listCheckpoints } from './ledger.repository.ts';
import { openCheckpoint } from './signed-note.ts';
import type { LedgerSigner } from './signer.ts';
import { isKept } from './subtrees.repository.ts';
import { type LedgerFault, type LedgerVerdict, verifyLines } from './verify.ts';

const PAGE = 1_000;

/** Verifies the whole log of `db`; names the first entry that does not fit. */
export async function verifyDatabase(
  db: Db,
  signer: LedgerSigner,
  kept: string | null = null,
): Promise<LedgerVerdict> {
  const size = (await findLatestCheckpoint(db))?.size ?? 0;
  const subtrees = new Map<string, HashedSubtree>();
  async function* lines(): AsyncGenerator<ExportedLine> {
    yield { type: 'ledger', version: 1, origin: signer.origin, verifier: signer.verifierKey };
    yield* linesBetween(db, 0, size);
  }
  const onSubtree = (subtree: HashedSubtree) => {
    if (isKept(subtree.level)) subtrees.set(`${subtree.level}/${subtree.index}`, subtree);
  };
  const verdict = await verifyLines(lines(), { kept, verifierKey: signer.verifierKey, onSubtree }, (ids) =>
    recordedErasures(db, ids),
  );
  const fault =
    verdict.fault ??
    (await falseSubtree(db, size, subtrees)) ??
    (await falseCheckpointRow(db, signer)) ??
    (await unsignedEntry(db));
  return { ...verdict, fault };
}

/** Of the entries `ids`, those whose erasure an entry records, be it still waiting for its place. */
async function recordedErasures(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select erased.id from unnest(${ids}::text[]) as erased (id)
    where exists (select from ledger.entries where subject = 'ledger/entry/' || erased.id and kind = ${ERASURE})
       or exists (select from ledger.waiting where subject = 'ledger/entry/' || erased.id and kind = ${ERASURE})
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** The kept hashes of subtrees against those that follow from the entries. */
async function falseSubtree(
  db: Db,
  size: number,
  expected: Map<string, HashedSubtree>,
): Promise<LedgerFault | null> {
  const unseen = new Map(expected);
  let after = { level: -1, index: -1 };
  for (;;) {
    const { rows } = await sql<HashedSubtree>`
      select level, index, hash from ledger.nodes
      where (level, index) > (${after.level}, ${after.index}) order by level, index limit ${PAGE}
    `.execute(db);
    for (const { level, index, hash } of rows) {
      const first = index * 2 ** level;
      // Those beyond belong to entries that came since this verification began.
      if (first + 2 ** level > size) continue;
      const key = `${level}/${index}`;
      if (!expected.get(key)?.hash.equals(hash)) return { index: first, reason: FAULTS.storedHash };
      unseen.delete(key);
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last;
  }
  const [missing] = unseen.values();
  return missing ? { index: missing.index * 2 ** missing.level, reason: FAULTS.storedHash } : null;
}

/** The columns beside each note, which pages show. The notes themselves were verified with the entries. */
async function falseCheckpointRow(db: Db, signer: LedgerSigner): Promise<LedgerFault | null> {
  let after = -1;
  for (;;) {
    const page = await listCheckpoints(db, { after, limit: PAGE });
    for (const { size, root, note } of page) {
      const signed = openCheckpoint(note, signer.verifier);
      if (signed?.size !== size || !signed.root.equals(root)) {
        return { index: null, reason: FAULTS.checkpointRow(size) };
      }
    }
    const last = page.at(-1);
    if (!last) return null;
    after = last.size;
  }
}

/** Entries beyond the last checkpoint: the integrator writes both in one transaction. */
async function unsignedEntry(db: Db): Promise<LedgerFault | null> {
  const { rows } = await sql<{ entries: number; signed: number }>`
    select coalesce((select max(index) from ledger.entries), -1) + 1 as entries,
           coalesce((select max(size) from ledger.checkpoints), 0) as signed
  `.execute(db);
  const { entries = 0, signed = 0 } = rows[0] ?? {};
  return entries === signed ? null : { index: Math.min(entries, signed), reason: FAULTS.unsigned };
}
