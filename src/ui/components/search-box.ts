// One line to search a list with: a GET form, so that a search has an address.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { hiddenFields } from './hidden-fields.ts';

/** What a search line needs. */
export interface SearchBoxOptions {
  readonly locale: Locale;
  readonly action: string;
  /** What is searched, such as "Search for a project". */
  readonly label: string;
  /** `q` unless told. */
  readonly name?: string;
  readonly id?: string;
  readonly value?: string;
  /** The rest of the address to keep, such as the sort. */
  readonly keep?: Readonly<Record<string, string | undefined>>;
}

/** A line to search a list with. */
export function searchBox(options: SearchBoxOptions): Html {
  const name = options.name ?? 'q';
  const id = options.id ?? `search-${name}`;
  return html`<form class="socle-search" role="search" aria-label="${options.label}" method="get" action="${options.action}">
<label class="govuk-label" for="${id}">${options.label}</label>
<div class="socle-search__row"><input class="govuk-input" id="${id}" name="${name}" type="search" value="${options.value ?? ''}" maxlength="200" autocomplete="off"><button type="submit" class="govuk-button">${uiMessages(options.locale).search}</button></div>
${hiddenFields(options.keep ?? {})}
</form>`;
}
