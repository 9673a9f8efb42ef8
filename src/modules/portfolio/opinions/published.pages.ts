// The public pages of opinions: what is published, without what was struck out. They get nothing else.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { kindTags, writtenCost } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { AXES, OPINION_KINDS, type OpinionKind, type PublishedOpinion } from './opinions.types.ts';
import { paragraphs } from './request.pages.ts';

const PATH = '/projects/opinions';

/** What the public list is narrowed to. */
export type PublishedKind = OpinionKind | 'tacit' | undefined;

/** The list of published opinions. */
export function publishedListPage(
  locale: Locale,
  view: {
    readonly items: readonly PublishedOpinion[];
    readonly kind: PublishedKind;
    readonly next: number | null;
    readonly isFirst: boolean;
    readonly seesRequests: boolean;
  },
): Page {
  const words = opinionsMessages(locale);
  const { kind } = view;
  const list = words.publicList;
  const items = [
    ...OPINION_KINDS.map((value) => ({ value: value as string, text: words.kinds[value] })),
    { value: 'tacit', text: list.tacit },
  ];
  const applied = items.find(({ value }) => value === kind);
  return {
    title: list.title,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${list.title}</h1>
<p class="socle-lead">${list.lead}</p>
${view.seesRequests && html`<p><a href="${PATH}/requests">${list.toRequests}</a></p>`}
${filterPanel({
  locale,
  action: PATH,
  fields: [select({ locale, name: 'kind', label: list.kind, value: kind, placeholder: list.every, items })],
  applied: applied ? [{ text: applied.text, removeHref: PATH }] : [],
  clearHref: PATH,
})}
${table({
  locale,
  stacked: true,
  caption: list.title,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.organisation },
    { text: list.kind },
    { text: list.force },
    { text: list.effective },
  ],
  rows: view.items.map((one) => [
    html`<a href="${PATH}/${one.id}">${one.project}</a>`,
    one.organisation,
    kindTags(locale, one),
    one.conforming ? words.conformingTag : words.simpleTag,
    formatDay(locale, one.effectiveOn),
  ]),
  empty: list.nothing,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress(PATH, { kind, before: view.next }),
  ...(view.isFirst ? {} : { firstHref: listAddress(PATH, { kind }) }),
})}
${dataLinks({ locale, csv: `${PATH}.csv`, json: '/api/v1/opinions' })}`,
  };
}

/** The page of a published opinion. */
export function publishedPage(locale: Locale, opinion: PublishedOpinion, timeZone: string): Page {
  const words = opinionsMessages(locale);
  const list = words.publicList;
  const { tacit, effectiveOn, probability, recommendations, ground } = opinion;
  const cost = writtenCost(locale, opinion.costCents);
  const end = formatDay(locale, opinion.endOn);
  return {
    title: list.pageTitle(opinion.project),
    breadcrumbs: [oversightCrumb(locale), { text: list.title, href: PATH }],
    main: html`<h1>${list.pageTitle(opinion.project)}</h1>
<p class="socle-lead">${opinion.organisation}</p>
${kindTags(locale, opinion)}
${tacit ? html`<p>${words.opinion.tacitText(formatDay(locale, effectiveOn))}</p>` : paragraphs(opinion.summary)}
${ground !== 'none' && html`<p>${list.redacted(words.grounds[ground].toLowerCase())}</p>`}
${summaryList({
  rows: [
    { key: words.opinion.effective, value: formatDay(locale, effectiveOn) },
    { key: words.request.force, value: opinion.conforming ? words.conforming : words.simple },
    { key: words.request.cost, value: cost },
    { key: words.request.end, value: end },
    {
      key: words.opinion.probability,
      value:
        probability === null
          ? words.opinion.noProbability
          : html`<strong>${formatPercent(locale, probability, 2)}</strong><br>${words.opinion.probabilityNote(cost, end)}`,
    },
    {
      key: words.opinion.publication,
      value: list.edition(opinion.edition, formatDate(locale, opinion.publishedAt, timeZone)),
    },
  ],
})}
${AXES.filter((axis) => opinion.axes[axis] !== '').map(
  (axis) => html`<h2>${words.axes[axis]}</h2>
${paragraphs(opinion.axes[axis])}`,
)}
${
  recommendations.length > 0 &&
  html`<h2>${words.opinion.recommendations}</h2>
<ol class="govuk-list govuk-list--number">${recommendations.map((text) => html`<li>${text}</li>`)}</ol>`
}
${dataLinks({ locale, json: `/api/v1/opinions/${opinion.id}` })}`,
  };
}
