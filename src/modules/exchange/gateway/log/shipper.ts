// Brings what the keeper has signed into PostgreSQL, batch after batch, from the bundles and tiles on the disk. Where it goes
// on is what PostgreSQL says: whoever ends in the middle, nothing is lost and nothing doubled.
import type { Db } from '#platform/database/connection.ts';
import { rootOf } from '#platform/ledger/proofs.ts';
import { findLatestCheckpoint, findPosition } from '../../records/logs.repository.ts';
import type { LogBatch } from '../../records/logs.types.ts';
import { takeOver } from '../../records/records.actions.ts';
import { ensureMonth } from '../../records/records.repository.ts';
import { chainLinkOf } from './chain.rules.ts';
import type { Published } from './keeper.ts';
import { logDamaged, logForked } from './log.errors.ts';
import { readTileFile } from './log-files.ts';
import { firstHashes, hashFromTile, readBundle, TILE_WIDTH, tileOf, tilesBetween } from './tiles.rules.ts';

const BATCH = 2_000;

/** What a shipper works with. */
export interface ShipperParts {
  readonly db: Db;
  readonly folder: string;
  readonly origin: string;
  readonly verifierKey: string;
  now(): number;
  /** Called after each batch of several with the time that it took. */
  pause?(ms: number): Promise<void>;
  /** Told before each thing that is done in the database. */
  onStep?(step: string): void;
}

/** Ships one log. */
export class LogShipper {
  readonly #parts: ShipperParts;
  /** Where PostgreSQL stands; null until it was asked, and after each failure. */
  #next: number | null = null;
  readonly #months = new Set<string>();
  /** Notes of heads that PostgreSQL has. */
  readonly #notes = new Map<string, string>();

  constructor(parts: ShipperParts) {
    this.#parts = parts;
  }

  /**
   * Ships up to what was published. @returns how many entries PostgreSQL has.
   * @throws SocleError `exchange.log-forked` where it holds another log of this name; any error of the database.
   */
  async ship(published: Published): Promise<number> {
    try {
      let next = this.#next ?? (await this.#position(published));
      while (next < published.size) {
        const start = performance.now();
        next = await this.#shipBatch(published, next);
        this.#next = next;
        if (next < published.size) await this.#parts.pause?.(performance.now() - start);
      }
      return next;
    } catch (error) {
      // What was known of the database may be true no more: it was started again, or a month was erased.
      this.#next = null;
      this.#months.clear();
      throw error;
    }
  }

  /** Where PostgreSQL stands, after a look at whether it knows this very log. */
  async #position({ size }: Published): Promise<number> {
    const { db, origin, verifierKey, folder } = this.#parts;
    this.#notes.clear();
    const position = await findPosition(db, origin);
    if (!position) return 0;
    const last = await findLatestCheckpoint(db, origin);
    const isOther =
      position.verifier !== verifierKey || position.nextIndex > size || (last?.size ?? 0) > size;
    if (isOther) throw logForked({ detail: { position, size } }, origin);
    if (last) {
      const root = await rootOf(async (subtrees) => {
        return subtrees.map((subtree) => {
          const { level, index } = tileOf(subtree);
          const tile = readTileFile(folder, { level, index, width: widthFor(subtree) });
          const hash = hashFromTile(subtree, tile ?? Buffer.alloc(0));
          if (!hash) throw logDamaged({ detail: { level, index } }, folder);
          return hash;
        });
      }, last.size);
      if (!root.equals(last.root)) throw logForked({ detail: { size: last.size } }, origin);
    }
    return position.nextIndex;
  }

  async #shipBatch(published: Published, from: number): Promise<number> {
    const { db, origin, verifierKey, folder, now } = this.#parts;
    const end = Math.min(from + BATCH, published.size);
    const entries = readEntries(folder, from, end);
    await this.#ensureMonths(entries);
    const isLast = end === published.size;
    const heads = isLast
      ? published.heads.filter(({ producer, note }) => this.#notes.get(producer) !== note)
      : [];
    const { size, root, at, note } = published;
    const batch: LogBatch = {
      log: origin,
      verifier: verifierKey,
      from,
      entries,
      tiles: tilesOf(folder, from, end),
      checkpoint: isLast ? { size, root, at, note } : null,
      heads,
    };
    this.#parts.onStep?.('take over');
    await db.transaction().execute(async (trx) => {
      await takeOver(trx, new Date(now()), batch);
      this.#parts.onStep?.('commit');
    });
    this.#parts.onStep?.('taken over');
    for (const head of heads) this.#notes.set(head.producer, head.note);
    return end;
  }

  async #ensureMonths(entries: readonly Buffer[]): Promise<void> {
    for (const entry of entries) {
      const month = chainLinkOf(entry)?.month;
      if (month === undefined || this.#months.has(month)) continue;
      await ensureMonth(this.#parts.db, new Date(`${month}-01T00:00:00Z`));
      this.#months.add(month);
    }
  }
}

/** Narrowest tile that holds the hashes under a subtree. */
function widthFor({ level, index }: { level: number; index: number }): number {
  const width = 2 ** (level % 8);
  return ((index * width) % TILE_WIDTH) + width;
}

/** The entries `from` up to, not including, `end`, from their bundles. */
function readEntries(folder: string, from: number, end: number): Buffer[] {
  const entries: Buffer[] = [];
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < end; index += 1) {
    const first = index * TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, end - first);
    const bytes = readTileFile(folder, { level: 'entries', index, width });
    const bundle = (bytes && readBundle(bytes)) ?? [];
    if (bundle.length < width) throw logDamaged({ detail: { bundle: index, found: bundle.length } }, folder);
    entries.push(...bundle.slice(Math.max(0, from - first), width));
  }
  return entries;
}

/** The tiles of hashes that a log of `end` entries has and one of `from` lacks, each as wide as that log makes it. */
function tilesOf(folder: string, from: number, end: number): LogBatch['tiles'] {
  return [...tilesBetween(from, end)].flatMap(({ level, index, width }) => {
    if (level === 'entries') return [];
    const bytes = readTileFile(folder, { level, index, width });
    if (!bytes) throw logDamaged({ detail: { level, index } }, folder);
    return { level, index, hashes: firstHashes(bytes, width) };
  });
}
