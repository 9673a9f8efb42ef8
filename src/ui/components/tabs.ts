// Parts of a page of which one is read at a time. Without JavaScript: a list of links and the parts under one another.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** A part; `id` is its address within the page. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Starts with its own heading, which people without JavaScript need. */
  readonly content: HtmlValue;
}

/** Parts of a page; tabs.js shows one at a time. `title` names them: "Contents" unless told. */
export function tabs(options: {
  readonly locale: Locale;
  readonly title?: string;
  readonly tabs: readonly Tab[];
}): Html {
  return html`<div class="govuk-tabs" data-tabs>
<h2 class="govuk-tabs__title">${options.title ?? uiMessages(options.locale).contents}</h2>
<ul class="govuk-tabs__list">${options.tabs.map(
    (tab) =>
      html`<li class="govuk-tabs__list-item"><a class="govuk-tabs__tab" href="#${tab.id}">${tab.label}</a></li>`,
  )}</ul>
${options.tabs.map((tab) => html`<div class="govuk-tabs__panel" id="${tab.id}">${tab.content}</div>\n`)}</div>`;
}
