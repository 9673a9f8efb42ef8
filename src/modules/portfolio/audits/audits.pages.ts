// The list of audits: what is released, for everyone; one's own and those one is told of, for who is signed in.
import type { Page } from '#platform/http/page.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { auditsMessages } from './audits.messages.ts';
import type { AuditNotice, AuditState, ReleasedAudit } from './audits.types.ts';

/** The address of an audit's page, or of one under it. */
export function auditAddress(id: string, path = ''): string {
  return `/projects/audits/${id}${path}`;
}

/** The way back up: to the oversight, to the audits, to one. */
export function auditCrumbs(
  locale: Locale,
  audit?: Pick<AuditNotice, 'id' | 'number'>,
): { text: string; href: string }[] {
  const words = auditsMessages(locale);
  return [
    oversightCrumb(locale),
    { text: words.title, href: '/projects/audits' },
    ...(audit ? [{ text: words.numbered(audit.number), href: auditAddress(audit.id) }] : []),
  ];
}

const TONES: Record<AuditState, TagTone> = {
  requested: 'warning',
  running: 'info',
  concluded: 'warning',
  released: 'good',
  abandoned: 'neutral',
};

/** The state of an audit, as a tag. */
export function auditTag(locale: Locale, state: AuditState): Html {
  return tag({ text: auditsMessages(locale).states[state], tone: TONES[state] });
}

/** The days of a mission. */
export function missionSpan(
  locale: Locale,
  { startsOn, endsOn }: Pick<AuditNotice, 'startsOn' | 'endsOn'>,
): string {
  const words = auditsMessages(locale);
  return startsOn === null || endsOn === null
    ? words.noDates
    : words.span(formatDay(locale, startsOn), formatDay(locale, endsOn));
}

/** What the list shows; `own` and `notices` are null for nobody. */
export interface AuditListView {
  readonly released: readonly ReleasedAudit[];
  readonly own: readonly AuditNotice[] | null;
  readonly notices: readonly AuditNotice[];
  readonly mayAsk: boolean;
  readonly next: number | null;
  readonly isFirst: boolean;
}

/** The list. */
export function auditsPage(locale: Locale, view: AuditListView): Page {
  const words = auditsMessages(locale);
  return {
    title: words.title,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${view.mayAsk && button({ text: words.add, href: '/projects/audits/new' })}
${view.own !== null && noticeTable(locale, words.own, view.own, true)}
${
  view.notices.length > 0 &&
  html`${noticeTable(locale, words.notices, view.notices, false)}
<p>${words.noticesLead}</p>`
}
${table({
  locale,
  stacked: true,
  caption: words.releasedTitle,
  columns: [
    { text: words.subject },
    { text: words.organisation },
    { text: words.requester },
    { text: words.dates },
  ],
  rows: view.released.map((one) => [
    html`<a href="${auditAddress(one.id)}">${one.subject}</a><br>${words.numbered(one.number)}`,
    one.organisation,
    one.requester,
    missionSpan(locale, one),
  ]),
  empty: words.releasedEmpty,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress('/projects/audits', { before: view.next }),
  ...(view.isFirst ? {} : { firstHref: '/projects/audits' }),
})}
${dataLinks({ locale, csv: '/projects/audits.csv', json: '/api/v1/audits' })}`,
  };
}

function noticeTable(locale: Locale, caption: string, audits: readonly AuditNotice[], links: boolean): Html {
  const words = auditsMessages(locale);
  return table({
    locale,
    stacked: true,
    caption,
    columns: [
      { text: words.subject },
      { text: words.requester },
      { text: words.state },
      { text: words.dates },
    ],
    rows: audits.map((one) => [
      html`${links || one.state === 'released' ? html`<a href="${auditAddress(one.id)}">${one.subject}</a>` : one.subject}<br>${words.numbered(one.number)}, ${one.organisationName}`,
      one.requesterName,
      auditTag(locale, one.state),
      missionSpan(locale, one),
    ]),
    empty: words.ownEmpty,
  });
}
