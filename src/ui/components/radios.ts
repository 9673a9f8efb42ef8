// One choice among a few, all in sight.
import { type Html, html, nothing } from '../html.ts';
import type { Choice } from './choice.ts';
import { type FieldOptions, fieldId } from './field.ts';
import { hint } from './hint.ts';
import { question } from './question.ts';

/** What a choice in sight takes beside what every field does. */
export interface RadiosOptions extends FieldOptions {
  readonly items: readonly Choice[];
  readonly value?: string | undefined;
  /** True for two or three short choices on one line. */
  readonly inline?: boolean;
}

/** One choice among a few; the first has the field's id, so that an error summary leads to it. */
export function radios(options: RadiosOptions): Html {
  const controls = options.items.map((choice, at) => {
    const id = at === 0 ? fieldId(options) : `${fieldId(options)}-${at + 1}`;
    const described = choice.hint ? html` aria-describedby="${id}-item-hint"` : nothing;
    return html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="${id}" name="${options.name}" type="radio" value="${choice.value}"${choice.value === options.value ? html` checked` : nothing}${choice.disabled ? html` disabled` : nothing}${described}>
<label class="govuk-label govuk-radios__label" for="${id}">${choice.text}</label>${
      choice.hint
        ? html`<div class="govuk-radios__hint">${hint({ id: `${id}-item-hint`, text: choice.hint })}</div>`
        : nothing
    }</div>`;
  });
  return question(
    options,
    html`<div class="govuk-radios govuk-radios--small${options.inline ? ' govuk-radios--inline' : ''}">${controls}</div>`,
  );
}
