// Gives committed entries their place in the tree, and signs the new size and root. One process at a time does it.
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/connection.ts';
import { defineError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { edgeOf, GrowingTree, type HashedSubtree } from './growing-tree.ts';
import { findLatestCheckpoint } from './ledger.repository.ts';
import { subtreesOf } from './merkle.ts';
import { openCheckpoint } from './signed-note.ts';
import type { LedgerSigner } from './signer.ts';
import { getSubtreeHashes, isKept } from './subtrees.repository.ts';

const BATCH = 1_000;
const PAUSE_MS = 500;
/** Any number that no other advisory lock of ours has. */
const LOCK = 71_302_026;

const ledgerAltered = defineError('ledger-altered', 'conflict', {
  fr: 'Le registre ne correspond plus à son dernier point de contrôle signé : rien n’y est ajouté. `socle log verify` dit ce qui ne correspond pas.',
  en: 'The ledger no longer matches its last signed checkpoint: nothing is added to it. `socle log verify` says what does not fit.',
});

const ledgerKeyChanged = defineError('ledger-key-changed', 'conflict', {
  fr: 'Le dernier point de contrôle du registre n’a pas été signé avec la clé de cette installation : remettez la clé d’origine (SOCLE_LEDGER_KEY_FILE) et le nom d’origine (SOCLE_LEDGER_ORIGIN).',
  en: 'The last checkpoint of the ledger was not signed with this installation’s key: put the original key (SOCLE_LEDGER_KEY_FILE) and name (SOCLE_LEDGER_ORIGIN) back.',
});

/**
 * The tree as it was last signed, from the hashes that the database keeps.
 * @throws SocleError when they are not what was signed: signing more upon them would make a forgery pass.
 */
async function lastSignedTree(
  trx: Trx,
  signer: LedgerSigner,
  onSubtree: (subtree: HashedSubtree) => void,
): Promise<GrowingTree> {
  const last = await findLatestCheckpoint(trx);
  if (!last) return new GrowingTree({ onSubtree });
  const signed = openCheckpoint(last.note, signer.verifier);
  if (!signed) throw ledgerKeyChanged();
  const hashes = await getSubtreeHashes(trx, subtreesOf(0, signed.size)).catch((cause: unknown) => {
    throw ledgerAltered({ cause });
  });
  const tree = new GrowingTree({ edge: edgeOf(signed.size, hashes), onSubtree });
  if (!tree.root.equals(signed.root) || signed.size !== last.size) throw ledgerAltered();
  return tree;
}

/** Moves at most one batch into the log. @returns how many entries got their place. */
async function integrateBatch(trx: Trx, signer: LedgerSigner, now: Date): Promise<number> {
  // Waits: another process may be at it, and what it leaves is ours to look at.
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
  const { rows: waiting } = await sql<{ arrival: number; hash: Buffer }>`
    select arrival, leaf_hash as hash from ledger.waiting order by arrival limit ${BATCH}
  `.execute(trx);
  if (waiting.length === 0) return 0;

  const kept: HashedSubtree[] = [];
  const tree = await lastSignedTree(trx, signer, (subtree) => {
    if (isKept(subtree.level)) kept.push(subtree);
  });
  const { size } = tree;
  for (const { hash } of waiting) tree.append(hash);
  const { root } = tree;

  await sql`
    with placed as (
      delete from ledger.waiting
      using unnest(${waiting.map(({ arrival }) => arrival)}::bigint[]) with ordinality as place (arrival, n)
      where waiting.arrival = place.arrival
      returning place.n, waiting.*
    )
    insert into ledger.entries (index, id, at, kind, subject, actor, data, salt, data_hash, leaf_hash)
    select ${size} + n - 1, id, at, kind, subject, actor, data, salt, data_hash, leaf_hash from placed order by n
  `.execute(trx);
  if (kept.length > 0) {
    await sql`
      insert into ledger.nodes (level, index, hash)
      select * from unnest(${kept.map(({ level }) => level)}::smallint[], ${kept.map(({ index }) => index)}::bigint[],
                           ${kept.map(({ hash }) => hash)}::bytea[])
    `.execute(trx);
  }
  const note = signer.sign({ size: tree.size, root });
  await sql`
    insert into ledger.checkpoints (size, root, at, note) values (${tree.size}, ${root}, ${now}, ${note})
  `.execute(trx);
  return waiting.length;
}

/**
 * Gives every committed entry its place. A batch costs its own length and the logarithm of the log's.
 * @returns how many got one.
 * @throws SocleError when the log is not what was last signed, or was signed with another key.
 */
export async function integratePending(db: Db, signer: LedgerSigner, clock: Clock): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await db.transaction().execute((trx) => integrateBatch(trx, signer, clock.now()));
    total += count;
    if (count < BATCH) return total;
  }
}

/** Tells whether entries wait, without the lock: asked twice a second, mostly for nothing. */
async function hasWaitingEntries(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from ledger.waiting limit 1`.execute(db);
  return rows.length > 0;
}

/**
 * Integrates twice a second until stopped. A failure is logged and tried again: entries wait safely. It is not woken by
 * NOTIFY, which would make every appending transaction queue for one lock at its commit.
 */
export function startIntegrator({
  db,
  signer,
  clock,
  log,
}: {
  db: Db;
  signer: LedgerSigner;
  clock: Clock;
  log: Logger;
}): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let lastFailure = '';

  async function turn(): Promise<void> {
    try {
      if (await hasWaitingEntries(db)) await integratePending(db, signer, clock);
      lastFailure = '';
    } catch (error) {
      // Twice a second for as long as it lasts would bury everything else in the log.
      const failure = String(error);
      if (failure !== lastFailure)
        log.error({ err: error }, 'the ledger could not integrate; it tries again');
      lastFailure = failure;
    }
    if (!stopped) timer = setTimeout(start, PAUSE_MS);
  }
  function start(): void {
    running = turn();
  }

  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
