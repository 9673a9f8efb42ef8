// The portfolio's values as a reader of each language writes them. It computes nothing.
import { formatDay, formatMillionEuros, formatNumber, formatSignedPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Origin } from './editions.types.ts';
import { panoramaMessages } from './panorama.messages.ts';

/** A cost in M€, or the words for one that is not published. */
export function writtenCost(locale: Locale, meur: number | null): string {
  return meur === null ? panoramaMessages(locale).unknownCost : formatMillionEuros(locale, meur);
}

/** A duration in years, or the words for one that is not stated. */
export function writtenYears(locale: Locale, years: number | null): string {
  const words = panoramaMessages(locale);
  return years === null ? words.unknown : words.years(formatNumber(locale, years));
}

/** A day, or the words for one that is not stated. */
export function writtenDay(locale: Locale, day: string | null): string {
  return day === null ? panoramaMessages(locale).unknown : formatDay(locale, day);
}

/** A share of change with its sign; a dash where there is none to give. */
export function writtenChange(locale: Locale, share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : formatSignedPercent(locale, share);
}

/** A month as a position on a time axis. */
export function monthPosition(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`);
}

/** The month of a position on a time axis, YYYY-MM. */
export function positionMonth(position: Date): string {
  return position.toISOString().slice(0, 7);
}

/** What to say of figures of this origin: ministries declared them, or they are invented. */
export function figureOrigin(origin: Origin): 'declared' | 'demonstration' {
  return origin === 'published' ? 'declared' : 'demonstration';
}
