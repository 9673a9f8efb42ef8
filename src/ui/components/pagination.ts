// Ways to the other pages of a list: by number, or only onwards where the list is read with a cursor.

import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html, nothing, trusted } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

const ARROW_PREVIOUS = trusted(
  '<svg class="govuk-pagination__icon govuk-pagination__icon--prev" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>',
);
const ARROW_NEXT = trusted(
  '<svg class="govuk-pagination__icon govuk-pagination__icon--next" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>',
);

/** The page numbers to show round `page`, with null where some are left out: first, last, this one and its neighbours. */
export function shownPages(page: number, pages: number): (number | null)[] {
  const shown: (number | null)[] = [];
  let last = 0;
  for (let number = 1; number <= pages; number++) {
    if (number !== 1 && number !== pages && Math.abs(number - page) > 1) continue;
    // A gap that hides a single page would be as wide as the page itself.
    if (number - last === 2) shown.push(number - 1);
    else if (number - last > 2) shown.push(null);
    shown.push(number);
    last = number;
  }
  return shown;
}

/** Ways to the pages of a list, counted from 1; nothing when there is only one. */
export function pagination(options: {
  readonly locale: Locale;
  readonly page: number;
  readonly pages: number;
  readonly hrefOf: (page: number) => string;
  /** Names the landmark, when a page has several lists. */
  readonly label?: string;
}): Html {
  const { locale, page, pages, hrefOf } = options;
  if (pages <= 1) return nothing;
  const words = uiMessages(locale).pagination;
  const items = shownPages(page, pages).map((number) => {
    if (number === null)
      return html`<li class="govuk-pagination__item govuk-pagination__item--ellipsis">${words.gap}</li>`;
    const written = formatNumber(locale, number);
    const current = number === page;
    return html`<li class="govuk-pagination__item${current ? ' govuk-pagination__item--current' : ''}"><a class="govuk-link govuk-pagination__link" href="${hrefOf(number)}" aria-label="${words.page(written)}"${current ? html` aria-current="page"` : nothing}>${written}</a></li>`;
  });
  return html`<nav class="govuk-pagination" aria-label="${options.label ?? words.label}">
${
  page > 1
    ? html`<div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href="${hrefOf(page - 1)}" rel="prev">${ARROW_PREVIOUS}<span class="govuk-pagination__link-title">${words.previous}</span></a></div>`
    : nothing
}
<ul class="govuk-pagination__list">${items}</ul>
${
  page < pages
    ? html`<div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="${hrefOf(page + 1)}" rel="next"><span class="govuk-pagination__link-title">${words.next}</span>${ARROW_NEXT}</a></div>`
    : nothing
}
</nav>`;
}

/** The way onwards in a list that is read with a cursor, and back to its start; nothing when there is neither. */
export function nextPage(options: {
  readonly locale: Locale;
  readonly nextHref: string | null;
  readonly firstHref?: string;
  /** Names the landmark, when a page has several lists. */
  readonly label?: string;
}): Html {
  const { nextHref, firstHref } = options;
  if (nextHref === null && firstHref === undefined) return nothing;
  const words = uiMessages(options.locale).pagination;
  return html`<nav class="govuk-pagination" aria-label="${options.label ?? words.label}">
${
  firstHref === undefined
    ? nothing
    : html`<div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href="${firstHref}">${ARROW_PREVIOUS}<span class="govuk-pagination__link-title">${words.first}</span></a></div>`
}
${
  nextHref === null
    ? nothing
    : html`<div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="${nextHref}" rel="next"><span class="govuk-pagination__link-title">${words.next}</span>${ARROW_NEXT}</a></div>`
}
</nav>`;
}
