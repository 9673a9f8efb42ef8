// Where the figures above it come from and of when they are.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { type FigureOrigin, originTag } from './origin-tag.ts';

/** Where figures come from; `updated` is the day as the reader writes it. */
export function sourceNote(options: {
  readonly locale: Locale;
  readonly source: HtmlValue;
  readonly origin?: FigureOrigin;
  readonly updated?: string;
}): Html {
  const words = uiMessages(options.locale);
  return html`<p class="socle-source">${options.origin === undefined ? nothing : html`${originTag(options.locale, options.origin)} · `}${words.source}${words.colon}${options.source}${options.updated === undefined ? nothing : html` · ${words.updated}${words.colon}${options.updated}`}</p>`;
}
