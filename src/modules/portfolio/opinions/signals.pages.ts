// Signs of a threshold avoided, as they are proposed to the instructor with their reasons, and the form that decides.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { requestCrumbs, writtenCost } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { type KeptSignal, SIGNAL_STATES, type SignalReason, type SignalState } from './opinions.types.ts';

const PATH = '/projects/opinions/signals';
const TONES: Record<SignalState, TagTone> = { proposed: 'warning', dismissed: 'neutral', grouped: 'info' };

function reasonWords(locale: Locale, reason: SignalReason): string {
  const words = opinionsMessages(locale).signals;
  switch (reason.kind) {
    case 'total':
      return words.totalReason(formatPercent(locale, reason.share));
    case 'names':
      return words.names(formatPercent(locale, reason.likeness));
    case 'programmes':
      return words.programmes(reason.programmes.join(', '));
    case 'dates':
      return words.dates(formatDay(locale, reason.from), formatDay(locale, reason.to), reason.months);
    case 'near':
      return words.near(reason.shares.map((share) => formatPercent(locale, share)).join(', '));
  }
}

function reasons(locale: Locale, signal: KeptSignal): Html {
  return html`<ul class="govuk-list govuk-list--bullet">${signal.reasons.map((reason) => html`<li>${reasonWords(locale, reason)}</li>`)}</ul>`;
}

function files(locale: Locale, signal: KeptSignal): Html {
  return html`${signal.files.map(
    ({ id, name, costCents }) =>
      html`<a href="/projects/files/${id}">${name}</a>, ${writtenCost(locale, costCents)}<br>`,
  )}`;
}

/** The list of signals. */
export function signalsPage(
  locale: Locale,
  view: {
    readonly items: readonly KeptSignal[];
    readonly state: SignalState | undefined;
    readonly mayDecide: boolean;
  },
): Page {
  const words = opinionsMessages(locale);
  const { signals } = words;
  const { state, mayDecide } = view;
  return {
    title: signals.title,
    breadcrumbs: requestCrumbs(locale),
    main: html`<h1>${signals.title}</h1>
<p class="socle-lead">${signals.lead}</p>
${filterPanel({
  locale,
  action: PATH,
  fields: [
    select({
      locale,
      name: 'state',
      label: words.state,
      value: state,
      placeholder: words.all,
      items: SIGNAL_STATES.map((value) => ({ value, text: signals.states[value] })),
    }),
  ],
  applied: state ? [{ text: signals.states[state], removeHref: PATH }] : [],
  clearHref: PATH,
})}
${table({
  locale,
  caption: signals.title,
  captionHidden: true,
  columns: [
    { text: words.organisation },
    { text: signals.files },
    { text: signals.reasons },
    { text: signals.decision },
  ],
  rows: view.items.map((one) => [
    html`${one.organisationName}<br>${signals.kinds[one.kind]}`,
    html`${files(locale, one)}<strong>${signals.total}${locale === 'fr' ? '\u00A0: ' : ': '}${writtenCost(locale, one.totalCents)}</strong>`,
    reasons(locale, one),
    html`${tag({ text: signals.states[one.state], tone: TONES[one.state] })}${
      one.decidedAt !== null &&
      html`<br>${one.reason}<br>${signals.by(one.decidedBy ?? '', formatDate(locale, one.decidedAt))}`
    }${
      one.state === 'proposed' &&
      mayDecide &&
      html`<br><a href="${PATH}/${one.id}">${signals.decide}<span class="govuk-visually-hidden"> ${one.files.map(({ name }) => name).join(', ')}</span></a>`
    }`,
  ]),
  empty: signals.none,
})}
${dataLinks({ locale, json: '/api/v1/threshold-signals' })}`,
  };
}

/** The form that decides on one. */
export function signalPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly signal: KeptSignal;
    readonly typed: { readonly decision: string; readonly reason: string };
    readonly faults: readonly FieldError[];
  },
): Page {
  const words = opinionsMessages(locale);
  const { signals } = words;
  const { csrf, signal, typed, faults } = view;
  return {
    title: signals.decideTitle,
    hasErrors: faults.length > 0,
    breadcrumbs: [...requestCrumbs(locale), { text: signals.title, href: PATH }],
    main: html`${faultSummary(locale, faults)}
<h1>${signals.decideTitle}</h1>
<p class="socle-lead">${signals.kinds[signal.kind]}, ${signal.organisationName}</p>
<h2>${signals.files}</h2>
<p>${files(locale, signal)}</p>
<h2>${signals.reasons}</h2>
${reasons(locale, signal)}
${form({
  action: `${PATH}/${signal.id}`,
  csrf,
  content: html`${radios({
    locale,
    name: 'decision',
    label: signals.decision,
    value: typed.decision,
    error: faultOf(locale, faults, 'decision'),
    items: (['dismissed', 'grouped'] as const).map((value) => ({ value, text: signals.choices[value] })),
  })}
${textarea({ locale, name: 'reason', label: words.fields.reason, rows: 4, limit: 2000, value: typed.reason, error: faultOf(locale, faults, 'reason') })}
${buttonGroup([button({ text: signals.decide }), html`<a href="${PATH}">${words.form.cancel}</a>`])}`,
})}`,
  };
}
