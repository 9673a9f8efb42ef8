// The list of requests: the instructor's room, a ministry's own, what a consulted body must comment on.
import type { Page } from '#platform/http/page.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { isLateConsultation } from './clock.rules.ts';
import { clockShort, kindTags, requestAddress, stateTag } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { type ClockedRequest, type Opinion, REQUEST_STATES, type RequestState } from './opinions.types.ts';

/** What the list shows. */
export interface RequestListView {
  readonly today: string;
  readonly items: readonly ClockedRequest[];
  readonly state: RequestState | undefined;
  readonly next: number | null;
  readonly isFirst: boolean;
  readonly mayAsk: boolean;
  /** For an instructor: what is to publish, and how many signals wait. */
  readonly instructor: { readonly toPublish: readonly Opinion[]; readonly signals: number } | null;
}

/** The list. */
export function requestsPage(locale: Locale, view: RequestListView): Page {
  const words = opinionsMessages(locale);
  const path = '/projects/opinions/requests';
  const { state, instructor } = view;
  return {
    title: words.requests,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${words.requests}</h1>
<p class="socle-lead">${words.requestsLead}</p>
${view.mayAsk && button({ text: words.add, href: `${path}/new` })}
${instructor !== null && html`<p><a href="/projects/opinions/signals">${words.signalsLink(instructor.signals)}</a></p>`}
${filterPanel({
  locale,
  action: path,
  fields: [
    select({
      locale,
      name: 'state',
      label: words.filter,
      value: state,
      placeholder: words.all,
      items: REQUEST_STATES.map((value) => ({ value, text: words.states[value] })),
    }),
  ],
  applied: state ? [{ text: words.states[state], removeHref: path }] : [],
  clearHref: path,
})}
${table({
  locale,
  stacked: true,
  caption: words.requests,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.organisation },
    { text: words.state },
    { text: words.clock },
    { text: words.consulted },
  ],
  rows: byUrgency(view.items).map((one) => [
    html`<a href="${requestAddress(one.id)}">${one.fileName}</a><br>${words.numbered(one.number)}`,
    one.organisationName,
    stateTag(locale, one.state),
    clockCell(locale, one),
    consultedCell(locale, one, view.today),
  ]),
  empty: words.nothing,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress(path, { state, before: view.next }),
  ...(view.isFirst ? {} : { firstHref: listAddress(path, { state }) }),
})}
${instructor !== null && instructor.toPublish.length > 0 && publishing(locale, instructor.toPublish)}
${dataLinks({ locale, json: '/api/v1/opinion-requests' })}`,
  };
}

/** Clocks that run come first, the shortest before; then those that stand and drafts; then what is closed, the newest first. */
function byUrgency(items: readonly ClockedRequest[]): ClockedRequest[] {
  const rank = ({ lastDay, closedAt }: ClockedRequest) => lastDay ?? (closedAt === null ? '9998' : '9999');
  return [...items].sort((x, y) => rank(x).localeCompare(rank(y)) || y.number - x.number);
}

/** A clock that has little left is marked. */
function clockCell(locale: Locale, { clock, state, closedAt }: ClockedRequest): Html {
  const text = clockShort(locale, clock, state);
  if (clock?.kind === 'running' && clock.daysLeft <= 7)
    return html`${tag({ text, tone: clock.daysLeft <= 2 ? 'bad' : 'warning' })}<br>${formatDay(locale, clock.lastDay)}`;
  if (clock?.kind === 'running') return html`${text}<br>${formatDay(locale, clock.lastDay)}`;
  if (closedAt !== null) return html`${formatDay(locale, closedAt.toISOString().slice(0, 10))}`;
  return html`${text}`;
}

function consultedCell(locale: Locale, { consultations, closedAt }: ClockedRequest, today: string): Html {
  const words = opinionsMessages(locale);
  const { shortDone, shortLate, shortAwaited, shortNone } = words.consultation;
  return html`${consultations.map(({ body, dueOn, stance }, at) => {
    const late = closedAt === null && isLateConsultation({ dueOn, answered: stance !== null }, today);
    const awaited = closedAt === null ? shortAwaited : shortNone;
    const said = stance !== null ? shortDone : late ? shortLate : awaited;
    return html`${at > 0 && html`<br>`}${words.bodies[body]}${locale === 'fr' ? '\u00A0: ' : ': '}${late ? html`<strong>${said}</strong>` : said}`;
  })}`;
}

function publishing(locale: Locale, opinions: readonly Opinion[]): Html {
  const words = opinionsMessages(locale);
  return html`<h2>${words.toPublish}</h2>
<p>${words.toPublishLead}</p>
${table({
  locale,
  stacked: true,
  caption: words.toPublish,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.organisation },
    { text: words.fields.kind },
    { text: words.publish },
  ],
  rows: opinions.map((one) => [
    html`<a href="${requestAddress(one.requestId)}">${one.fileName}</a>`,
    one.organisationName,
    kindTags(locale, one),
    html`<a href="${requestAddress(one.requestId, '/publish')}">${words.publish}<span class="govuk-visually-hidden"> ${one.fileName}</span></a>`,
  ]),
})}`;
}
