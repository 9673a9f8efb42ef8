// What may be used once (a client assertion, a DPoP proof, a logout token) and how a process remembers many at a time:
// while one statement is on its way to the disk, those that come meanwhile wait together for the next.
import { type StateNeeds, stateRow } from './state.adapter.ts';
import { insertStatesOnce, type StateRow } from './state.repository.ts';

/** More rows in one statement make it no faster. */
const MOST_AT_ONCE = 200;

interface Waiting {
  readonly row: StateRow;
  settle(isFirst: boolean): void;
  fail(error: unknown): void;
}

/** Remembers ids of one realm. */
export interface UsedOnce {
  /** @returns false when `id` was used before, by whichever process; else it is remembered for `seconds`. */
  claim(id: string, seconds: number): Promise<boolean>;
}

/** Makes the memory of one process over the database that all share. */
export function usedOnce(needs: StateNeeds, realm: string): UsedOnce {
  const waiting: Waiting[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_AT_ONCE);
      try {
        const kept = await insertStatesOnce(
          needs.db,
          batch.map(({ row }) => row),
        );
        for (const { row, settle } of batch) {
          // Deleted as it is given: of two in one batch with the same id, the first alone was first.
          settle(kept.delete(row.key.toString('hex')));
        }
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    isWriting = false;
  }

  return {
    claim: (id, seconds) =>
      new Promise((settle, fail) => {
        const row = stateRow(needs, { realm, model: 'UsedOnce', id }, {}, Math.max(seconds, 1));
        waiting.push({ row, settle, fail });
        void write();
      }),
  };
}
