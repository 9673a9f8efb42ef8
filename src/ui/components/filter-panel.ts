// The filters of a list: a GET form, so that a filtered list has an address, and those applied with a way to remove each.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { button } from './button.ts';
import { hiddenFields } from './hidden-fields.ts';

/** A filter that is applied; `removeHref` is the list without it. */
export interface AppliedFilter {
  readonly text: string;
  readonly removeHref: string;
}

/** What a list's filters need. */
export interface FilterPanelOptions {
  readonly locale: Locale;
  readonly action: string;
  /** The fields: text inputs, selects, radios. */
  readonly fields: readonly HtmlValue[];
  readonly applied: readonly AppliedFilter[];
  /** The list without any filter. */
  readonly clearHref: string;
  /** The rest of the address to keep, such as the sort. */
  readonly keep?: Readonly<Record<string, string | undefined>>;
  readonly id?: string;
  /** The panel's heading: "Filter" unless told. */
  readonly title?: string;
}

/** The filters of a list. */
export function filterPanel(options: FilterPanelOptions): Html {
  const words = uiMessages(options.locale).filter;
  const id = options.id ?? 'filter';
  const applied =
    options.applied.length === 0
      ? nothing
      : html`<div class="socle-filter__selected"><h3 class="socle-filter__selected-title">${words.selected}</h3>
<ul>${options.applied.map(
          (filter) =>
            html`<li><a class="socle-filter__tag" href="${filter.removeHref}" aria-label="${words.remove(filter.text)}">${filter.text}</a></li>`,
        )}</ul></div>`;
  return html`<form class="socle-filter" method="get" action="${options.action}" aria-labelledby="${id}-title">
<h2 class="socle-filter__title" id="${id}-title">${options.title ?? words.title}</h2>
${applied}
<div class="socle-filter__fields">${options.fields}</div>
${hiddenFields(options.keep ?? {})}
<div class="socle-filter__actions">${button({ text: words.apply })}${options.applied.length > 0 && html`<a href="${options.clearHref}">${words.clear}</a>`}</div>
</form>`;
}
