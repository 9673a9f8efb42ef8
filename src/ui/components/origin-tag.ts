// Where a figure comes from: measured by the services, declared by people, or fictitious. It judges no figure.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** Where a figure comes from. */
export type FigureOrigin = 'measured' | 'declared' | 'demonstration';

/** Every origin, the strongest first. */
export const FIGURE_ORIGINS: readonly FigureOrigin[] = ['measured', 'declared', 'demonstration'];

/** The word for a figure's origin, with its explanation for screen readers and under the pointer. */
export function originTag(locale: Locale, origin: FigureOrigin): Html {
  const words = uiMessages(locale);
  const explanation = words.originExplained[origin];
  return html`<span class="socle-origin socle-origin--${origin}" title="${explanation}"><span class="socle-origin__mark" aria-hidden="true"></span>${words.origin[origin]}<span class="govuk-visually-hidden"> (${explanation})</span></span>`;
}

/** What each origin means, to be shown once on a page that marks figures. */
export function originLegend(locale: Locale, origins: readonly FigureOrigin[] = FIGURE_ORIGINS): Html {
  const words = uiMessages(locale);
  return html`<dl class="socle-origin-legend">${origins.map(
    (origin) =>
      html`<div><dt><span class="socle-origin socle-origin--${origin}"><span class="socle-origin__mark" aria-hidden="true"></span>${words.origin[origin]}</span></dt><dd>${words.originExplained[origin]}</dd></div>`,
  )}</dl>`;
}
