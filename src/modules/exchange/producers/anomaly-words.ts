// An anomaly as a sentence, for pages and mail alike.
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Anomaly } from './anomalies.types.ts';
import { producersMessages } from './producers.messages.ts';

/** What is out of the ordinary, with its figures. */
export function anomalyFinding(locale: Locale, { kind, observed, expected }: Anomaly): string {
  const { findings } = producersMessages(locale);
  return findings[kind](formatNumber(locale, observed), formatNumber(locale, expected));
}

/** The same with who and which API. */
export function anomalyInWords(locale: Locale, anomaly: Anomaly): string {
  const { apiName, organisationName, accreditationNumber } = anomaly;
  const who = producersMessages(locale).whoCalls(organisationName, String(accreditationNumber), apiName);
  return `${who} ${anomalyFinding(locale, anomaly)}`;
}
