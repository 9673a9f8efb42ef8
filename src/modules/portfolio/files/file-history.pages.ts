// The history of a file on its page: successive estimates, each with its why, and events.
import { formatDate, formatDay, formatMillionEuros, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html } from '#ui/html.ts';
import type { NamedEstimate, NamedFileEvent } from './events.repository.ts';
import { writtenGap } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';

/** Where the project stood at each moment, and why. Who said so is for those who see the detail. */
export function historySection(
  locale: Locale,
  {
    estimates,
    seesDetail,
    timeZone,
  }: {
    readonly estimates: readonly NamedEstimate[];
    readonly seesDetail: boolean;
    readonly timeZone: string;
  },
): Html {
  const words = filesMessages(locale);
  return html`<h2>${words.history}</h2>
${table({
  locale,
  stacked: true,
  caption: words.historyCaption,
  captionHidden: true,
  columns: [
    { text: words.when },
    { text: words.why },
    { text: words.cost, numeric: true },
    { text: words.end },
    { text: words.scopeColumn, numeric: true },
    ...(seesDetail ? [{ text: words.spent, numeric: true }, { text: words.by }] : []),
  ],
  rows: estimates.map((estimate) => [
    formatDate(locale, estimate.at, timeZone),
    html`<span class="socle-table__long">${estimate.reason}</span>`,
    formatMillionEuros(locale, estimate.costCents / 1e8),
    formatDay(locale, estimate.endOn),
    formatPercent(locale, estimate.scopeShare),
    ...(seesDetail
      ? [
          estimate.spentCents === null ? words.none : formatMillionEuros(locale, estimate.spentCents / 1e8),
          estimate.authorName ?? words.none,
        ]
      : []),
  ]),
  empty: words.noHistory,
})}`;
}

/** What happened to the project, the latest first. */
export function eventsSection(
  locale: Locale,
  { events, seesDetail }: { readonly events: readonly NamedFileEvent[]; readonly seesDetail: boolean },
): Html {
  const words = filesMessages(locale);
  return html`<h2>${words.events}</h2>
${
  events.length === 0
    ? html`<p>${words.noEvents}</p>`
    : timeline({
        events: events.map((event) => ({
          title: words.eventKinds[event.kind],
          at: { iso: event.happenedOn, text: formatDay(locale, event.happenedOn) },
          ...(seesDetail && event.actorName !== null && { byline: event.actorName }),
          description: html`<p>${event.reason}</p>${remarks(locale, event, seesDetail).map((remark) => html`<p class="socle-secondary">${remark}</p>`)}`,
        })),
      })
}`;
}

// The parts of a split are drafts at first: their names are for those who see them.
function remarks(
  locale: Locale,
  { kind, details, inDifficulty }: NamedFileEvent,
  seesDetail: boolean,
): string[] {
  const words = filesMessages(locale);
  const { costShare, scheduleShare, parts, intoName, scopeShareAfter } = details;
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  const leaves = kind === 'exit' || kind === 'stop' || kind === 'merge' || kind === 'finish';
  const names = Array.isArray(parts) ? parts.map((part: { name?: unknown }) => String(part.name ?? '')) : [];
  return [
    ...(inDifficulty ? [words.leftInDifficulty] : []),
    ...(leaves && number(costShare) !== null
      ? [words.lastState(writtenGap(locale, number(costShare)), writtenGap(locale, number(scheduleShare)))]
      : []),
    ...(seesDetail && names.length > 0 ? [words.partsOf(names.join(', '))] : []),
    ...(typeof intoName === 'string' ? [words.into(intoName)] : []),
    ...(typeof scopeShareAfter === 'number' ? [words.scopeLeft(formatPercent(locale, scopeShareAfter))] : []),
  ];
}
