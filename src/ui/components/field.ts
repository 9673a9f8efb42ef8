// What all fields share: label, help, error, and how they are tied to the control. It draws no control.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { errorMessage } from './error-message.ts';
import { hint } from './hint.ts';

/** What every field takes. */
export interface FieldOptions {
  readonly locale: Locale;
  readonly name: string;
  /** The name unless told; the error summary links to it. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: HtmlValue;
  /** What is wrong and what to do; nothing when all is well. */
  readonly error?: string | undefined;
  /** True for a field that may stay empty: its label says so. */
  readonly optional?: boolean;
}

/** The id of a field's control. */
export function fieldId(field: Pick<FieldOptions, 'id' | 'name'>): string {
  return field.id ?? field.name;
}

/** The ` aria-describedby` attribute of a field's control, with its leading space; `also` names further texts. */
export function describedBy(field: FieldOptions, ...also: readonly string[]): Html {
  const id = fieldId(field);
  const ids = [field.hint ? `${id}-hint` : '', ...also, field.error ? `${id}-error` : ''].filter(Boolean);
  return ids.length === 0 ? nothing : html` aria-describedby="${ids.join(' ')}"`;
}

/** The ` aria-invalid` attribute of a field's control when it has an error, with its leading space. */
export function invalid(field: FieldOptions): Html {
  return field.error ? html` aria-invalid="true"` : nothing;
}

/** A label's words, with the mark of what may stay empty. */
export function labelText(field: FieldOptions): Html {
  return html`${field.label}${field.optional ? html` <span class="socle-optional">(${uiMessages(field.locale).optional})</span>` : nothing}`;
}

/** The help and the error of a field, in the order in which they are read. */
export function fieldNotes(field: FieldOptions): Html {
  const id = fieldId(field);
  return html`${field.hint ? hint({ id: `${id}-hint`, text: field.hint }) : nothing}
${field.error ? errorMessage({ locale: field.locale, id: `${id}-error`, text: field.error }) : nothing}`;
}

/** A field of one control: label, help, error, control. `classes` are added to the group's. */
export function field(options: FieldOptions, control: HtmlValue, classes = ''): Html {
  return html`<div class="govuk-form-group${options.error ? ' govuk-form-group--error' : ''}${classes && ` ${classes}`}">
<label class="govuk-label" for="${fieldId(options)}">${labelText(options)}</label>
${fieldNotes(options)}
${control}
</div>`;
}
