// The home page: the figures of all modules, and what they stand on. It computes none.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { GlanceFigure } from '#platform/module.ts';
import { sparkline } from '#ui/charts/sparkline.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import { html } from '#ui/html.ts';
import { appMessages } from '../app.messages.ts';

/** The sparkline of a figure's trend; its label says the values that it draws. */
function trendOf(locale: Locale, { trend }: GlanceFigure) {
  if (trend.length < 2) return null;
  const words = trend.map(({ label, value }) => `${label} ${formatNumber(locale, value)}`);
  return sparkline({ values: trend.map(({ value }) => value), label: words.join(', ') });
}

/** The page over the figures that the modules have to show. */
export function homePage(locale: Locale, figures: readonly GlanceFigure[]): Page {
  const words = appMessages(locale).home;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${
  figures.length > 0
    ? cardGrid(figures.map((figure) => figureCard({ ...figure, trend: trendOf(locale, figure), locale })))
    : html`<h2>${words.empty}</h2><p>${words.emptyHelp}</p>`
}
<h2>${words.principles}</h2>
<ul>${words.principlesList.map((principle) => html`<li>${principle}</li>`)}</ul>
<p><a href="/ledger">${words.ledger}</a></p>`,
  };
}
