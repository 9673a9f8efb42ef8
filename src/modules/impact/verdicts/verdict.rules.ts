// The verdict of a contract, from its measures: an effect with its interval, or why it cannot be told. Pure.
import type { Estimate, Lack } from './estimates.rules.ts';
import { matchedEffect } from './matched.rules.ts';
import { effectAgainstBaseline, seriesEffect } from './series.rules.ts';
import { staggeredEffect } from './staggered.rules.ts';
import type { Verdict, VerdictInput } from './verdicts.types.ts';

/** The confidence of an interval, unless the contract registers another. */
const CONFIDENCE = 0.95;

/**
 * The verdict: the effect, its interval and the probabilities of reaching the target and the minimum, by the method
 * that the contract registered; or the reason why no honest verdict can be given. Effects are positive in the wanted
 * direction; with the method `none` they are told against the stated baseline, and nothing says what would have
 * happened without the project. Never throws; the same input gives the same verdict.
 */
export function verdictOf(input: VerdictInput): Verdict {
  const { method, direction, minimum, confidence = CONFIDENCE } = input;
  const sign = direction === 'up' ? 1 : -1;
  const targetEffect = sign * (input.target - input.baseline);
  const isSound = targetEffect > 0 && minimum > 0 && confidence >= 0.5 && confidence <= 0.999;
  const figures = valuesOf(input);
  const found: Estimate | Lack =
    !isSound || !Number.isFinite(targetEffect) || !Number.isFinite(minimum)
      ? { reason: 'objective-unsound' }
      : figures.some((value) => !Number.isFinite(value) || Math.abs(value) > LARGEST)
        ? { reason: 'not-finite' }
        : estimateOf(input, sign, confidence);
  if ('reason' in found) return untold(method, found);
  const { estimator, effect, low, high, n } = found;
  const pTarget = found.atLeast(targetEffect);
  const pMinimum = found.atLeast(minimum);
  // Whatever rounding or overflow hides in a measure, a verdict never carries a figure that is none.
  if (![effect, low, high, pTarget, pMinimum].every(Number.isFinite))
    return untold(method, { reason: 'not-finite' });
  return {
    kind: 'told',
    method,
    estimator,
    direction,
    effect,
    low,
    high,
    confidence,
    targetEffect,
    minimum,
    pTarget,
    pMinimum,
    n,
  };
}

/** Values whose squares can still be summed. */
const LARGEST = 1e100;

function untold(method: VerdictInput['method'], { reason, needed, had }: Lack): Verdict {
  return { kind: 'cannot-be-told', method, reason, needed: needed ?? null, had: had ?? null };
}

function isStep(start: number | null): boolean {
  return start === null || (Number.isSafeInteger(start) && start >= 0);
}

function valuesOf(input: VerdictInput): number[] {
  switch (input.method) {
    case 'before-after':
      return [...input.before, ...input.after];
    case 'none':
      return [...input.after];
    case 'staggered':
      return input.units.flatMap(({ start, series }) => [isStep(start) ? 0 : Number.NaN, ...series]);
    case 'matched':
      return input.pairs.flatMap(({ treated, control }) => [treated, control]);
  }
}

/** The estimate, every value turned so that up is what the contract wants. */
function estimateOf(input: VerdictInput, sign: 1 | -1, confidence: number): Estimate | Lack {
  const turned = (values: readonly number[]) => values.map((value) => sign * value);
  switch (input.method) {
    case 'before-after':
      if (input.after.length === 0) return { reason: 'no-measure' };
      return seriesEffect(turned(input.before), turned(input.after), input.cycle, confidence);
    case 'none':
      if (input.after.length === 0) return { reason: 'no-measure' };
      return effectAgainstBaseline(sign * input.baseline, turned(input.after), confidence);
    case 'staggered':
      if (input.units.every(({ series }) => series.length === 0)) return { reason: 'no-measure' };
      return staggeredEffect(
        input.units.map(({ start, series }) => ({ start, series: turned(series) })),
        confidence,
      );
    case 'matched':
      if (input.pairs.length === 0) return { reason: 'no-measure' };
      return matchedEffect(
        input.pairs.map(({ treated, control }) => ({ treated: sign * treated, control: sign * control })),
        confidence,
      );
  }
}
