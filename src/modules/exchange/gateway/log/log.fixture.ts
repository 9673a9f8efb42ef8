// Support of tests: a log in a folder of its own, with records of invented calls. Never part of an installation.
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerSigner, newLedgerKey } from '#platform/ledger/signer.ts';
import type { AccessLog, CallRecord } from '../call-record.types.ts';
import { openAccessLog } from './access-log.ts';

const key = newLedgerKey();

/** Signer of the log with this name. */
export const signerOf = (origin: string) => ledgerSigner(key, origin);

/** A new, empty folder for a log. */
export const newLogFolder = () => mkdtempSync(join(tmpdir(), 'socle-log-'));

/** The id of an invented producer. */
export const producerId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Record of an invented call. */
export function inventedCall(n: number, more: Partial<CallRecord> = {}): CallRecord {
  return {
    at: Date.UTC(2026, 10, 24, 10) + n * 1000,
    producerId: n % 7 === 6 ? null : producerId(n % 3),
    apiId: null,
    apiVersion: 'v1',
    clientId: 'client',
    accreditationId: null,
    organisationId: null,
    purpose: 'Tarifs de la cantine « été »',
    environment: 'production',
    scopes: ['read'],
    fields: ['/quotient'],
    fieldsHash: null,
    subjectHash: null,
    verdict: 'allowed',
    status: 200,
    policyVersion: 1,
    latencyUs: 900 + n,
    traceId: n.toString(16).padStart(32, '0'),
    ...more,
  };
}

/** Opens the log in `folder` for writing. */
export const openLog = (
  folder: string,
  origin: string,
  onError = (error: Error): void => {
    throw error;
  },
): Promise<AccessLog> =>
  openAccessLog({
    folder,
    origin,
    callsUnderWay: () => 0,
    onError,
  });

/** Appends records, and waits until they are acknowledged. @returns their indexes. */
export function appendAll(log: AccessLog, records: readonly CallRecord[]): Promise<number[]> {
  return Promise.all(
    records.map(
      (record) =>
        new Promise<number>((resolve, reject) =>
          log.append(record, (error, index) => (error ? reject(error) : resolve(index))),
        ),
    ),
  );
}

/** Leaves at the end of a file what a write that was cut off left. */
export function tear(file: string, bytes: Buffer): void {
  appendFileSync(file, bytes);
}
