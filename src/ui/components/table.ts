// A table of a page: caption, sortable headers, scrolling on phones, a sentence when it is empty. It sorts nothing itself.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** The direction in which rows are sorted by a column; null when they are sorted by another. */
export type SortDirection = 'ascending' | 'descending' | null;

/** A column of a table. */
export interface TableColumn {
  readonly text: string;
  /** True for figures: they are set right, in digits of one width. */
  readonly numeric?: boolean;
  /** `href` is the page sorted by this column (the other way round when it already is). */
  readonly sort?: { readonly href: string; readonly direction: SortDirection };
}

/** What a table needs. */
export interface TableOptions {
  readonly locale: Locale;
  /** What the table holds; unique among the page's tables. */
  readonly caption: string;
  /** True when a heading just above says the same: the caption is then for screen readers only. */
  readonly captionHidden?: boolean;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly HtmlValue[])[];
  /** The sentence in place of the rows when there are none. */
  readonly empty?: string;
  /** False when the first cell does not name its row; true unless told. */
  readonly rowHeader?: boolean;
  /** True for rows that are read one by one: on a phone each becomes a block, with the column's name before each cell. */
  readonly stacked?: boolean;
  /** Id of the caption, when the one made of its words would not be unique. */
  readonly id?: string;
}

function idOf(caption: string): string {
  const words = caption
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `table-${words || 'caption'}`;
}

function header(locale: Locale, { text, numeric, sort }: TableColumn, stacked = false): Html {
  const role = stacked ? html` role="columnheader"` : nothing;
  const classes = `govuk-table__header${numeric ? ' govuk-table__header--numeric' : ''}`;
  if (!sort) return html`<th scope="col"${role} class="${classes}">${text}</th>`;
  const words = uiMessages(locale).sort;
  const state = sort.direction === null ? nothing : html` aria-sort="${sort.direction}"`;
  const spoken = sort.direction === null ? '' : `, ${words[sort.direction]}`;
  return html`<th scope="col"${role} class="${classes}"${state}><a class="socle-sort" href="${sort.href}" data-sort="${sort.direction ?? 'none'}" aria-label="${words.by(text)}${spoken}">${text}</a></th>`;
}

function labelled(column: string | undefined, value: HtmlValue): Html {
  return html`<span class="socle-table__label" aria-hidden="true">${column}</span><div>${value}</div>`;
}

/**
 * What tells a table to those who do not see it once its parts are set as blocks, which some browsers then take for no
 * table (WAI-ARIA 1.2, 5.3.3).
 */
const ROLES = {
  table: html` role="table"`,
  rowgroup: html` role="rowgroup"`,
  row: html` role="row"`,
  rowheader: html` role="rowheader"`,
  cell: html` role="cell"`,
};

/** A table; its own region scrolls sideways, and takes the keyboard's focus, when the window is too narrow for it. */
export function table(options: TableOptions): Html {
  const { locale, caption, columns, rows } = options;
  const id = options.id ?? idOf(caption);
  const hidden = options.captionHidden ? ' govuk-visually-hidden' : '';
  const rowHeader = options.rowHeader ?? true;
  const role = (name: keyof typeof ROLES) => (options.stacked ? ROLES[name] : nothing);
  const cell = (value: HtmlValue, at: number): Html => {
    const numeric = columns[at]?.numeric ? '--numeric' : '';
    return at === 0 && rowHeader
      ? html`<th scope="row"${role('rowheader')} class="govuk-table__header${numeric && ` govuk-table__header${numeric}`}">${value}</th>`
      : html`<td${role('cell')} class="govuk-table__cell${numeric && ` govuk-table__cell${numeric}`}${options.stacked && value === '' && ' socle-table__none'}">${options.stacked ? labelled(columns[at]?.text, value) : value}</td>`;
  };
  const body =
    rows.length === 0 && options.empty !== undefined
      ? html`<tr${role('row')} class="govuk-table__row"><td${role('cell')} class="govuk-table__cell socle-table__empty" colspan="${columns.length}"><span>${options.empty}</span></td></tr>`
      : rows.map((row) => html`<tr${role('row')} class="govuk-table__row">${row.map(cell)}</tr>`);
  return html`<div class="socle-table${options.stacked ? ' socle-table--stacked' : ''}" role="region" tabindex="0" aria-labelledby="${id}">
<table${role('table')} class="govuk-table">
<caption class="govuk-table__caption${hidden}" id="${id}">${caption}</caption>
<thead${role('rowgroup')} class="govuk-table__head"><tr${role('row')} class="govuk-table__row">${columns.map((column) => header(locale, column, options.stacked))}</tr></thead>
<tbody${role('rowgroup')} class="govuk-table__body">${body}</tbody>
</table>
</div>`;
}
