// From values to coordinates, for any input: empty, equal, huge or missing values still give finite coordinates.
import { scaleLinear } from 'd3-scale';
import type { ChartPosition, ChartReference, ChartValue } from './chart.types.ts';

// Beyond this the difference of two values, or a tick, could overflow.
const LARGEST = 1e15;

/** A known value as it is; null when it is missing or not finite. */
export function knownValue(value: ChartValue): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value;
}

/** A known value, brought within what can be drawn; null when it is missing or not finite. */
export function drawable(value: ChartValue): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  if (Math.abs(value) < 1e-9) return 0;
  return Math.max(-LARGEST, Math.min(LARGEST, value));
}

/** A reference whose value can be drawn; undefined when there is none. */
export function knownReference(reference: ChartReference | undefined): ChartReference | undefined {
  const value = knownValue(reference?.value);
  return reference === undefined || value === null ? undefined : { label: reference.label, value };
}

/** A position as a number (milliseconds for a date); null when it is not valid. */
export function positionNumber(position: ChartPosition): number | null {
  return drawable(Number(position));
}

/** Rounds a coordinate to a tenth, which no eye tells from the exact one and which is short to send. */
export function coordinate(value: number): number {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? 0 : rounded;
}

/** Values to coordinates, with round ticks. */
export interface ValueScale {
  readonly of: (value: number) => number;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly { readonly at: number; readonly value: number; readonly text: string }[];
}

/**
 * A linear scale over the values, widened to round numbers, on the range of coordinates [start, end].
 * It includes zero unless `fromZero` is false. There are fewer ticks where two would be written alike.
 */
export function valueScale(
  values: readonly ChartValue[],
  range: readonly [start: number, end: number],
  options: {
    formatValue: (value: number) => string;
    tickCount: number;
    fromZero?: boolean;
    /** Keep the ends at the extreme values instead of widening them to round numbers. */
    exact?: boolean;
  },
): ValueScale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    const known = drawable(value);
    if (known === null) continue;
    low = Math.min(low, known);
    high = Math.max(high, known);
  }
  if (low > high) [low, high] = [0, 1];
  if (options.fromZero !== false) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  if (high - low < Math.max(Math.abs(low), Math.abs(high)) * 1e-9 || high === low) {
    // All equal: the value stands in the middle, or on top when the scale starts at zero.
    const margin = Math.max(Math.abs(low) * 0.1, 1);
    low = options.fromZero !== false ? 0 : low - margin;
    high += margin;
  }
  const scale = scaleLinear()
    .domain([low, high])
    .range([...range]);
  if (!options.exact) scale.nice(options.tickCount);
  const [start = low, end = high] = scale.domain();
  // Fewer ticks rather than two that are written alike, as when a count has a tick at one half.
  let places = scale.ticks(options.tickCount);
  for (let count = options.tickCount - 1; count > 0 && hasRepeats(places.map(options.formatValue)); count--) {
    places = scale.ticks(count);
  }
  const ticks = places.map((value) => ({
    at: coordinate(scale(value)),
    value,
    text: options.formatValue(value),
  }));
  return {
    of: (value) => coordinate(scale(Math.max(start, Math.min(end, drawable(value) ?? start)))),
    low: start,
    high: end,
    ticks,
  };
}

function hasRepeats(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}

/** Positions to coordinates on [start, end]; a single position stands in the middle. */
export function positionScale(
  positions: readonly number[],
  start: number,
  end: number,
): (at: number) => number {
  const low = positions.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const high = positions.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  if (positions.length === 0 || high === low) return () => coordinate((start + end) / 2);
  const scale = scaleLinear().domain([low, high]).range([start, end]);
  return (at) => coordinate(scale(at));
}
