// A forecast as a weighted ensemble of values, and what it says: quantiles, probabilities, and its scores. Pure.
// Sources: Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", JASA 2007 (CRPS);
// Czado, Gneiting and Held, "Predictive Model Assessment for Count Data", Biometrics 2009 (PIT randomised at ties).

/** A discrete forecast: values from the lowest, and the probability of a value at or below each; the last is 1. */
export interface Ensemble {
  readonly values: Float64Array;
  readonly cumulative: Float64Array;
}

/** A value and its weight; weights need not sum to 1. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/** Makes an ensemble of weighted values. Throws a RangeError when no value has a weight above 0. */
export function ensembleOf(points: readonly WeightedValue[]): Ensemble {
  const sorted = points.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError('an ensemble needs a value with a weight above 0');
  const values = new Float64Array(sorted.length);
  const cumulative = new Float64Array(sorted.length);
  let sum = 0;
  for (const [index, { value, weight }] of sorted.entries()) {
    sum += weight;
    values[index] = value;
    cumulative[index] = sum / total;
  }
  // What the sum lost in its last digits must not leave a chance above the highest value.
  cumulative[sorted.length - 1] = 1;
  return { values, cumulative };
}

/** The index of the first of the ascending `numbers` that is `limit` or more; their count where none is. */
function firstAtLeast(numbers: Float64Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The smallest value that is not exceeded with probability `p` or more (0 < p <= 1). */
export function quantileOf(ensemble: Ensemble, p: number): number {
  // A sum of weights may miss a round probability in its last digits.
  const index = firstAtLeast(ensemble.cumulative, p - 1e-12);
  return ensemble.values[Math.min(index, ensemble.values.length - 1)] ?? Number.NaN;
}

/** The probability of a value below `limit`. */
export function probabilityBelow(ensemble: Ensemble, limit: number): number {
  const index = firstAtLeast(ensemble.values, limit);
  return index === 0 ? 0 : (ensemble.cumulative[index - 1] ?? 1);
}

/** The probability of a value above `limit`. */
export function probabilityAbove(ensemble: Ensemble, limit: number): number {
  const { values, cumulative } = ensemble;
  let index = firstAtLeast(values, limit);
  while (index < values.length && values[index] === limit) index += 1;
  return index === 0 ? 1 : 1 - (cumulative[index - 1] ?? 1);
}

/**
 * The continuous ranked probability score of a forecast for what came: mean|x-y| - ½ mean|x-x'| of its weighted values,
 * computed exactly as the area between its steps and the step of the outcome. In the unit of the values; 0 is perfect.
 */
export function crpsOf({ values, cumulative }: Ensemble, outcome: number): number {
  let score = 0;
  let at = Math.min(values[0] ?? outcome, outcome);
  let below = 0;
  for (let index = 0; index <= values.length; index += 1) {
    const next = values[index] ?? Math.max(outcome, at);
    // Between two values the forecast's step is level; the outcome may lie between them.
    const beforeOutcome = Math.max(0, Math.min(next, outcome) - at);
    const afterOutcome = Math.max(0, next - Math.max(at, outcome));
    score += below * below * beforeOutcome + (1 - below) * (1 - below) * afterOutcome;
    at = next;
    below = cumulative[index] ?? 1;
  }
  return score;
}

/**
 * Where what came lies in the forecast, from 0 to 1; where values are tied with it, at the share `u` of their weight.
 * Over many calibrated forecasts with `u` drawn evenly it is even.
 */
export function pitOf(ensemble: Ensemble, outcome: number, u: number): number {
  const below = probabilityBelow(ensemble, outcome);
  return below + u * (1 - probabilityAbove(ensemble, outcome) - below);
}

/** Tells whether what came lies in the central 80 % interval, its ends included. */
export function isInCentral80(ensemble: Ensemble, outcome: number): boolean {
  return outcome >= quantileOf(ensemble, 0.1) && outcome <= quantileOf(ensemble, 0.9);
}
