// One line in the ledger for each thing that happens to a contract, and the hash by which its terms are known there.
import { hash } from 'node:crypto';
import type { Trx } from '#platform/database/connection.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { canonicalJson } from '#platform/ledger/canonical-json.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { DecisionRule } from '../verdicts/verdicts.types.ts';
import type { ContractTerms } from './contracts.types.ts';

/** SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of terms or of a decision rule. */
export function hashOfTerms(terms: ContractTerms | DecisionRule): string {
  return hash('sha256', canonicalJson(terms), 'hex');
}

/** Writes one line about a contract into the ledger. */
export async function recordContractEvent(
  trx: Trx,
  now: Date,
  contractId: string,
  { kind, actor, data }: { kind: string; actor: LedgerActor; data: Record<string, unknown> },
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `impact.contract-${kind}`,
    subject: `impact/contract/${contractId}`,
    actor,
    data,
  });
}
