// Any number of choices among a few; or one thing to agree with.
import { type Html, html, nothing } from '../html.ts';
import type { Choice } from './choice.ts';
import { describedBy, type FieldOptions, fieldId, fieldNotes, invalid, labelText } from './field.ts';
import { hint } from './hint.ts';
import { question } from './question.ts';

/** What several choices take beside what every field does. */
export interface CheckboxesOptions extends FieldOptions {
  readonly items: readonly Choice[];
  readonly values?: readonly string[];
}

/** Any number of choices; the first has the field's id, so that an error summary leads to it. */
export function checkboxes(options: CheckboxesOptions): Html {
  const controls = options.items.map((choice, at) => {
    const id = at === 0 ? fieldId(options) : `${fieldId(options)}-${at + 1}`;
    const described = choice.hint ? html` aria-describedby="${id}-item-hint"` : nothing;
    const checked = options.values?.includes(choice.value) ? html` checked` : nothing;
    return html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="${id}" name="${options.name}" type="checkbox" value="${choice.value}"${checked}${choice.disabled ? html` disabled` : nothing}${described}>
<label class="govuk-label govuk-checkboxes__label" for="${id}">${choice.text}</label>${
      choice.hint
        ? html`<div class="govuk-checkboxes__hint">${hint({ id: `${id}-item-hint`, text: choice.hint })}</div>`
        : nothing
    }</div>`;
  });
  return question(options, html`<div class="govuk-checkboxes govuk-checkboxes--small">${controls}</div>`);
}

/** One box to tick, sent as `value` (`on` unless told) when ticked. */
export function checkbox(
  options: FieldOptions & { readonly value?: string; readonly checked?: boolean },
): Html {
  const id = fieldId(options);
  return html`<div class="govuk-form-group${options.error ? ' govuk-form-group--error' : ''}">
${fieldNotes(options)}
<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="${id}" name="${options.name}" type="checkbox" value="${options.value ?? 'on'}"${options.checked ? html` checked` : nothing}${describedBy(options)}${invalid(options)}>
<label class="govuk-label govuk-checkboxes__label" for="${id}">${labelText(options)}</label></div></div>
</div>`;
}
