// What the ledger keeps of a decision.
import type { Role } from '../access.ts';

/** Who did it: a person in a role, a job or command that acted by itself. */
export type LedgerActor =
  | { readonly kind: 'person'; readonly personId: string; readonly role?: Role }
  | { readonly kind: 'system'; readonly name: string };

/** A decision or event to record, beside the change that it records. */
export interface LedgerEntry {
  /** Stable name, `<module>.<what-happened>`: `portfolio.match-accepted`. */
  readonly kind: string;
  /** What it is about: `portfolio/project/<id>`. */
  readonly subject: string;
  readonly actor: LedgerActor;
  /** What happened, as plain JSON. Erasable later: the leaf holds a salted hash of it. Never a secret. */
  readonly data: Record<string, unknown>;
}
