// A day that people know by heart, in three boxes (day, month, year). A day to look up is better picked in a calendar.
import { type Html, html } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';
import { type FieldOptions, fieldId } from './field.ts';
import { question } from './question.ts';

const PARTS = ['day', 'month', 'year'] as const;

/** A box of a date. */
export type DatePart = (typeof PARTS)[number];

/** What a day takes beside what every field does; the boxes are sent as `<name>-day`, `-month` and `-year`. */
export interface DateInputOptions extends FieldOptions {
  readonly value?: Partial<Record<DatePart, string>>;
  /** The boxes that the error is about: all unless told. */
  readonly wrong?: readonly DatePart[];
}

/** A day in three boxes; the first box has the field's id. */
export function dateInput(options: DateInputOptions): Html {
  const words = uiMessages(options.locale).date;
  const wrong = options.error ? (options.wrong ?? PARTS) : [];
  const boxes = PARTS.map((part) => {
    const id = part === 'day' ? fieldId(options) : `${fieldId(options)}-${part}`;
    const bad = wrong.includes(part);
    return html`<div class="govuk-date-input__item"><div class="govuk-form-group">
<label class="govuk-label govuk-date-input__label" for="${id}">${words[part]}</label>
<input class="govuk-input govuk-date-input__input govuk-input--width-${part === 'year' ? 4 : 2}${bad ? ' govuk-input--error' : ''}" id="${id}" name="${options.name}-${part}" type="text" inputmode="numeric" maxlength="${part === 'year' ? 4 : 2}" value="${options.value?.[part] ?? ''}"${bad ? html` aria-invalid="true"` : null}>
</div></div>`;
  });
  return question(options, html`<div class="govuk-date-input">${boxes}</div>`);
}
