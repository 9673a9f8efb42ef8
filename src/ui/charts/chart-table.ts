// The data table of a chart: every figure that is drawn, in full. It formats nothing by itself.
import type { Locale } from '#platform/i18n/locale.ts';
import { type TableColumn, table } from '#ui/components/table.ts';
import { type Html, type HtmlValue, html } from '#ui/html.ts';
import { uiMessages } from '#ui/ui.messages.ts';
import { chartMessages } from './charts.messages.ts';

/** The data table, folded below the chart whose id is `chart`. The first column names each row. */
export function chartTable(options: {
  readonly chart: string;
  readonly locale: Locale;
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly HtmlValue[])[];
}): Html {
  const { chart, locale, caption, columns, rows } = options;
  return html`<details class="govuk-details socle-chart__data"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${uiMessages(locale).chart.data}<span class="govuk-visually-hidden">${chartMessages(locale).colon}${caption}</span></span></summary>
<div class="govuk-details__text">${table({ id: `${chart}-table`, locale, caption, captionHidden: true, columns, rows })}</div></details>`;
}
