// What one request of the protocol reads and writes, gathered: its writes leave in one statement before its answer does,
// and what was read along with something else is not read again. It lasts no longer than the request.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db } from '#platform/database/connection.ts';
import { type Durability, type FoundState, type StateRow, saveStates } from './state.repository.ts';

/** The state that one request has seen and changed. */
export class StateUnit {
  readonly #seen = new Map<string, FoundState | undefined>();
  readonly #written = new Map<string, StateRow>();
  readonly #removed = new Map<string, Buffer>();
  #durability: Durability = 'passing';

  /** Remembers what stands under a key or (a text) a session's uid; undefined: nothing. */
  remember(name: Buffer | string, found: FoundState | undefined): void {
    this.#seen.set(nameOf(name), found);
  }

  /** What this request knows of a key; null when it knows nothing. */
  find(key: Buffer): { found: FoundState | undefined } | null {
    const name = nameOf(key);
    const row = this.#written.get(name);
    if (row) return { found: { key: row.key, content: row.content, consumedAt: null } };
    if (this.#removed.has(name)) return { found: undefined };
    return this.#seen.has(name) ? { found: this.#seen.get(name) } : null;
  }

  /** What this request knows of a uid; null when it knows nothing. */
  findByUid(
    uid: string,
    { realm, model }: { realm: string; model: string },
  ): { found: FoundState | undefined } | null {
    for (const row of this.#written.values()) {
      if (row.uid === uid && row.realm === realm && row.model === model) return this.find(row.key);
    }
    if (!this.#seen.has(uid)) return null;
    const found = this.#seen.get(uid);
    return found && this.#removed.has(nameOf(found.key)) ? { found: undefined } : { found };
  }

  /** Keeps a row when the request ends. */
  save(row: StateRow, durability: Durability): void {
    const name = nameOf(row.key);
    this.#removed.delete(name);
    this.#written.set(name, row);
    if (durability === 'lasting') this.#durability = 'lasting';
  }

  /** Removes a row when the request ends. */
  remove(key: Buffer, durability: Durability): void {
    const name = nameOf(key);
    this.#written.delete(name);
    this.#removed.set(name, key);
    if (durability === 'lasting') this.#durability = 'lasting';
  }

  /** Forgets what this request wrote under a grant that is revoked. */
  dropOfGrant(grantId: string): void {
    for (const [name, row] of this.#written) if (row.grant_id === grantId) this.#written.delete(name);
    // What was seen before may be gone now.
    this.#seen.clear();
  }

  /** Writes what was gathered, in one statement. */
  async flush(db: Db): Promise<void> {
    const rows = [...this.#written.values()];
    const removed = [...this.#removed.values()];
    const durability = this.#durability;
    this.#written.clear();
    this.#removed.clear();
    await saveStates(db, { rows, removed, durability });
  }
}

function nameOf(name: Buffer | string): string {
  return typeof name === 'string' ? name : name.toString('base64');
}

const units = new AsyncLocalStorage<StateUnit>();

/** The unit of the request under way; undefined outside of one: then each write leaves at once. */
export function currentUnit(): StateUnit | undefined {
  return units.getStore();
}

/** Does `work` as one unit: what it writes is on its way to the disk when this returns. */
export async function inOneUnit(db: Db, work: () => Promise<void>): Promise<void> {
  const unit = new StateUnit();
  await units.run(unit, async () => {
    await work();
    await unit.flush(db);
  });
}
