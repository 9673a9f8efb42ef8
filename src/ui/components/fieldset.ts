// Fields that answer one question together, under that question. It draws no field.
import { type Html, type HtmlValue, html, nothing } from '../html.ts';

/** Fields under one question; `describedBy` lists the ids of its help and error. */
export function fieldset(options: {
  readonly legend: HtmlValue;
  /** How large the question is set: as a label unless told, `medium` for a part of a form. */
  readonly legendSize?: 'label' | 'medium';
  readonly describedBy?: string;
  readonly content: HtmlValue;
  readonly role?: 'group';
}): Html {
  const size = options.legendSize === 'medium' ? ' govuk-fieldset__legend--m' : '';
  return html`<fieldset class="govuk-fieldset"${options.role ? html` role="${options.role}"` : nothing}${options.describedBy ? html` aria-describedby="${options.describedBy}"` : nothing}>
<legend class="govuk-fieldset__legend${size}">${options.legend}</legend>
${options.content}
</fieldset>`;
}
