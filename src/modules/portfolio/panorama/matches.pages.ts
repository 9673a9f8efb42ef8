// Proposed matches, side by side, for the person who decides. It decides nothing.

import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatMonth, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { errorSummary } from '#ui/components/error-summary.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { projectAddress } from './addresses.ts';
import type { MatchFeatures, MatchProposal, MatchSide } from './matches.types.ts';
import { panoramaMessages } from './panorama.messages.ts';
import { writtenCost, writtenDay, writtenYears } from './written-values.ts';

/** What the page shows. */
export interface MatchesView {
  /** The surest that wait. */
  readonly waiting: readonly MatchProposal[];
  /** How many wait in all. */
  readonly waitingCount: number;
  readonly decided: readonly MatchProposal[];
  /** The hidden field of each form. */
  readonly csrf: Html;
  readonly timeZone: string;
  /** Why the decision just asked for was refused. */
  readonly refusal: string | null;
}

/** The page of all matches. */
export function matchesPage(locale: Locale, view: MatchesView): Page {
  const { matches: words } = panoramaMessages(locale);
  return {
    title: words.title,
    hasErrors: view.refusal !== null,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`${view.refusal !== null && errorSummary({ locale, errors: [{ text: view.refusal }] })}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<h2>${words.waiting}</h2>
${view.waitingCount > view.waiting.length && html`<p>${words.surestFirst(formatNumber(locale, view.waiting.length), formatNumber(locale, view.waitingCount))}</p>`}
${view.waiting.length === 0 ? html`<p>${words.none}</p>` : view.waiting.map((match) => proposal(locale, match, view.csrf))}
<h2>${words.decided}</h2>
${view.decided.length === 0 ? html`<p>${words.noneDecided}</p>` : view.decided.map((match) => decision(locale, match, view))}`,
  };
}

function proposal(locale: Locale, match: MatchProposal, csrf: Html): Html {
  const words = panoramaMessages(locale).matches;
  const about = words.about(match.row.name, match.candidate.name);
  const heading = `match-${match.id}`;
  return html`<section aria-labelledby="${heading}">
<h3 id="${heading}">${about}</h3>
<p>${words.likeness} <strong>${formatPercent(locale, match.score)}</strong></p>
${comparison(locale, match)}
<form method="post">
${csrf}
${buttonGroup([
  button({ text: words.accept, hiddenText: about, formAction: `/panorama/matches/${match.id}/accept` }),
  button({
    text: words.reject,
    hiddenText: about,
    kind: 'secondary',
    formAction: `/panorama/matches/${match.id}/reject`,
  }),
])}
</form>
</section>`;
}

function comparison(locale: Locale, { id, row, candidate, features }: MatchProposal): Html {
  const { matches: words, unknown } = panoramaMessages(locale);
  const side = ({ slug, name, month }: MatchSide) =>
    html`<a href="${projectAddress(slug)}">${name}</a> (${formatMonth(locale, month)})`;
  const likeness = (value: number | null) => (value === null ? '–' : formatPercent(locale, value));
  const line = (
    feature: Exclude<keyof MatchFeatures, 'nameReason'>,
    read: (of: MatchSide) => Html | string,
    more = '',
  ) => [words.features[feature], read(candidate), read(row), `${likeness(features[feature])}${more}`];
  return table({
    locale,
    id: `match-${id}-table`,
    caption: words.compared(words.about(row.name, candidate.name)),
    captionHidden: true,
    columns: [
      { text: words.why },
      { text: words.known },
      { text: words.new },
      { text: words.likeness, numeric: true },
    ],
    rows: [
      line('name', side, ` (${words.nameReasons[features.nameReason]})`),
      line('ministry', ({ ministry }) => ministry ?? unknown),
      line(
        'start',
        ({ startedOn, durationYears }) =>
          `${writtenDay(locale, startedOn)}, ${writtenYears(locale, durationYears)}`,
      ),
      line('zone', ({ zone }) => zone ?? unknown),
      line('cost', ({ costMeur }) => writtenCost(locale, costMeur)),
    ],
  });
}

function decision(locale: Locale, match: MatchProposal, { csrf, timeZone }: MatchesView): Html {
  const words = panoramaMessages(locale).matches;
  const about = words.about(match.row.name, match.candidate.name);
  const last = match.decisions.at(-1);
  return html`<form method="post" action="/panorama/matches/${match.id}/undo">
${csrf}
<p><a href="${projectAddress(match.candidate.slug)}">${about}</a> ${tag({ text: words.statuses[match.status], tone: match.status === 'accepted' ? 'good' : 'neutral' })}
${last && html`<span class="socle-secondary">${formatDateTime(locale, last.decidedAt, timeZone)}</span>`}
${button({ text: words.undo, hiddenText: about, kind: 'secondary', small: true })}</p>
</form>`;
}
