// The part of a window's page on what it financed and what that brought.
import { contractTag, decisionTag } from '#modules/impact/public.ts';
import { formatEuroCents } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { table } from '#ui/components/table.ts';
import { type Html, type HtmlValue, html } from '#ui/html.ts';
import { applicationTag } from './applications.pages.ts';
import { type FinancedProject, type Savings, savingsOf } from './financed.reading.ts';
import { fundingMessages } from './funding.messages.ts';

/** What a window financed, and what it brought, with the same as files. */
export function financedPart(locale: Locale, windowId: string, projects: readonly FinancedProject[]): Html {
  const words = fundingMessages(locale);
  const files = dataLinks({
    locale,
    csv: `/support/windows/${windowId}/financed.csv`,
    json: `/api/v1/support/windows/${windowId}`,
    about: words.financedTitle,
  });
  if (projects.length === 0) {
    return html`<h2>${words.financedTitle}</h2><p>${words.nothingFinanced}</p>${files}`;
  }
  const amount = (cents: number) => formatEuroCents(locale, cents);
  return html`<h2>${words.financedTitle}</h2>
${table({
  locale,
  caption: words.financedTitle,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.state },
    { text: words.awarded, numeric: true },
    { text: words.committed, numeric: true },
    { text: words.paid, numeric: true },
  ],
  rows: projects.map((one) => [
    html`${one.title}<br><span class="socle-secondary">${one.organisationName}</span>`,
    applicationTag(locale, one.state),
    amount(one.awardedCents),
    amount(one.committedCents),
    amount(one.paidCents),
  ]),
})}
<h2>${words.brought}</h2>
<p>${words.broughtLead}</p>
${table({
  locale,
  caption: words.brought,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.verdict },
    { text: words.savings.declared, numeric: true },
    { text: words.savings.audited, numeric: true },
    { text: words.savings.cashed, numeric: true },
  ],
  rows: [
    ...projects.map((one): HtmlValue[] => [
      html`${one.title}${one.outcome !== '' && html`<br><span class="socle-secondary">${one.outcome}</span>`}`,
      verdictOf(locale, one),
      ...writtenSavings(locale, one.result?.savings ?? null),
    ]),
    [html`<strong>${words.allContracts}</strong>`, '', ...writtenSavings(locale, savingsOf(projects))],
  ],
})}
${files}`;
}

function verdictOf(locale: Locale, { title, result }: FinancedProject): HtmlValue {
  const words = fundingMessages(locale);
  if (result === null) return words.noContractOpen;
  const link = html`<a href="/impact/contracts/${result.contractId}">${words.contractNumber(String(result.number))}<span class="govuk-visually-hidden"> (${title})</span></a>`;
  if (result.decision !== null) return html`${link}<br>${decisionTag(locale, result.decision)}`;
  return html`${link}<br>${result.hadNoMeasure ? words.noMeasure : contractTag(locale, result.state)}`;
}

function writtenSavings(locale: Locale, savings: Savings | null): HtmlValue[] {
  return [savings?.declared, savings?.audited, savings?.cashed].map((euros) =>
    euros === undefined || euros === null ? '–' : formatEuroCents(locale, Math.round(euros * 100)),
  );
}
