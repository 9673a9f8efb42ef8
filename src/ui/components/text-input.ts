// A line of text to type: names, addresses, numbers, codes. Longer text is the textarea's.
import { type Html, html, nothing, trusted } from '../html.ts';
import { describedBy, type FieldOptions, field, fieldId, invalid } from './field.ts';

/** What a line of text takes beside what every field does. */
export interface TextInputOptions extends FieldOptions {
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'date' | 'month';
  /** What the browser may fill in by itself, such as `username` (WCAG 2.2, 1.3.5). */
  readonly autocomplete?: string;
  /** The keyboard that a phone shows; whole numbers are `numeric`. */
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url';
  /** About how many characters are expected; as wide as its column unless told. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  readonly maxLength?: number;
  /** What stands before or after what is typed, such as € or %. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly spellcheck?: false;
  readonly readOnly?: boolean;
  readonly required?: boolean;
}

/** A line of text to type. */
export function textInput(options: TextInputOptions): Html {
  const classes = `govuk-input${options.error ? ' govuk-input--error' : ''}${options.width ? ` govuk-input--width-${options.width}` : ''}`;
  const attribute = (name: string, value: string | number | undefined) =>
    value === undefined ? nothing : html` ${trusted(name)}="${value}"`;
  const input = html`<input class="${classes}" id="${fieldId(options)}" name="${options.name}" type="${options.type ?? 'text'}"${attribute('value', options.value)}${describedBy(options)}${invalid(options)}${attribute('autocomplete', options.autocomplete)}${attribute('inputmode', options.inputMode)}${attribute('maxlength', options.maxLength)}${options.spellcheck === false ? html` spellcheck="false"` : nothing}${options.readOnly ? html` readonly` : nothing}${options.required ? html` required` : nothing}>`;
  const { prefix, suffix } = options;
  if (prefix === undefined && suffix === undefined) return field(options, input);
  return field(
    options,
    html`<div class="govuk-input__wrapper">${prefix === undefined ? nothing : html`<div class="govuk-input__prefix" aria-hidden="true">${prefix}</div>`}${input}${suffix === undefined ? nothing : html`<div class="govuk-input__suffix" aria-hidden="true">${suffix}</div>`}</div>`,
  );
}
