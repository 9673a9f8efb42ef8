// Which lines of an intake are taken. It touches nothing else: today in the State's time zone is given.
import { daysBetween } from '#platform/calendar-days.rules.ts';
import { isDay } from '#platform/typed-text.ts';
import type { MeasureLine, MeasureRefusal } from './indicators.types.ts';

/** The longest segment, in characters. */
const LONGEST_SEGMENT = 80;

/** The greatest value either way: beyond, a sum would lose its units and could overflow. */
const GREATEST_VALUE = 1e15;

/** A line that may be written. */
export interface GoodLine {
  readonly day: string;
  readonly value: number;
  readonly segment: string;
}

/** What became of a portion of an intake's lines; `line` counts from 1 over all its portions. */
export interface SortedLines {
  readonly good: readonly GoodLine[];
  /** How many only repeat a line before them. */
  readonly repeated: number;
  readonly refused: readonly { readonly line: number; readonly reason: MeasureRefusal }[];
}

/** Days whose number is kept at hand: measures of one day come together, and many days come again. */
const KNOWN_DAYS = 20_000;
/** More than the days from year 1000 to 9999, so that a day and a segment's number make one number. */
const DAYS_OF_A_SEGMENT = 2 ** 22;

/** Numbers days, from some day on; -1 for what is none. */
function dayNumbers(): (day: string) => number {
  const known = new Map<string, number>();
  return (day) => {
    let number = known.get(day);
    if (number === undefined) {
      number = typeof day === 'string' && isDay(day) ? daysBetween('1000-01-01', day) : -1;
      if (known.size >= KNOWN_DAYS) known.clear();
      known.set(day, number);
    }
    return number;
  };
}

function valueRefusal(value: number): MeasureRefusal | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not-a-number';
  return Math.abs(value) > GREATEST_VALUE ? 'too-large' : null;
}

const isSegment = (segment: string) =>
  segment.length <= LONGEST_SEGMENT && !/\p{Cc}/u.test(segment) && segment.isWellFormed();

/**
 * Sorts the lines of one intake, portion after portion, into those to write, each day and segment once, those that only
 * repeat another line, and those refused with the reason. Of two lines that contradict each other the first is kept, however
 * far apart they come: nothing tells which is right. It remembers a number for each line and nothing else of it.
 */
export function lineSorter(today: string): (lines: readonly MeasureLine[]) => SortedLines {
  const numberOf = dayNumbers();
  const segments = new Map<string, number>();
  const kept = new Map<number, number>();
  let count = 0;
  return (lines) => {
    const good: GoodLine[] = [];
    const refused: { line: number; reason: MeasureRefusal }[] = [];
    let repeated = 0;
    for (const { day, value: given, segment = '' } of lines) {
      count += 1;
      const number = numberOf(day);
      let at = segments.get(segment);
      const reason =
        valueRefusal(given) ??
        (number < 0 ? 'not-a-day' : null) ??
        (day > today ? 'future' : null) ??
        (at === undefined && !isSegment(segment) ? 'segment' : null);
      if (reason !== null) {
        refused.push({ line: count, reason });
        continue;
      }
      if (at === undefined) {
        at = segments.size;
        segments.set(segment, at);
      }
      // -0 and 0 are one value for the database.
      const value = given === 0 ? 0 : given;
      const key = at * DAYS_OF_A_SEGMENT + number;
      const before = kept.get(key);
      if (before === undefined) {
        kept.set(key, value);
        good.push({ day, value, segment });
      } else if (before === value) repeated += 1;
      else refused.push({ line: count, reason: 'contradicts-another-line' });
    }
    return { good, repeated, refused };
  };
}
