// What pages on recommendations share: addresses, crumbs, states, the table, and the section of a project's page.
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import { isOverdue } from './recommendations.rules.ts';
import type { Recommendation, RecommendationState } from './recommendations.types.ts';

/** Where the register is. */
export const REGISTER = '/projects/recommendations';

/** Where a recommendation is. */
export function recommendationAddress(id: string, rest = ''): string {
  return `${REGISTER}/${id}${rest}`;
}

/** The way back from a page under the register. */
export function registerCrumbs(locale: Locale) {
  return [oversightCrumb(locale), { text: recommendationsMessages(locale).title, href: REGISTER }];
}

const TONES: Readonly<Record<RecommendationState, TagTone>> = {
  issued: 'info',
  accepted: 'info',
  planned: 'info',
  evidenced: 'warning',
  refused: 'neutral',
  implemented: 'good',
  'not-implemented': 'bad',
};

/** A recommendation's state, and whether it is overdue. */
export function recommendationTags(
  locale: Locale,
  recommendation: Pick<Recommendation, 'state' | 'dueOn'>,
  today: string,
): Html {
  const words = recommendationsMessages(locale);
  const { state } = recommendation;
  return html`${tag({ text: words.states[state], tone: TONES[state] })}${isOverdue(recommendation, today) && html` ${tag({ text: words.overdue, tone: 'bad' })}`}`;
}

/** Its first words, for lists. */
export function shortText(text: string, most = 120): string {
  const first = text.split('\n')[0] ?? '';
  return first.length > most ? `${first.slice(0, most - 1).toWellFormed()}…` : first;
}

/** A table of recommendations; the project's column is left out on a project's own page. */
export function recommendationsTable(
  locale: Locale,
  {
    items,
    today,
    withProject = true,
    empty,
  }: {
    readonly items: readonly Recommendation[];
    readonly today: string;
    readonly withProject?: boolean;
    readonly empty: string;
  },
): Html {
  const words = recommendationsMessages(locale);
  const { columns } = words;
  return table({
    locale,
    stacked: true,
    caption: words.title,
    captionHidden: true,
    columns: [
      { text: columns.recommendation },
      ...(withProject ? [{ text: columns.project }] : []),
      { text: columns.owner },
      { text: columns.due },
      { text: columns.state },
    ],
    rows: items.map((item) => [
      html`<a class="govuk-link" href="${recommendationAddress(item.id)}">${shortText(item.text)}</a><br><span class="govuk-hint">${words.number(item.number)}, ${words.sources[item.sourceKind].toLowerCase()}</span>`,
      ...(withProject
        ? [html`${item.fileName}<br><span class="govuk-hint">${item.organisationName}</span>`]
        : []),
      item.ownerName,
      formatDay(locale, item.dueOn),
      html`${recommendationTags(locale, item, today)}${item.escalated > 0 && html`<br><span class="govuk-hint">${words.escalatedTo(words.levels[item.escalated - 1] ?? '')}</span>`}`,
    ]),
    empty,
  });
}

/** The section of a project's page: its open recommendations, those due first first. */
export function recommendationsSection(
  locale: Locale,
  {
    items,
    today,
    fileId,
  }: { readonly items: readonly Recommendation[]; readonly today: string; readonly fileId: string },
): Html {
  const { section } = recommendationsMessages(locale);
  return html`<h2>${section.title}</h2>
${recommendationsTable(locale, { items, today, withProject: false, empty: section.none })}
<p><a class="govuk-link" href="${listAddress(REGISTER, { project: fileId })}">${section.all}</a></p>`;
}
