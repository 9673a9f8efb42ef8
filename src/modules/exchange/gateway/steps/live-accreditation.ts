// Step: the accreditation under which this client calls this API, as it stands at this very moment.
import type { Refusal } from '../call.types.ts';
import type { LiveAccreditation, LivePolicy } from '../policy/live-policy.ts';

/** The accreditation that counts, or why none does. `named` is the `accreditation` header, `now` in milliseconds. */
export function liveAccreditation(
  policy: Pick<LivePolicy, 'withdrawalOf' | 'accreditationsOf'>,
  {
    clientId,
    apiId,
    named,
    now,
  }: { clientId: string; apiId: string; named: string | undefined; now: number },
): LiveAccreditation | Refusal {
  const withdrawal = policy.withdrawalOf(clientId);
  if (withdrawal) return { code: 'client-revoked', detail: `the client is ${withdrawal.reason}` };
  const held = policy.accreditationsOf(clientId, apiId);
  const meant = named === undefined ? held : held.filter(({ policy }) => String(policy.number) === named);
  const [only, another] = meant.length <= 1 ? meant : meant.filter((one) => isInForce(one, now));
  if (another) {
    return {
      code: 'accreditation-ambiguous',
      detail: `name one of ${meant.map(({ policy }) => policy.number).join(', ')} in the accreditation header`,
    };
  }
  if (!only) {
    return meant.length > 0
      ? { code: 'accreditation-expired' }
      : { code: 'accreditation-missing', detail: 'this client has no accreditation in force for this API' };
  }
  return isInForce(only, now) ? only : { code: 'accreditation-expired' };
}

function isInForce({ validFrom, validUntil }: LiveAccreditation, now: number): boolean {
  return validFrom <= now && now < validUntil;
}
