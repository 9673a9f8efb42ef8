// A question answered by several controls: radios, checkboxes, a date. It holds the question, its help and its error.
import { type Html, type HtmlValue, html } from '../html.ts';
import { type FieldOptions, fieldId, fieldNotes, labelText } from './field.ts';
import { fieldset } from './fieldset.ts';

/** A question with its help and error tied to the group of its controls. */
export function question(options: FieldOptions, controls: HtmlValue): Html {
  const id = fieldId(options);
  const notes = [options.hint ? `${id}-hint` : '', options.error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  const group = fieldset({
    legend: labelText(options),
    describedBy: notes,
    content: html`${fieldNotes(options)}\n${controls}`,
  });
  return html`<div class="govuk-form-group${options.error ? ' govuk-form-group--error' : ''}">
${group}
</div>`;
}
