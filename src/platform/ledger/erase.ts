// Erases what an entry says while its place and proofs stay: the leaf holds only a salted hash of it.
import { sql } from 'kysely';
import type { Trx } from '../database/connection.ts';
import { defineError } from '../errors.ts';
import { appendToLedger } from './append.ts';
import type { LedgerActor } from './ledger.types.ts';

/** Kind of the entry that records an erasure. */
export const ERASURE = 'ledger.data-erased';
const ENTRY = 'ledger/entry/';

const entryNotErasable = defineError('ledger-entry-not-erasable', 'not-found', {
  fr: 'Cette entrée du registre n’existe pas, ou son contenu est déjà effacé.',
  en: 'This entry of the ledger does not exist, or its content is erased already.',
});

/**
 * Erases the data and salt of the entry `id` (GDPR, article 17), and records that it was done, by whom and why.
 * @throws SocleError `ledger-entry-not-erasable`.
 */
export async function eraseEntryData(
  trx: Trx,
  now: Date,
  { id, actor, reason }: { id: string; actor: LedgerActor; reason: string },
): Promise<void> {
  const { rows } = await sql`
    with waiting as (
      update ledger.waiting set data = null, salt = null where id = ${id} and data is not null returning id
    ), placed as (
      update ledger.entries set data = null, salt = null where id = ${id} and data is not null returning id
    )
    select id from waiting union all select id from placed
  `.execute(trx);
  if (rows.length === 0) throw entryNotErasable();
  await appendToLedger(trx, now, { kind: ERASURE, subject: `${ENTRY}${id}`, actor, data: { reason } });
}

/** Id of the entry whose erasure an entry of this kind and subject records; null when it records something else. */
export function erasedBy({ kind, subject }: { kind: string; subject: string }): string | null {
  return kind === ERASURE && subject.startsWith(ENTRY) ? subject.slice(ENTRY.length) : null;
}
