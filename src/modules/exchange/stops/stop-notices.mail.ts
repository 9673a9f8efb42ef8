// The message that tells of a stop, in the words of each reader's language. It carries no personal data.
import { formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { StopNews } from './stop-notices.repository.ts';
import { stopsMessages } from './stops.messages.ts';
import type { Stop } from './stops.types.ts';

/** The flow that a stop closes, in words. */
export function flowInWords(locale: Locale, stop: Stop): string {
  const words = stopsMessages(locale).flow;
  const parts = [
    ...(stop.organisationName === null ? [] : [words.consumer(stop.organisationName)]),
    ...(stop.accreditationNumber === null
      ? []
      : [words.accreditation(String(stop.accreditationNumber), stop.holderName ?? '')]),
    ...(stop.scopeTitle === null ? [] : [words.scope(stop.scopeTitle)]),
  ];
  return parts.length === 0 ? words.whole : parts.join(' · ');
}

/** The subject and text of a notice; `href` leads readers on who may see the stop, null for the others. */
export function stopNotice(
  locale: Locale,
  stop: Stop,
  { news, timeZone, href }: { news: StopNews; timeZone: string; href: string | null },
): { subject: string; text: string } {
  const { mail: words, sides } = stopsMessages(locale);
  const at = (moment: Date) => formatDateTime(locale, moment, timeZone);
  const flow = flowInWords(locale, stop);
  const lines =
    news === 'ordered'
      ? [
          words.ordered(flow, stop.apiName, sides[stop.orderedAs], at(stop.orderedAt)),
          stop.endsAt === null ? words.noEnd : words.until(at(stop.endsAt)),
          words.reason(stop.reason),
          ...(href === null ? [words.consumer] : []),
        ]
      : [
          words.over(flow, stop.apiName, at(stop.resumedAt ?? stop.orderedAt)),
          stop.resumeReason === null ? words.ended : words.reason(stop.resumeReason),
        ];
  return {
    subject: news === 'ordered' ? words.orderedSubject(stop.apiName) : words.overSubject(stop.apiName),
    text: `${[...lines, ...(href === null ? [] : [words.link(href)])].join('\n\n')}\n`,
  };
}
