// Which signing keys are published, which one signs, and when another is due. Pure: `now` is given.
import type { JWK } from 'jose';

const A_DAY = 24 * 60 * 60 * 1000;

/** A key is published for this long before it signs, so that services that keep key sets know it by then. */
export const PUBLISHED_AHEAD_MS = A_DAY;
/** A key signs for this long, then another does. */
export const SIGNS_FOR_MS = 90 * A_DAY;
/** A key stays published for this long after its last signature: longer than any token or session that it signed. */
export const KEPT_AFTER_MS = 14 * A_DAY;

/** Algorithms that every realm signs with: ES256 for all, RS256 for services that know no other (OIDC Core, 15.1). */
export const SIGNING_ALGORITHMS = ['ES256', 'RS256'] as const;

/** One of them. */
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** A signing key of a realm, its private part unsealed. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly jwk: JWK;
  readonly publishedAt: Date;
  readonly signsFrom: Date;
}

/** The keys of one algorithm that sign now or later, the latest first. */
function byStart(keys: readonly SigningKey[], alg: SigningAlgorithm): SigningKey[] {
  return keys
    .filter((key) => key.alg === alg)
    .sort((x, y) => y.signsFrom.getTime() - x.signsFrom.getTime() || (x.kid < y.kid ? 1 : -1));
}

/** The key that signs at `now`: of those that have begun, the latest. Undefined when none has. */
export function signingKeyAt(
  keys: readonly SigningKey[],
  alg: SigningAlgorithm,
  now: Date,
): SigningKey | undefined {
  return byStart(keys, alg).find(({ signsFrom }) => signsFrom <= now);
}

/** All keys in the order in which a provider looks for one to sign with: those that sign first, then the others. */
export function orderedForSigning(keys: readonly SigningKey[], now: Date): SigningKey[] {
  const signing = SIGNING_ALGORITHMS.map((alg) => signingKeyAt(keys, alg, now)).filter(
    (key) => key !== undefined,
  );
  return [...signing, ...keys.filter((key) => !signing.includes(key))];
}

/** Tells whether a new key is due: the latest one nears the end of its time, or there is none. */
export function isNewKeyDue(keys: readonly SigningKey[], alg: SigningAlgorithm, now: Date): boolean {
  const [latest] = byStart(keys, alg);
  return !latest || latest.signsFrom.getTime() + SIGNS_FOR_MS - PUBLISHED_AHEAD_MS <= now.getTime();
}

/** Keys that no token in use can bear any more: a later one has signed for longer than anything signed lives. */
export function keysToWithdraw(keys: readonly SigningKey[], now: Date): SigningKey[] {
  return SIGNING_ALGORITHMS.flatMap((alg) => {
    const current = signingKeyAt(keys, alg, now);
    if (!current || now.getTime() - current.signsFrom.getTime() < KEPT_AFTER_MS) return [];
    return byStart(keys, alg).filter(({ signsFrom }) => signsFrom < current.signsFrom);
  });
}
