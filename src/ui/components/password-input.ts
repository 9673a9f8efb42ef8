// A secret to type, with a button to see it that password-input.js brings to life. It never prints a value.
import { type Html, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { describedBy, type FieldOptions, field, fieldId, invalid } from './field.ts';

/** A secret to type; `autocomplete` tells password managers which. */
export function passwordInput(
  options: FieldOptions & {
    readonly autocomplete: 'current-password' | 'new-password';
    readonly required?: boolean;
  },
): Html {
  const id = fieldId(options);
  const words = uiMessages(options.locale).password;
  return field(
    options,
    html`<div class="govuk-input__wrapper govuk-password-input__wrapper" data-password-input data-show="${words.show}" data-hide="${words.hide}" data-show-label="${words.showLabel}" data-hide-label="${words.hideLabel}" data-shown="${words.shown}" data-hidden="${words.hidden}">
<input class="govuk-input govuk-password-input__input${options.error ? ' govuk-input--error' : ''}" id="${id}" name="${options.name}" type="password" spellcheck="false" autocomplete="${options.autocomplete}"${describedBy(options)}${invalid(options)}${options.required ? html` required` : nothing}>
<button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle" aria-controls="${id}" aria-label="${words.showLabel}" hidden>${words.show}</button>
<span class="govuk-visually-hidden" role="status"></span>
</div>`,
    'govuk-password-input',
  );
}
