// Several lines of text to type, with how many characters are left. A single line is the text input's.
import { formatNumber } from '#platform/i18n/format.ts';
import { type Html, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { describedBy, type FieldOptions, field, fieldId, invalid } from './field.ts';

/** What several lines of text take beside what every field does. */
export interface TextareaOptions extends FieldOptions {
  readonly value?: string;
  /** Lines shown at once: 5 unless told. */
  readonly rows?: number;
  /** Most characters; told under the field, and counted down by character-count.js. The server checks it. */
  readonly limit?: number;
  readonly spellcheck?: false;
}

/** Several lines of text to type. */
export function textarea(options: TextareaOptions): Html {
  const { limit, locale } = options;
  const id = fieldId(options);
  const words = uiMessages(locale);
  const counted = limit === undefined ? [] : [`${id}-info`];
  // The first line end after the tag is dropped by the parser, so that a text may start with one.
  const control = html`<textarea class="govuk-textarea${options.error ? ' govuk-textarea--error' : ''}" id="${id}" name="${options.name}" rows="${options.rows ?? 5}"${describedBy(options, ...counted)}${invalid(options)}${options.spellcheck === false ? html` spellcheck="false"` : nothing}>
${options.value}</textarea>`;
  if (limit === undefined) return field(options, control);
  const written = formatNumber(locale, limit);
  return html`<div data-character-count="${limit}" data-left="${words.charactersLeft(written)}" data-over="${words.charactersOver()}">${field(
    options,
    html`${control}
<div id="${id}-info" class="govuk-hint govuk-character-count__message" data-count-message>${words.characterLimit(written)}</div>`,
    'govuk-character-count',
  )}</div>`;
}
