// The pages of applications: their list, and the form of a new one or of a draft.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatEuroCents } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import { fundingMessages } from './funding.messages.ts';
import type { Application, ApplicationState, FundingWindow } from './funding.types.ts';
import type { TypedApplication } from './typed-funding.rules.ts';

const TONES: Partial<Record<ApplicationState, TagTone>> = {
  submitted: 'info',
  eligible: 'info',
  ineligible: 'bad',
  awarded: 'good',
  agreed: 'good',
};

/** The state of an application, as a tag. */
export function applicationTag(locale: Locale, state: ApplicationState): Html {
  return tag({ text: fundingMessages(locale).applicationStates[state], tone: TONES[state] ?? 'neutral' });
}

/** The way to a page under the applications. */
export const applicationCrumbs = (locale: Locale) => [
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
    applicationTag(locale, one.state),
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
  /** Where the form goes; an address that ends with an application's id changes its draft. */
  readonly action: string;
  readonly title: string;
  readonly csrf: Html;
  readonly typed: TypedApplication & { readonly windowId: string; readonly organisationId: string };
  readonly faults: readonly FieldError[];
  readonly windows: readonly FundingWindow[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly contracts: readonly { readonly id: string; readonly title: string }[];
}

/** The form of a new application, or of a draft. */
export function applicationFormPage(locale: Locale, view: ApplicationFormView): Page {
  const { action, title, csrf, typed, faults, windows, organisations, contracts } = view;
  const words = fundingMessages(locale);
  const common = (name: keyof ApplicationFormView['typed'], label: string) => ({
    locale,
    name,
    label,
    value: typed[name],
    error: faultOf(locale, faults, name),
  });
  return {
    title,
    breadcrumbs: applicationCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${
  windows.length === 0
    ? html`<p>${words.noOpenWindow}</p>`
    : form({
        action,
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
