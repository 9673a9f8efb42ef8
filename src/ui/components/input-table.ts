// A table whose cells are typed in: one line of a list a row. On phones each row becomes a block with its labels. It adds
// and removes no row by itself: the caller's buttons send the form.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html, nothing } from '../html.ts';
import { button } from './button.ts';
import type { Choice } from './choice.ts';
import { errorMessage } from './error-message.ts';

/** A column of cells to type in; its cells are sent as `<name>_<row>`, rows counted from 0. */
export interface InputColumn<C extends string> {
  readonly name: C;
  readonly text: string;
  /** Choices of a folded list; a line of text unless told. */
  readonly items?: readonly Choice[];
  /** Text of the first, empty choice; none unless told. */
  readonly placeholder?: string;
  /** `figure` is set right, with a keyboard for figures. */
  readonly kind?: 'text' | 'figure' | 'date';
  /** About how many characters are expected. */
  readonly width?: 4 | 5 | 10 | 20;
}

/** What such a table needs. */
export interface InputTableOptions<C extends string> {
  readonly locale: Locale;
  /** What the table holds; read by screen readers. */
  readonly caption: string;
  readonly columns: readonly InputColumn<C>[];
  readonly rows: readonly Readonly<Record<C, string>>[];
  /** Names a row, counted from 1: "line 3". */
  readonly rowName: (row: number) => string;
  /** What is wrong with a cell, by its field's name. */
  readonly errorOf: (field: string) => string | undefined;
  /** A button at the end of each row that sends the form with this name and the row's place as its value. */
  readonly remove?: { readonly name: string; readonly text: string };
}

/** The table. */
export function inputTable<C extends string>(options: InputTableOptions<C>): Html {
  const { locale, columns, remove } = options;
  const cell = (column: InputColumn<C>, value: string, row: number): Html => {
    const field = `${column.name}_${row}`;
    const error = options.errorOf(field);
    const about = html` aria-label="${column.text}, ${options.rowName(row + 1)}"${error === undefined ? nothing : html` aria-describedby="${field}-error" aria-invalid="true"`}`;
    const wrong = (kind: string) => (error === undefined ? '' : ` govuk-${kind}--error`);
    const width = column.width ? ` govuk-input--width-${column.width}` : '';
    const figure = column.kind === 'figure' ? ' socle-input-table__figure' : '';
    const control =
      column.items === undefined
        ? html`<input class="govuk-input${wrong('input')}${width}${figure}" id="${field}" name="${field}" type="${column.kind === 'date' ? 'date' : 'text'}" value="${value}"${column.kind === 'figure' ? html` inputmode="decimal"` : nothing}${about}>`
        : html`<select class="govuk-select${wrong('select')}" id="${field}" name="${field}"${about}>${
            column.placeholder === undefined ? nothing : html`<option value="">${column.placeholder}</option>`
          }${column.items.map((item) => html`<option value="${item.value}"${item.value === value ? html` selected` : nothing}>${item.text}</option>`)}</select>`;
    return html`<td class="govuk-table__cell"><span class="socle-input-table__label" aria-hidden="true">${column.text}</span>${
      error === undefined ? nothing : errorMessage({ locale, id: `${field}-error`, text: error })
    }${control}</td>`;
  };
  return html`<div class="socle-input-table"><table class="govuk-table">
<caption class="govuk-table__caption govuk-visually-hidden">${options.caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map(
    ({ text }) => html`<th scope="col" class="govuk-table__header">${text}</th>`,
  )}${remove && html`<td class="govuk-table__header"></td>`}</tr></thead>
<tbody class="govuk-table__body">${options.rows.map(
    (row, at) =>
      html`<tr class="govuk-table__row">${columns.map((column) => cell(column, row[column.name], at))}${
        remove &&
        html`<td class="govuk-table__cell">${button({
          text: remove.text,
          kind: 'secondary',
          small: true,
          name: remove.name,
          value: String(at),
          hiddenText: options.rowName(at + 1),
        })}</td>`
      }</tr>`,
  )}</tbody>
</table></div>`;
}
