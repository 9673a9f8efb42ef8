// The bytes of a leaf: what of an entry the tree commits to. Another form than this one makes another kind of log.
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { LedgerActor } from './ledger.types.ts';
import { leafHash } from './merkle.ts';

/** The fields that a leaf commits to. */
export interface LeafFields {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly subject: string;
  readonly actor: LedgerActor;
  readonly dataHash: Buffer;
}

/** SHA-256(salt || text), `text` being the data's canonical JSON. The salt keeps erased data from being guessed. */
export function dataHashOf(salt: Uint8Array, text: string): Buffer {
  return hash('sha256', Buffer.concat([salt, Buffer.from(text)]), 'buffer');
}

/** Hash of an entry's leaf: over its canonical JSON, version 1 of the form. */
export function leafHashOf({ id, at, kind, subject, actor, dataHash }: LeafFields): Buffer {
  const leaf = {
    v: 1,
    id,
    at: at.toISOString(),
    kind,
    subject,
    actor,
    dataHash: dataHash.toString('base64'),
  };
  return leafHash(Buffer.from(canonicalJson(leaf)));
}
