// The pages of applications: their list, the form of a new one, one with its agreement and money.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatEuroCents, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import { fundingMessages } from './funding.messages.ts';
import type { Application, ApplicationState, FundingWindow, Instalment, MoneyMove } from './funding.types.ts';
import type { TypedApplication } from './typed-funding.rules.ts';

const TONES: Partial<Record<ApplicationState, TagTone>> = {
  submitted: 'info',
  eligible: 'info',
  ineligible: 'bad',
  awarded: 'good',
  agreed: 'good',
};

function stateTag(locale: Locale, state: ApplicationState): Html {
  return tag({ text: fundingMessages(locale).applicationStates[state], tone: TONES[state] ?? 'neutral' });
}

const crumbs = (locale: Locale) => [
  supportCrumb(locale),
  { text: fundingMessages(locale).applications, href: '/support/applications' },
];

/** The applications that the reader sees; `next` is the id after which the next page starts. */
export function applicationsPage(
  locale: Locale,
  view: {
    readonly items: readonly Application[];
    readonly next: string | null;
    readonly isFirst: boolean;
    readonly applies: boolean;
  },
): Page {
  const words = fundingMessages(locale);
  return {
    title: words.applications,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${words.applications}</h1>
<p class="socle-lead">${words.applicationsLead}</p>
${view.applies && button({ text: words.apply, href: '/support/applications/new' })}
${table({
  locale,
  caption: words.applications,
  captionHidden: true,
  columns: [
    { text: words.application },
    { text: words.window },
    { text: words.organisation },
    { text: words.state },
    { text: words.asked, numeric: true },
    { text: words.awarded, numeric: true },
  ],
  rows: view.items.map((one) => [
    html`<a href="/support/applications/${one.id}">${one.title}</a>`,
    one.windowTitle,
    one.organisationName,
    stateTag(locale, one.state),
    formatEuroCents(locale, one.askedCents),
    formatEuroCents(locale, one.awardedCents),
  ]),
  empty: words.noApplication,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress('/support/applications', { cursor: view.next }),
  ...(view.isFirst ? {} : { firstHref: '/support/applications' }),
})}`,
  };
}

/** What the form of a new application shows. */
export interface ApplicationFormView {
  readonly csrf: Html;
  readonly typed: TypedApplication & { readonly windowId: string; readonly organisationId: string };
  readonly faults: readonly FieldError[];
  readonly windows: readonly FundingWindow[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly contracts: readonly { readonly id: string; readonly title: string }[];
}

/** The form of a new application. */
export function newApplicationPage(locale: Locale, view: ApplicationFormView): Page {
  const { csrf, typed, faults, windows, organisations, contracts } = view;
  const words = fundingMessages(locale);
  const common = (name: keyof ApplicationFormView['typed'], label: string) => ({
    locale,
    name,
    label,
    value: typed[name],
    error: faultOf(locale, faults, name),
  });
  return {
    title: words.apply,
    breadcrumbs: crumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${words.apply}</h1>
${
  windows.length === 0
    ? html`<p>${words.noOpenWindow}</p>`
    : form({
        action: '/support/applications/new',
        csrf,
        content: html`${select({ ...common('windowId', words.window), placeholder: true, items: windows.map(({ id, title }) => ({ value: id, text: title })) })}
${select({ ...common('organisationId', words.organisation), items: organisations.map(({ id, name }) => ({ value: id, text: name })) })}
${textInput(common('title', words.form.title))}
${textarea({ ...common('subject', words.subject), hint: words.form.subjectHint, limit: 2000 })}
${textarea({ ...common('change', words.form.change), limit: 4000 })}
${textarea({ ...common('plan', words.form.plan), limit: 4000 })}
${textInput({ ...common('asked', words.form.asked), hint: words.euros, suffix: '€', width: 10, inputMode: 'decimal' })}
${select({ ...common('contractId', words.contract), hint: words.form.contractHint, placeholder: words.form.noContract, items: contracts.map(({ id, title }) => ({ value: id, text: title })) })}
${textInput({ ...common('subjectRef', words.form.subjectRef), hint: words.form.subjectRefHint, optional: true })}
${button({ text: words.form.submit })}`,
      })
}`,
  };
}

/** What the page of an application shows. */
export interface ApplicationView {
  readonly csrf: Html;
  readonly application: Application;
  readonly instalments: readonly Instalment[];
  readonly moves: readonly MoneyMove[];
  /** Titles of the doctrines that stand in the way. */
  readonly obstacles: readonly string[];
  /** Whether the reader decides on it, or acts for its organisation. */
  readonly decides: boolean;
  readonly applies: boolean;
  readonly timeZone: string;
  readonly faults: readonly FieldError[];
  /** What was typed in the form that was refused. */
  readonly typed: Readonly<Record<string, string>>;
}

/** An application, what was decided, its agreement and its money. */
export function applicationPage(locale: Locale, view: ApplicationView): Page {
  const { application, csrf, faults, moves, timeZone } = view;
  const words = fundingMessages(locale);
  const { state } = application;
  return {
    title: application.title,
    breadcrumbs: crumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${application.title}</h1>
${summaryList({
  rows: [
    {
      key: words.window,
      value: html`<a href="/support/windows/${application.windowId}">${application.windowTitle}</a>`,
    },
    { key: words.organisation, value: application.organisationName },
    { key: words.state, value: stateTag(locale, state) },
    ...(application.reason === '' ? [] : [{ key: words.reason, value: application.reason }]),
    { key: words.subject, value: application.subject },
    { key: words.form.change, value: application.change },
    { key: words.form.plan, value: application.plan },
    {
      key: words.contract,
      value:
        application.contractId === null
          ? words.form.noContract
          : html`<a href="/impact/contracts/${application.contractId}">${words.seeContract}</a>`,
    },
    { key: words.asked, value: formatEuroCents(locale, application.askedCents) },
    { key: words.awarded, value: formatEuroCents(locale, application.awardedCents) },
    { key: words.committed, value: formatEuroCents(locale, application.committedCents) },
    { key: words.paid, value: formatEuroCents(locale, application.paidCents) },
    ...(application.outcome === '' ? [] : [{ key: words.outcome, value: application.outcome }]),
  ],
})}
${
  view.applies &&
  state === 'draft' &&
  form({
    action: `/support/applications/${application.id}/submit`,
    csrf,
    content: button({ text: words.submit }),
  })
}
${view.decides && state === 'submitted' && eligibilityForms(locale, view)}
${view.decides && state === 'awarded' && agreementForm(locale, view)}
${view.instalments.length > 0 && instalmentsTable(locale, view)}
${view.decides && ['agreed', 'closed'].includes(state) && clawbackForm(locale, view)}
${view.decides && ['awarded', 'agreed'].includes(state) && endForm(locale, view)}
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
      move.reason,
    ]),
  })}`
}`,
  };
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
${form({ action: `/support/applications/${application.id}/find-eligible`, csrf, content: button({ text: words.eligible }) })}
${form({
  action: `/support/applications/${application.id}/find-ineligible`,
  csrf,
  content: html`${textarea({ locale, name: 'reason', label: words.reason, rows: 3, value: typed.reason ?? '', error: faultOf(locale, faults, 'reason') })}
${button({ text: words.ineligible, kind: 'secondary' })}`,
})}`;
}

function agreementForm(locale: Locale, { application, csrf, faults, typed }: ApplicationView): Html {
  const words = fundingMessages(locale);
  return html`<h2>${words.agreement}</h2>
${form({
  action: `/support/applications/${application.id}/agreement`,
  csrf,
  content: html`${textarea({ locale, name: 'instalments', label: words.instalments, hint: words.instalmentsHint, value: typed.instalments ?? '', error: faultOf(locale, faults, 'instalments') })}
${button({ text: words.sign })}`,
})}`;
}

function instalmentsTable(locale: Locale, view: ApplicationView): Html {
  const words = fundingMessages(locale);
  return html`<h2>${words.agreement}</h2>
${table({
  locale,
  caption: words.instalments,
  columns: [
    { text: words.instalment },
    { text: words.amount, numeric: true },
    { text: words.condition },
    { text: words.dueOn },
    { text: words.state },
    { text: words.next },
  ],
  rows: view.instalments.map((one) => [
    formatNumber(locale, one.position),
    formatEuroCents(locale, one.amountCents),
    html`<strong>${words.conditions[one.condition]}</strong><br>${one.text}`,
    formatDay(locale, one.dueOn),
    html`${words.instalmentStates[one.state]}${one.evidence !== '' && html`<br>${one.evidence}`}`,
    instalmentActs(locale, view, one),
  ]),
})}`;
}

function instalmentActs(
  locale: Locale,
  { application, csrf, applies, decides, faults }: ApplicationView,
  one: Instalment,
): Html | null {
  const words = fundingMessages(locale);
  const to = `/support/applications/${application.id}/instalments/${one.id}`;
  const hiddenText = formatNumber(locale, one.position);
  if (application.state !== 'agreed') return null;
  const act = (path: string, text: string) =>
    form({
      action: `${to}/${path}`,
      csrf,
      content: button({ text, hiddenText, kind: 'secondary', small: true }),
    });
  const isOpen = one.state === 'waiting' || one.state === 'evidenced';
  if (decides && one.state === 'verified') return act('pay', words.pay);
  if (decides && isOpen && (one.condition !== 'milestone' || one.state === 'evidenced')) {
    return act('verify', words.verify);
  }
  if (!applies || !isOpen || one.condition !== 'milestone') return null;
  return form({
    action: `${to}/evidence`,
    csrf,
    content: html`${textarea({ locale, name: 'evidence', id: `evidence-${one.id}`, label: `${words.evidence} ${hiddenText}`, rows: 2, error: faultOf(locale, faults, 'evidence') })}
${button({ text: words.handIn, hiddenText, kind: 'secondary', small: true })}`,
  });
}

function clawbackForm(locale: Locale, { application, csrf, faults, typed }: ApplicationView): Html | null {
  const words = fundingMessages(locale);
  if (application.paidCents === 0) return null;
  const isWrong = faults.some(({ field }) => field === 'amount' || field === 'reason');
  return details({
    summary: words.clawback,
    open: isWrong,
    content: form({
      action: `/support/applications/${application.id}/clawback`,
      csrf,
      content: html`${textInput({ locale, name: 'amount', label: words.amount, hint: words.euros, suffix: '€', width: 10, value: typed.amount ?? '', error: faultOf(locale, faults, 'amount') })}
${textarea({ locale, name: 'reason', label: words.reason, rows: 3, value: typed.reason ?? '', error: faultOf(locale, faults, 'reason') })}
${button({ text: words.clawbackSubmit, kind: 'warning' })}`,
    }),
  });
}

function endForm(locale: Locale, { application, csrf, faults, typed }: ApplicationView): Html {
  const words = fundingMessages(locale);
  return details({
    summary: words.end,
    open: faults.some(({ field }) => field === 'outcome'),
    content: form({
      action: `/support/applications/${application.id}/end`,
      csrf,
      content: html`<p>${words.endHint}</p>
${textarea({ locale, name: 'outcome', label: words.outcome, rows: 3, value: typed.outcome ?? '', error: faultOf(locale, faults, 'outcome') })}
${button({ text: words.end, kind: 'warning' })}`,
    }),
  });
}
