// The page of one application: what it says, what waits for its reader, its agreement and its money.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatEuroCents } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { select } from '#ui/components/select.ts';
import { type SummaryRow, summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { agreementPart } from './agreements.pages.ts';
import { applicationCrumbs, applicationTag } from './applications.pages.ts';
import { fundingMessages } from './funding.messages.ts';
import type { Application, DeclaredConflict, Instalment, MoneyMove } from './funding.types.ts';

/** What the page of an application shows. */
export interface ApplicationView {
  readonly csrf: Html;
  readonly application: Application;
  readonly instalments: readonly Instalment[];
  readonly moves: readonly MoneyMove[];
  /** Titles of the doctrines that stand in the way. */
  readonly obstacles: readonly string[];
  /** Of its jury's members; none for readers who run no window. */
  readonly conflicts: readonly DeclaredConflict[];
  /** The contracts of its organisation, where the reader may name one. */
  readonly contracts: readonly { readonly id: string; readonly title: string }[];
  /** Whether both parties signed the contract that it names. */
  readonly contractIsSigned: boolean;
  /** Whether the reader decides on it, or acts for its organisation. */
  readonly decides: boolean;
  readonly applies: boolean;
  readonly timeZone: string;
  readonly faults: readonly FieldError[];
  /** What was typed in the form that was refused. */
  readonly typed: Readonly<Record<string, string>>;
  /** The instalment whose form was refused. */
  readonly instalmentId: string | null;
}

/** Where an application is read, or what is done to it. */
export function applicationAddress(id: string, under = ''): string {
  return `/support/applications/${id}${under}`;
}

/** An application, what was decided, its agreement and its money. */
export function applicationPage(locale: Locale, view: ApplicationView): Page {
  const { application, faults, moves, timeZone } = view;
  const words = fundingMessages(locale);
  const { state } = application;
  return {
    title: application.title,
    breadcrumbs: applicationCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${application.organisationName}</span>
<h1>${application.title}</h1>
${summaryList({ rows: moneyRows(locale, application) })}
${view.applies && state === 'draft' && draftActs(locale, view)}
${view.decides && state === 'submitted' && eligibilityForms(locale, view)}
${view.decides && state === 'scored' && awardForm(locale, view)}
${agreementPart(locale, view)}
${view.decides && ['agreed', 'closed'].includes(state) && clawbackForm(locale, view)}
${view.decides && ['awarded', 'agreed'].includes(state) && endForm(locale, view)}
<h2>${words.whatItSays}</h2>
${summaryList({ rows: textRows(locale, view) })}
${contractForm(locale, view)}
${view.conflicts.length > 0 && conflictsTable(locale, view)}
${
  moves.length > 0 &&
  html`<h2>${words.moves}</h2>${table({
    locale,
    caption: words.moves,
    captionHidden: true,
    columns: [
      { text: words.move },
      { text: words.date },
      { text: words.committed, numeric: true },
      { text: words.paid, numeric: true },
      { text: words.reason },
    ],
    rows: moves.map((move) => [
      words.moveKinds[move.kind],
      formatDate(locale, move.at, timeZone),
      formatEuroCents(locale, move.committedCents),
      formatEuroCents(locale, move.paidCents),
      move.reason === '' ? '–' : move.reason,
    ]),
  })}`
}`,
  };
}

function moneyRows(locale: Locale, application: Application): SummaryRow[] {
  const words = fundingMessages(locale);
  const { state, awardedCents } = application;
  const amount = (cents: number) => formatEuroCents(locale, cents);
  return [
    {
      key: words.window,
      value: html`<a href="/support/windows/${application.windowId}">${application.windowTitle}</a>`,
    },
    { key: words.state, value: applicationTag(locale, state) },
    ...(application.reason === '' ? [] : [{ key: words.reason, value: application.reason }]),
    { key: words.asked, value: amount(application.askedCents) },
    ...(awardedCents === 0
      ? []
      : [
          { key: words.awarded, value: amount(awardedCents) },
          { key: words.committed, value: amount(application.committedCents) },
          { key: words.paid, value: amount(application.paidCents) },
        ]),
    ...(application.outcome === '' ? [] : [{ key: words.outcome, value: application.outcome }]),
  ];
}

function textRows(locale: Locale, { application, contractIsSigned }: ApplicationView): SummaryRow[] {
  const words = fundingMessages(locale);
  const { contractId, subjectRef } = application;
  return [
    { key: words.subject, value: application.subject },
    { key: words.form.change, value: application.change },
    { key: words.form.plan, value: application.plan },
    {
      key: words.contract,
      value:
        contractId === null
          ? words.form.noContract
          : html`<a href="/impact/contracts/${contractId}">${words.seeContract}</a>${!contractIsSigned && html` (${words.notSigned})`}`,
    },
    ...(subjectRef === '' ? [] : [{ key: words.form.subjectRef, value: subjectRef }]),
  ];
}

function draftActs(locale: Locale, { application, csrf }: ApplicationView): Html {
  const words = fundingMessages(locale);
  return form({
    action: applicationAddress(application.id, '/submit'),
    csrf,
    content: buttonGroup([
      button({ text: words.submit }),
      button({ text: words.change, href: applicationAddress(application.id, '/edit'), kind: 'secondary' }),
    ]),
  });
}

function eligibilityForms(
  locale: Locale,
  { application, csrf, obstacles, faults, typed }: ApplicationView,
): Html {
  const words = fundingMessages(locale);
  return html`<h2>${words.decideEligibility}</h2>
${
  obstacles.length === 0
    ? html`<p>${words.noObstacle}</p>`
    : html`<p>${words.obstacles}</p><ul class="govuk-list govuk-list--bullet">${obstacles.map((one) => html`<li>${one}</li>`)}</ul>`
}
${obstacles.length === 0 && form({ action: applicationAddress(application.id, '/find-eligible'), csrf, content: button({ text: words.eligible }) })}
${details({
  summary: words.ineligible,
  open: faults.some(({ field }) => field === 'reason'),
  content: form({
    action: applicationAddress(application.id, '/find-ineligible'),
    csrf,
    content: html`${textarea({ locale, name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3, limit: 1000, value: typed.reason ?? '', error: faultOf(locale, faults, 'reason') })}
${button({ text: words.ineligible, kind: 'secondary' })}`,
  }),
})}`;
}

function awardForm(locale: Locale, { application, csrf, faults, typed }: ApplicationView): Html | null {
  const words = fundingMessages(locale);
  if (application.windowState !== 'ranked') return null;
  return html`<h2>${words.award}</h2>
${form({
  action: applicationAddress(application.id, '/award'),
  csrf,
  content: html`${textInput({ locale, name: 'amount', label: words.amount, hint: words.euros, suffix: '€', width: 10, inputMode: 'decimal', value: typed.amount ?? (application.askedCents / 100).toFixed(2), error: faultOf(locale, faults, 'amount') })}
${button({ text: words.award })}`,
})}`;
}

function contractForm(locale: Locale, view: ApplicationView): Html | null {
  const { application, contracts, csrf, faults, typed } = view;
  const words = fundingMessages(locale);
  if (contracts.length === 0) return null;
  return form({
    action: applicationAddress(application.id, '/contract'),
    csrf,
    content: html`${select({ locale, name: 'contractId', label: words.nameContract, hint: words.form.contractHint, placeholder: true, items: contracts.map(({ id, title }) => ({ value: id, text: title })), value: typed.contractId ?? application.contractId ?? '', error: faultOf(locale, faults, 'contractId') })}
${button({ text: words.nameContractSubmit, kind: 'secondary' })}`,
  });
}

function conflictsTable(locale: Locale, { conflicts, timeZone }: ApplicationView): Html {
  const words = fundingMessages(locale);
  return html`<h2>${words.conflicts}</h2>
${table({
  locale,
  caption: words.conflicts,
  captionHidden: true,
  columns: [{ text: words.member }, { text: words.reason }, { text: words.date }],
  rows: conflicts.map((one) => [one.name, one.reason, formatDate(locale, one.declaredAt, timeZone)]),
})}`;
}

function clawbackForm(locale: Locale, { application, csrf, faults, typed }: ApplicationView): Html | null {
  const words = fundingMessages(locale);
  if (application.paidCents === 0) return null;
  const isWrong = faults.some(({ field }) => field === 'amount' || field === 'reason');
  return details({
    summary: words.clawback,
    open: isWrong,
    content: form({
      action: applicationAddress(application.id, '/clawback'),
      csrf,
      content: html`${textInput({ locale, name: 'amount', label: words.amount, hint: words.euros, suffix: '€', width: 10, inputMode: 'decimal', value: typed.amount ?? '', error: faultOf(locale, faults, 'amount') })}
${textarea({ locale, name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3, limit: 1000, value: typed.reason ?? '', error: faultOf(locale, faults, 'reason') })}
${button({ text: words.clawbackSubmit, kind: 'warning' })}`,
    }),
  });
}

function endForm(locale: Locale, { application, csrf, faults, typed }: ApplicationView): Html {
  const words = fundingMessages(locale);
  const [summary, label] =
    application.state === 'awarded'
      ? ([words.cancelAward, words.reason] as const)
      : ([words.end, words.outcome] as const);
  return details({
    summary,
    open: faults.some(({ field }) => field === 'outcome'),
    content: form({
      action: applicationAddress(application.id, '/end'),
      csrf,
      content: html`${inset(words.endHint)}
${textarea({ locale, name: 'outcome', label, hint: words.reasonHint, rows: 3, limit: 1000, value: typed.outcome ?? '', error: faultOf(locale, faults, 'outcome') })}
${button({ text: summary, kind: 'warning' })}`,
    }),
  });
}
