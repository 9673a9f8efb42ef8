// Facts about one thing: name and value, with what may be done to each. It holds no list of things.
import { type Html, type HtmlValue, html, nothing } from '../html.ts';

/** A link beside a fact; `hiddenText` says for screen readers what it acts on. */
export interface SummaryAction {
  readonly href: string;
  readonly text: string;
  readonly hiddenText: string;
}

/** A fact. */
export interface SummaryRow {
  readonly key: string;
  readonly value: HtmlValue;
  readonly actions?: readonly SummaryAction[];
}

/** Facts about one thing, one a line. */
export function summaryList(options: { readonly rows: readonly SummaryRow[] }): Html {
  const withActions = options.rows.some((row) => row.actions?.length);
  return html`<dl class="govuk-summary-list">${options.rows.map((row) => {
    const actions = row.actions ?? [];
    const bare = withActions && actions.length === 0 ? ' govuk-summary-list__row--no-actions' : '';
    return html`<div class="govuk-summary-list__row${bare}"><dt class="govuk-summary-list__key">${row.key}</dt><dd class="govuk-summary-list__value">${row.value}</dd>${
      actions.length === 0
        ? nothing
        : html`<dd class="govuk-summary-list__actions">${actions.map(
            (action) =>
              html`<a class="govuk-link" href="${action.href}">${action.text}<span class="govuk-visually-hidden"> ${action.hiddenText}</span></a> `,
          )}</dd>`
    }</div>`;
  })}</dl>`;
}
