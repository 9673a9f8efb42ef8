// The pages of organisation links: those that wait, those decided, and the decision on one.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { radios } from '#ui/components/radios.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { switcher } from '#ui/components/switcher.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { hubAccountsMessages } from './hub-accounts.messages.ts';
import type { LinkDecisionInput, LinksList, OrganisationLink } from './organisation-links.types.ts';
import { waited } from './working-days.rules.ts';

/** The address of the list. */
export const LINKS = '/organisation-links';

/** Moments that the pages tell time by. */
export interface LinksTime {
  readonly now: Date;
  /** What was asked at this moment or earlier is late. */
  readonly overdueFrom: Date;
  readonly timeZone: string;
}

/** How long something has waited, in words. */
function waitedInWords(locale: Locale, since: Date, now: Date): string {
  const words = hubAccountsMessages(locale).links;
  const { days, hours } = waited(since, now);
  if (days > 0) return words.days(formatNumber(locale, days));
  return hours > 0 ? words.hours(formatNumber(locale, hours)) : words.lessThanAnHour;
}

/** The list of links. */
export function linksPage(
  locale: Locale,
  options: {
    list: LinksList;
    items: readonly OrganisationLink[];
    waiting: number;
    next: string | null;
    isFirst: boolean;
    isDone: boolean;
    time: LinksTime;
  },
): Page {
  const words = hubAccountsMessages(locale).links;
  const { list, items, waiting, next, isFirst, isDone, time } = options;
  const address = (of: LinksList) => (of === 'waiting' ? LINKS : `${LINKS}?list=decided`);
  return {
    title: words.title,
    main: html`${isDone && notificationBanner({ locale, kind: 'success', text: words.done })}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${switcher({
  label: words.lists,
  items: (['waiting', 'decided'] as const).map((of) => ({
    text: words[of],
    href: address(of),
    current: of === list,
  })),
})}
<p>${words.count(formatNumber(locale, waiting))}</p>
${list === 'waiting' ? waitingTable(locale, items, time) : decidedTable(locale, items, time)}
${nextPage({
  locale,
  nextHref: next === null ? null : `${LINKS}?list=${list}&after=${next}`,
  ...(isFirst ? {} : { firstHref: address(list) }),
})}
${dataLinks({ locale, json: `/api/v1/identity/organisation-links?list=${list}` })}`,
  };
}

function agent({ name, email }: OrganisationLink): Html {
  return html`${name}<br><span class="socle-secondary">${email}</span>`;
}

function waitingTable(locale: Locale, items: readonly OrganisationLink[], time: LinksTime): Html {
  const words = hubAccountsMessages(locale).links;
  return table({
    locale,
    caption: words.waiting,
    captionHidden: true,
    columns: [
      { text: words.who },
      { text: words.organisation },
      { text: words.provider },
      { text: words.waitsSince },
      { text: words.action },
    ],
    rows: items.map((link) => [
      agent(link),
      link.organisationName,
      link.upstreamName,
      html`${waitedInWords(locale, link.askedAt, time.now)}${link.askedAt <= time.overdueFrom && html` ${tag({ text: words.overdue, tone: 'warning' })}`}`,
      button({
        text: words.decide,
        hiddenText: link.name,
        href: `${LINKS}/${link.id}`,
        kind: 'secondary',
        small: true,
      }),
    ]),
    empty: words.nothingWaiting,
  });
}

function decidedTable(locale: Locale, items: readonly OrganisationLink[], { timeZone }: LinksTime): Html {
  const words = hubAccountsMessages(locale).links;
  return table({
    locale,
    caption: words.decided,
    captionHidden: true,
    columns: [
      { text: words.who },
      { text: words.organisation },
      { text: words.decision },
      { text: words.decidedAt },
      { text: words.by },
      { text: words.reason },
      { text: words.action },
    ],
    rows: items.map((link) => [
      agent(link),
      link.organisationName,
      stateTag(locale, link),
      link.decidedAt && formatDateTime(locale, link.decidedAt, timeZone),
      link.decidedByName ?? words.nobody,
      link.decidedByName === null ? words.expiredReason : link.reason,
      link.state === 'refused' &&
        button({
          text: words.acceptAfterAll,
          hiddenText: link.name,
          href: `${LINKS}/${link.id}`,
          kind: 'secondary',
          small: true,
        }),
    ]),
    empty: words.nothingDecided,
  });
}

function stateTag(locale: Locale, { state }: Pick<OrganisationLink, 'state'>): Html {
  const words = hubAccountsMessages(locale).links;
  if (state === 'waiting') return tag({ text: words.waiting, tone: 'info' });
  return tag({ text: words[state], tone: state === 'accepted' ? 'good' : 'bad' });
}

/** One link, and the form that decides on it where a decision is open. */
export function linkPage(
  locale: Locale,
  {
    csrf,
    link,
    typed,
    faults,
    time,
  }: {
    csrf: Html;
    link: OrganisationLink;
    typed: LinkDecisionInput;
    faults: readonly FieldError[];
    time: LinksTime;
  },
): Page {
  const words = hubAccountsMessages(locale).links;
  const title = words.one(link.name);
  const moment = (at: Date) => formatDateTime(locale, at, time.timeZone);
  const facts = [
    { key: words.email, value: link.email },
    { key: words.organisation, value: link.organisationName },
    { key: words.siret, value: link.siret },
    { key: words.unit, value: link.unit },
    { key: words.provider, value: link.upstreamName },
    { key: words.askedAt, value: moment(link.askedAt) },
    ...(link.decidedAt === null
      ? [{ key: words.waitsSince, value: waitedInWords(locale, link.askedAt, time.now) }]
      : [
          { key: words.decision, value: stateTag(locale, link) },
          { key: words.decidedAt, value: moment(link.decidedAt) },
          { key: words.by, value: link.decidedByName ?? words.nobody },
          {
            key: words.reason,
            value: link.decidedByName === null ? words.expiredReason : (link.reason ?? ''),
          },
        ]),
  ];
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: [{ text: words.title, href: LINKS }],
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${summaryList({ rows: facts.filter(({ value }) => value !== '') })}
${link.state === 'waiting' && decisionForm(locale, { csrf, link, typed, faults })}
${link.state === 'refused' && acceptForm(locale, { csrf, link })}`,
  };
}

function decisionForm(
  locale: Locale,
  {
    csrf,
    link,
    typed,
    faults,
  }: { csrf: Html; link: OrganisationLink; typed: LinkDecisionInput; faults: readonly FieldError[] },
): Html {
  const words = hubAccountsMessages(locale).links;
  return html`${inset(words.check)}
${form({
  action: `${LINKS}/${link.id}`,
  csrf,
  content: html`${radios({
    locale,
    name: 'decision',
    label: words.legend,
    value: typed.decision,
    error: faultOf(locale, faults, 'decision'),
    items: [
      { value: 'accepted', text: words.accept, hint: words.acceptHint },
      { value: 'refused', text: words.refuse, hint: words.refuseHint },
    ],
  })}
${textarea({
  locale,
  name: 'reason',
  label: words.reasonLabel,
  hint: words.reasonHint,
  value: typed.reason,
  rows: 3,
  limit: 1000,
  error: faultOf(locale, faults, 'reason'),
})}
${buttonGroup([button({ text: words.send }), html`<a href="${LINKS}">${words.cancel}</a>`])}`,
})}`;
}

function acceptForm(locale: Locale, { csrf, link }: { csrf: Html; link: OrganisationLink }): Html {
  const words = hubAccountsMessages(locale).links;
  return html`<h2>${words.acceptAfterAll}</h2>
<p>${words.acceptAfterAllLead}</p>
${form({
  action: `${LINKS}/${link.id}`,
  csrf,
  content: buttonGroup([
    button({ text: words.acceptAfterAll, name: 'decision', value: 'accepted' }),
    html`<a href="${LINKS}?list=decided">${words.cancel}</a>`,
  ]),
})}`;
}
