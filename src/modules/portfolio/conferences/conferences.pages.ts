// The list of conferences, the form that opens one, and the page that changes an agenda.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import {
  CONFERENCES,
  conferenceAddress,
  conferenceCrumbs,
  conferenceTag,
  reasonText,
} from './conference-parts.pages.ts';
import { conferencesMessages } from './conferences.messages.ts';
import type { AgendaMove } from './conferences.rules.ts';
import type { AgendaCandidate, Conference, ConferenceItem } from './conferences.types.ts';

/** The conferences that the reader sees. */
export function conferencesPage(
  locale: Locale,
  view: {
    readonly items: readonly Conference[];
    readonly next: string | null;
    readonly isFirst: boolean;
    readonly mayOpen: boolean;
  },
): Page {
  const words = conferencesMessages(locale);
  const { columns } = words;
  return {
    title: words.title,
    breadcrumbs: conferenceCrumbs(locale).slice(0, 1),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${view.mayOpen && buttonGroup([button({ text: words.new, href: `${CONFERENCES}/new` })])}
${table({
  locale,
  stacked: true,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: columns.ministry },
    { text: columns.day },
    { text: columns.state },
    { text: columns.projects, numeric: true },
    { text: columns.minutes },
  ],
  rows: view.items.map((one) => [
    html`<a class="govuk-link" href="${conferenceAddress(one.id)}">${one.organisationName}</a>`,
    formatDay(locale, one.heldOn),
    conferenceTag(locale, one),
    formatNumber(locale, one.items),
    one.minutesSha256 === null
      ? words.noMinutes
      : html`<a class="govuk-link" href="${conferenceAddress(one.id, '/minutes.pdf')}">${words.minutes}<span class="govuk-visually-hidden"> ${one.organisationName}, ${formatDay(locale, one.heldOn)}</span></a>`,
  ]),
  empty: words.empty,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress(CONFERENCES, { cursor: view.next }),
  ...(view.isFirst ? {} : { firstHref: CONFERENCES }),
})}`,
  };
}

/** The form that opens a conference. */
export function conferenceFormPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly ministries: readonly { readonly id: string; readonly name: string }[];
    readonly typed: { readonly organisationId: string; readonly heldOn: string };
    readonly faults: readonly FieldError[];
  },
): Page {
  const { form: words } = conferencesMessages(locale);
  const { typed, faults } = view;
  return {
    title: words.title,
    breadcrumbs: conferenceCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${form({
  action: `${CONFERENCES}/new`,
  csrf: view.csrf,
  content: html`${select({ locale, name: 'organisationId', label: words.ministry, placeholder: true, value: typed.organisationId, error: faultOf(locale, faults, 'organisationId'), items: view.ministries.map(({ id, name }) => ({ value: id, text: name })) })}
${textInput({ locale, name: 'heldOn', label: words.day, type: 'date', value: typed.heldOn, error: faultOf(locale, faults, 'heldOn') })}
${buttonGroup([button({ text: words.open }), html`<a class="govuk-link" href="${CONFERENCES}">${words.back}</a>`])}`,
})}`,
  };
}

/** The page that changes an agenda: each project with its moves, and those that may be added. */
export function agendaPage(
  locale: Locale,
  view: {
    readonly csrf: () => Html;
    readonly conference: Conference;
    readonly items: readonly ConferenceItem[];
    readonly others: readonly AgendaCandidate[];
    readonly faults: readonly FieldError[];
  },
): Page {
  const { agenda: words } = conferencesMessages(locale);
  const { conference, items, faults } = view;
  const action = conferenceAddress(conference.id, '/agenda');
  const version = String(conference.version);
  const moves = ({ fileId, fileName }: ConferenceItem, kinds: readonly Exclude<AgendaMove, 'add'>[]) =>
    form({
      action,
      csrf: view.csrf(),
      content: html`${hiddenFields({ version, fileId })}${buttonGroup(
        kinds.map((kind) =>
          button({
            text: words[kind],
            name: 'move',
            value: kind,
            hiddenText: fileName,
            kind: 'secondary',
            small: true,
          }),
        ),
      )}`,
    });
  return {
    title: words.changeTitle,
    breadcrumbs: conferenceCrumbs(locale, conference),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${words.changeTitle}</h1>
${table({
  locale,
  stacked: true,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.project }, { text: words.actions }],
  rows: items.map((item, at) => [
    html`${item.position}. ${item.fileName}<br><span class="govuk-hint">${reasonText(locale, item.why)}</span>`,
    moves(item, [
      ...(at > 0 ? (['up'] as const) : []),
      ...(at < items.length - 1 ? (['down'] as const) : []),
      'remove',
    ]),
  ]),
  empty: words.empty,
})}
${
  view.others.length === 0
    ? html`<p>${words.none}</p>`
    : form({
        action,
        csrf: view.csrf(),
        content: html`${hiddenFields({ version, move: 'add' })}
${select({ locale, name: 'fileId', label: words.add, placeholder: true, error: faultOf(locale, faults, 'fileId'), items: view.others.map(({ fileId, fileName }) => ({ value: fileId, text: fileName })) })}
${button({ text: words.addButton, kind: 'secondary' })}`,
      })
}
<p><a class="govuk-link" href="${conferenceAddress(conference.id)}">${words.back}</a></p>`,
  };
}
