// Which lines of an intake are taken. Pure: today in the State's time zone is given.
import { isDay } from '#platform/typed-text.ts';
import type { MeasureLine, MeasureRefusal } from './indicators.types.ts';

/** The longest segment, in characters. */
export const LONGEST_SEGMENT = 80;

/** A line that may be written. */
export interface GoodLine {
  readonly day: string;
  readonly value: number;
  readonly segment: string;
}

function refusalOf({ day, value, segment = '' }: MeasureLine, today: string): MeasureRefusal | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not-a-number';
  if (typeof day !== 'string' || !isDay(day)) return 'not-a-day';
  if (day > today) return 'future';
  if (segment.length > LONGEST_SEGMENT || /\p{Cc}/u.test(segment) || !segment.isWellFormed()) return 'segment';
  return null;
}

/**
 * Sorts lines into those to write, each day and segment once, those that only repeat another line, and those refused with
 * the reason. Of two lines that contradict each other the first is kept: nothing tells which is right.
 */
export function sortLines(
  lines: readonly MeasureLine[],
  today: string,
): { good: GoodLine[]; repeated: number; refused: { line: number; reason: MeasureRefusal }[] } {
  const kept = new Map<string, number>();
  const good: GoodLine[] = [];
  const refused: { line: number; reason: MeasureRefusal }[] = [];
  let repeated = 0;
  for (const [at, line] of lines.entries()) {
    const reason = refusalOf(line, today);
    if (reason !== null) {
      refused.push({ line: at + 1, reason });
      continue;
    }
    const { day, segment = '' } = line;
    // -0 and 0 are one value for the database.
    const value = line.value === 0 ? 0 : line.value;
    const key = `${day} ${segment}`;
    const before = kept.get(key);
    if (before === undefined) {
      kept.set(key, value);
      good.push({ day, value, segment });
    } else if (before === value) repeated += 1;
    else refused.push({ line: at + 1, reason: 'contradicts-another-line' });
  }
  return { good, repeated, refused };
}
