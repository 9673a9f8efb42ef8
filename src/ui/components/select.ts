// One choice among many, folded. Up to about seven choices read better as radios.
import { type Html, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import type { Choice } from './choice.ts';
import { describedBy, type FieldOptions, field, fieldId, invalid } from './field.ts';

/** What a folded choice takes beside what every field does. */
export interface SelectOptions extends FieldOptions {
  readonly items: readonly Choice[];
  readonly value?: string | undefined;
  /** The first, empty choice: its text, true for the usual one; none unless told. */
  readonly placeholder?: string | true;
}

/** One choice among many. */
export function select(options: SelectOptions): Html {
  const { placeholder } = options;
  const empty = placeholder === true ? uiMessages(options.locale).selectPlaceholder : placeholder;
  return field(
    options,
    html`<select class="govuk-select${options.error ? ' govuk-select--error' : ''}" id="${fieldId(options)}" name="${options.name}"${describedBy(options)}${invalid(options)}>${
      empty === undefined ? nothing : html`<option value="">${empty}</option>`
    }${options.items.map(
      (choice) =>
        html`<option value="${choice.value}"${choice.value === options.value ? html` selected` : nothing}${choice.disabled ? html` disabled` : nothing}>${choice.text}</option>`,
    )}</select>`,
  );
}
