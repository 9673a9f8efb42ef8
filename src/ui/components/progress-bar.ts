// How far long work is, as a bar and in words. What moves it is the page's own module, such as job-progress.js.
import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** How far work is: `done` of `total` steps; a total of null means that nobody knows how much is left. */
export function progressBar(options: {
  readonly locale: Locale;
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
  readonly id?: string;
}): Html {
  const { locale, done, total } = options;
  const id = options.id ?? 'progress';
  const words = uiMessages(locale).progressWords;
  const bar =
    total === null
      ? html`<progress class="socle-progress" id="${id}" aria-describedby="${id}-words"></progress>`
      : html`<progress class="socle-progress" id="${id}" max="${total || 1}" value="${total === 0 ? 1 : done}" aria-describedby="${id}-words"></progress>`;
  const share = total === null || total === 0 ? (total === 0 ? 1 : 0) : done / total;
  const spoken =
    total === null
      ? words.unknown(formatNumber(locale, done))
      : words.known(formatNumber(locale, done), formatNumber(locale, total), formatPercent(locale, share));
  return html`<div class="socle-progress-bar"><label for="${id}">${options.label}</label>
${bar}
<p id="${id}-words" data-progress-words>${spoken}</p></div>`;
}
