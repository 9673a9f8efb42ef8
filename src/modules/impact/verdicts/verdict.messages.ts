// The words of a verdict, in both languages, and the sentences that they make.
import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { en } from './verdict.messages.en.ts';
import { fr } from './verdict.messages.fr.ts';
import type { Verdict } from './verdicts.types.ts';

/** The words in `locale`. */
export const verdictMessages = defineMessages('impact.verdicts', { fr, en });

/**
 * A verdict in plain sentences: the effect with its interval, the probabilities of the minimum and of the target,
 * and what the method leaves open; or the one sentence that says why it cannot be told. `unit` is the indicator's
 * unit as the reader's language writes it, such as points; it may be empty.
 */
export function verdictSentences(locale: Locale, verdict: Verdict, unit: string): readonly string[] {
  const words = verdictMessages(locale);
  if (verdict.kind === 'cannot-be-told') {
    const count = (n: number | null) => formatNumber(locale, n ?? 0, 0);
    const reason = words.reasons[verdict.reason](count(verdict.needed), count(verdict.had));
    return [words.cannotBeTold(reason)];
  }
  const digits = digitsFor(verdict.high - verdict.low);
  const amount = (value: number) => {
    const figure = formatNumber(locale, Math.abs(value), digits);
    return unit === '' ? figure : `${figure}\u00A0${unit}`;
  };
  return [
    words.effect(rangeOf(locale, verdict, amount), formatPercent(locale, verdict.confidence, 1)),
    words.minimum(amount(verdict.minimum), probability(locale, verdict.pMinimum)),
    words.target(amount(verdict.targetEffect), probability(locale, verdict.pTarget)),
    ...(verdict.method === 'none' ? [words.noCounterfactual] : []),
  ];
}

/** The interval as rises and falls of the indicator, whichever of them is wanted. */
function rangeOf(
  locale: Locale,
  { direction, low, high }: { direction: 'up' | 'down'; low: number; high: number },
  amount: (value: number) => string,
): string {
  const words = verdictMessages(locale);
  const [bottom, top] = direction === 'up' ? [low, high] : [-high, -low];
  if (bottom >= 0) return words.rise(amount(bottom), amount(top));
  if (top <= 0) return words.fall(amount(top), amount(bottom));
  return words.between(amount(bottom), amount(top));
}

/** Decimals that tell the ends of an interval apart by two figures, and no more than that. */
function digitsFor(width: number): number {
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(width))));
}

/** A probability in whole per cents; no measure ever makes anything certain, so neither 0 nor 100. */
function probability(locale: Locale, p: number): string {
  const words = verdictMessages(locale);
  if (p > 0.99) return words.over(formatPercent(locale, 0.99));
  if (p < 0.01) return words.under(formatPercent(locale, 0.01));
  return formatPercent(locale, p);
}
