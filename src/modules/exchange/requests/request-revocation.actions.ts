// What a revocation of an accreditation does to its request. It is apart from the decisions, which call accreditations.
import type { Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { recordOnRequest } from './request-steps.actions.ts';
import { lockRequest, updateRequest } from './requests.repository.ts';

const EVERYTHING = { everything: true, instructs: true, consumers: [], producers: [] } as const;

/** Makes the request of an accreditation that was revoked by itself a revoked one, whether or not it was reopened. */
export async function requestWasRevoked(
  trx: Trx,
  now: Date,
  requestId: string,
  { reason, by }: { readonly reason: string; readonly by: LedgerActor },
): Promise<void> {
  const request = await lockRequest(trx, EVERYTHING, requestId);
  if (!request || request.state === 'revoked') return;
  await updateRequest(trx, now, requestId, {
    state: 'revoked',
    reopenedAt: null,
    transfer: null,
    decidedAt: now,
  });
  await recordOnRequest(trx, now, request, { kind: 'revoke', by, text: reason });
}
