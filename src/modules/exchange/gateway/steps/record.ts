// Step: the record of the call, allowed or denied, is on the disk before anything is answered.
import { hash } from 'node:crypto';
import type { GatewayErrorCode } from '../../gateway-errors.ts';
import type { Call } from '../call.types.ts';
import type { AccessLog, CallRecord } from '../call-record.types.ts';

const KEPT_HASHES = 10_000;
const hashes = new Map<string, string>();

/** SHA-256 over the patterns, one a line, base64; null where nothing left. */
export function fieldsHashOf(fields: readonly string[]): string | null {
  if (fields.length === 0) return null;
  const text = fields.join('\n');
  let known = hashes.get(text);
  if (known === undefined) {
    known = hash('sha256', text, 'base64');
    if (hashes.size >= KEPT_HASHES) hashes.clear();
    hashes.set(text, known);
  }
  return known;
}

/** The record of a call as it ends. `nowMs` is `performance.now()`. */
export function recordOf(call: Call, status: number, nowMs: number): CallRecord {
  const { resolved, accreditation, token, refusal } = call;
  const left = refusal === null ? call.fields : [];
  return {
    at: call.at,
    producerId: resolved?.api.policy.producerId ?? null,
    apiId: resolved?.api.id ?? null,
    apiVersion: resolved?.version.policy.name ?? null,
    clientId: token?.clientId ?? null,
    accreditationId: accreditation?.id ?? null,
    organisationId: accreditation?.policy.organisationId ?? null,
    purpose: accreditation?.policy.purpose ?? null,
    environment: accreditation?.policy.stage ?? 'production',
    scopes: call.scopes,
    fields: left,
    fieldsHash: fieldsHashOf(left),
    subjectHash: call.subjectHash,
    verdict: refusal?.code ?? 'allowed',
    status,
    policyVersion: call.policyVersion,
    latencyUs: Math.round((nowMs - call.startedAt) * 1000),
    traceId: call.traceId,
  };
}

/** The record of what was refused before anything of it was known. */
export function recordOfUnread(
  { at, code, status, traceId }: { at: number; code: GatewayErrorCode; status: number; traceId: string },
  policyVersion: number,
): CallRecord {
  return {
    at,
    producerId: null,
    apiId: null,
    apiVersion: null,
    clientId: null,
    accreditationId: null,
    organisationId: null,
    purpose: null,
    environment: 'production',
    scopes: [],
    fields: [],
    fieldsHash: null,
    subjectHash: null,
    verdict: code,
    status,
    policyVersion,
    latencyUs: 0,
    traceId,
  };
}

/** Writes the record. @returns its index once it is on the disk; null when it cannot be written. */
export function writeRecord(log: AccessLog, record: CallRecord): Promise<number | null> {
  return new Promise((resolve) => {
    log.append(record, (error, index) => resolve(error ? null : index));
  });
}
