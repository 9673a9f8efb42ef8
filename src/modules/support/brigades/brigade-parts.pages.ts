// What the pages of the brigades share: addresses, states, days, periods, the table of a team.
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import { brigadesMessages } from './brigades.messages.ts';
import type { ListedMission } from './missions.types.ts';
import type { HelpRequest, HelpState, Need } from './requests.types.ts';
import type { MemberReason, TeamMember } from './team.rules.ts';

/** Where a request is. */
export function helpAddress(id: string, rest = ''): string {
  return `/support/requests/${id}${rest}`;
}

/** Where a mission is. */
export function missionAddress(id: string, rest = ''): string {
  return `/support/missions/${id}${rest}`;
}

/** The way back from a page of requests; one under a request names it too. */
export function helpCrumbs(locale: Locale, request?: Pick<HelpRequest, 'id' | 'number'>) {
  const { requests } = brigadesMessages(locale);
  return [
    supportCrumb(locale),
    { text: requests.title, href: '/support/requests' },
    ...(request ? [{ text: requests.number(request.number), href: helpAddress(request.id) }] : []),
  ];
}

/** The way back from a page of missions. */
export function missionCrumbs(locale: Locale) {
  return [supportCrumb(locale), { text: brigadesMessages(locale).missions.title, href: '/support/missions' }];
}

const TONES: Readonly<Record<HelpState, TagTone>> = {
  submitted: 'info',
  examined: 'info',
  proposed: 'warning',
  accepted: 'good',
  'under-way': 'good',
  ended: 'neutral',
  refused: 'bad',
  withdrawn: 'neutral',
};

/** A request's state. */
export function helpTag(locale: Locale, { state }: Pick<HelpRequest, 'state'>): Html {
  return tag({ text: brigadesMessages(locale).states[state], tone: TONES[state] });
}

/** A mission's state. */
export function missionTag(locale: Locale, { state }: Pick<ListedMission, 'state'>): Html {
  return tag({
    text: brigadesMessages(locale).missionStates[state],
    tone: state === 'ended' ? 'neutral' : 'good',
  });
}

/** An amount of days in words. */
export function daysText(locale: Locale, days: number): string {
  return brigadesMessages(locale).days(formatNumber(locale, days), days);
}

/** A period as the reader writes it. */
export function periodText(
  locale: Locale,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
): string {
  return brigadesMessages(locale).period(formatDay(locale, startsOn), formatDay(locale, endsOn));
}

/** Days by expertise as a list. */
export function needsList(locale: Locale, needs: readonly Need[]): Html {
  const words = brigadesMessages(locale);
  const colon = locale === 'fr' ? '\u00A0: ' : ': ';
  return html`<ul class="govuk-list">${needs.map(
    ({ expertise, days }) => html`<li>${words.expertises[expertise]}${colon}${daysText(locale, days)}</li>`,
  )}</ul>`;
}

function whyText(locale: Locale, why: MemberReason): Html {
  const { team } = brigadesMessages(locale);
  const [free, load] = [formatNumber(locale, why.freeDays), formatNumber(locale, why.loadDays)];
  return html`${team.chosen[why.chosen]}<br><span class="govuk-hint">${team.why(why.level, free, load)}</span>`;
}

/** The table of a team with the reason for each member. */
export function teamTable(
  locale: Locale,
  members: readonly (TeamMember & { readonly name: string })[],
): Html {
  const words = brigadesMessages(locale);
  const { columns } = words;
  return table({
    locale,
    caption: words.requests.team,
    captionHidden: true,
    columns: [
      { text: columns.person },
      { text: columns.expertise },
      { text: columns.days, numeric: true },
      { text: columns.why },
    ],
    rows: members.map(({ name, expertise, days, why }) => [
      name,
      words.expertises[expertise],
      formatNumber(locale, days),
      whyText(locale, why),
    ]),
    empty: words.team.empty,
  });
}
