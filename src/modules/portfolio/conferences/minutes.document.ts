// The minutes of a conference as a document. They are in French, the language of the administration.
import { formatDateTime, formatDay } from '#platform/i18n/format.ts';
import type { PdfBlock, PdfText } from '#platform/pdf/pdf-document.ts';
import type { Recommendation } from '../recommendations/recommendations.types.ts';
import { watchMessages } from '../watch/watch.messages.ts';
import { reasonText, sheetRows } from './conference-parts.pages.ts';
import { conferencesMessages } from './conferences.messages.ts';
import type { Conference, ConferenceItem } from './conferences.types.ts';

const LOCALE = 'fr';

/** What minutes are made of. */
export interface MinutesFacts {
  readonly conference: Conference;
  readonly items: readonly ConferenceItem[];
  readonly recommendations: readonly Recommendation[];
  readonly closedAt: Date;
  readonly timeZone: string;
}

/** The minutes, from the participants to the recommendations. */
export function minutesText({
  conference,
  items,
  recommendations,
  closedAt,
  timeZone,
}: MinutesFacts): PdfText {
  const { pdf: words } = conferencesMessages(LOCALE);
  const { columns } = words;
  return {
    locale: LOCALE,
    title: words.title,
    author: words.author,
    subtitle: words.subtitle(conference.organisationName, formatDay(LOCALE, conference.heldOn)),
    createdAt: closedAt,
    footer: (page, pages) => words.footer(conference.number, page, pages),
    blocks: [
      ...(conference.budgetOrganisationName === null
        ? []
        : [paragraph(words.held(conference.budgetOrganisationName))]),
      heading(2, words.participants),
      { kind: 'list', items: conference.participants.split('\n').filter((line) => line !== '') },
      ...(conference.summary === '' ? [] : [heading(2, words.summary), paragraph(conference.summary)]),
      heading(2, words.projects),
      ...items.flatMap((item) => itemBlocks(item)),
      heading(2, words.recommendations),
      recommendations.length === 0
        ? paragraph(words.noRecommendations)
        : {
            kind: 'table',
            columns: [
              { text: columns.number, width: 0.08 },
              { text: columns.text, width: 0.52 },
              { text: columns.owner, width: 0.2 },
              { text: columns.due, width: 0.2 },
            ],
            rows: recommendations.map(({ number, text, fileName, ownerName, dueOn }) => [
              String(number),
              `${text}\n${fileName}`,
              ownerName,
              formatDay(LOCALE, dueOn),
            ]),
          },
      { kind: 'paragraph', text: words.closed(formatDateTime(LOCALE, closedAt, timeZone)), muted: true },
    ],
  };
}

function heading(level: 2 | 3, text: string): PdfBlock {
  return { kind: 'heading', level, text };
}

function paragraph(text: string): PdfBlock {
  return { kind: 'paragraph', text };
}

function itemBlocks(item: ConferenceItem): PdfBlock[] {
  const { pdf: words, item: labels } = conferencesMessages(LOCALE);
  const { decisions } = watchMessages(LOCALE);
  return [
    heading(3, `${item.position}. ${item.fileName}`),
    { kind: 'paragraph', text: reasonText(LOCALE, item.why), muted: true },
    ...(item.sheet === null ? [] : [{ kind: 'facts', rows: sheetRows(LOCALE, item.sheet) } as const]),
    ...(item.comment === '' ? [] : [paragraph(`${words.comment}\u00A0: ${item.comment}`)]),
    paragraph(item.conclusions === '' ? words.none : `${words.conclusions}\u00A0: ${item.conclusions}`),
    ...(item.decision === null
      ? []
      : [
          paragraph(
            [
              `${words.decision}\u00A0: ${decisions[item.decision].toLowerCase()}.`,
              item.decisionReason,
              ...(item.decisionUntil === null ? [] : [labels.until2(formatDay(LOCALE, item.decisionUntil))]),
            ].join(' '),
          ),
        ]),
  ];
}
