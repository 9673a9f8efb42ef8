// The pages of missions: list, public figures, one with its days, deliverables, effect and feedback.
import { type ContractOutcome, contractTag, decisionTag } from '#modules/impact/public.ts';
import type { FieldError } from '#platform/errors.ts';
import { faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { type FigureOrigin, originTag } from '#ui/components/origin-tag.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html, lines } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import {
  daysText,
  helpAddress,
  missionAddress,
  missionCrumbs,
  missionTag,
  periodText,
} from './brigade-parts.pages.ts';
import { brigadesMessages } from './brigades.messages.ts';
import {
  deliverableFormOf,
  effectFormOf,
  endFormOf,
  feedbackFormOf,
  weekFormOf,
} from './mission-forms.pages.ts';
import type { ListedMission, Mission, MissionFigure } from './missions.types.ts';

/** The list of missions that the reader sees. */
export function missionsPage(
  locale: Locale,
  view: { readonly items: readonly ListedMission[]; readonly next: string | null; readonly isFirst: boolean },
): Page {
  const words = brigadesMessages(locale);
  const { missions, columns } = words;
  return {
    title: missions.title,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${missions.title}</h1>
<p class="socle-lead">${missions.lead}</p>
<p><a class="govuk-link" href="/support/missions/public">${missions.figuresLink}</a></p>
${table({
  locale,
  caption: missions.title,
  captionHidden: true,
  columns: [
    { text: columns.title },
    { text: columns.organisation },
    { text: columns.state },
    { text: columns.period },
    { text: columns.planned, numeric: true },
    { text: columns.spent, numeric: true },
    { text: columns.mark },
  ],
  rows: view.items.map((item) => [
    html`<a class="govuk-link" href="${missionAddress(item.id)}">${item.title}</a>`,
    item.organisationName,
    missionTag(locale, item),
    periodText(locale, item),
    formatNumber(locale, item.daysPlanned),
    formatNumber(locale, item.daysSpent),
    item.mark === null ? '–' : missions.outOfFive(String(item.mark)),
  ]),
  empty: missions.empty,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress('/support/missions', { cursor: view.next }),
  ...(view.isFirst ? {} : { firstHref: '/support/missions' }),
})}`,
  };
}

/** What missions brought, for everyone. */
export function missionFiguresPage(
  locale: Locale,
  { figures, origin }: { readonly figures: readonly MissionFigure[]; readonly origin: FigureOrigin },
): Page {
  const words = brigadesMessages(locale);
  const { figures: labels, columns } = words;
  return {
    title: labels.title,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${labels.title}</h1>
<p class="socle-lead">${labels.lead}</p>
<p>${originTag(locale, origin)}</p>
${table({
  locale,
  caption: labels.caption,
  columns: [
    { text: columns.expertise },
    { text: labels.missions, numeric: true },
    { text: labels.ended, numeric: true },
    { text: columns.planned, numeric: true },
    { text: columns.spent, numeric: true },
    { text: labels.mean, numeric: true },
    { text: labels.marks, numeric: true },
  ],
  rows: figures.map((one) => [
    words.expertises[one.expertise],
    formatNumber(locale, one.missions),
    formatNumber(locale, one.ended),
    formatNumber(locale, one.daysPlanned),
    formatNumber(locale, one.daysSpent),
    one.meanMark === null ? labels.noMark : formatNumber(locale, one.meanMark),
    formatNumber(locale, one.marks),
  ]),
})}
<p>${labels.note}</p>
${dataLinks({ locale, csv: '/support/missions/public.csv', json: '/api/v1/support/mission-figures' })}`,
  };
}

/** What was typed in whichever form of a mission was refused. */
export type TypedMission = Readonly<Record<string, string>>;

/** What the page of a mission shows. */
export interface MissionView {
  readonly csrf: Html;
  readonly mission: Mission;
  readonly isMember: boolean;
  readonly runs: boolean;
  readonly isRequester: boolean;
  readonly contractTitle: string;
  /** How its contract stands; null once it is signed no more. */
  readonly outcome: Pick<ContractOutcome, 'state' | 'decision'> | null;
  /** Mondays that a member may enter. */
  readonly weeks: readonly string[];
  readonly typed: TypedMission;
  readonly faults: readonly FieldError[];
  readonly timeZone: string;
}

/** The page of a mission, with the forms of those who have a part in it. */
export function missionPage(locale: Locale, view: MissionView): Page {
  const words = brigadesMessages(locale);
  const { missions } = words;
  const { mission, faults, isMember, runs, isRequester } = view;
  const goesOn = mission.state === 'under-way';
  const gives = isMember || runs;
  return {
    title: missions.of(mission.title),
    breadcrumbs: missionCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${mission.organisationName}</span>
<h1>${missions.of(mission.title)}</h1>
<p>${missionTag(locale, mission)}</p>
<h2>${missions.facts}</h2>
${facts(locale, view)}
<h2>${missions.members}</h2>
${members(locale, mission)}
<h2>${missions.weeks}</h2>
${weeks(locale, mission)}
${goesOn && isMember && view.weeks.length > 0 && weekFormOf(locale, view)}
<h2>${missions.deliverables}</h2>
${deliverables(locale, view)}
${goesOn && gives && deliverableFormOf(locale, view)}
<h2>${missions.effect}</h2>
${effect(locale, mission)}
${goesOn && gives && effectFormOf(locale, view)}
${goesOn && runs && endFormOf(locale, view)}
<h2>${missions.feedback}</h2>
${
  mission.mark === null
    ? !(isRequester && !goesOn) && html`<p>${missions.noFeedback}</p>`
    : html`<p><strong>${missions.outOfFive(String(mission.mark))}</strong></p><p>${lines(mission.feedback ?? '')}</p>`
}
${isRequester && !goesOn && mission.mark === null && feedbackFormOf(locale, view)}`,
  };
}

function facts(locale: Locale, { mission, contractTitle, outcome }: MissionView): Html {
  const words = brigadesMessages(locale);
  return summaryList({
    rows: [
      {
        key: words.missions.request,
        value: html`<a class="govuk-link" href="${helpAddress(mission.requestId)}">${words.requests.number(mission.requestNumber)}</a>`,
      },
      {
        key: words.requests.contract,
        value: html`<a class="govuk-link" href="/impact/contracts/${mission.contractId}">${contractTitle}</a>`,
      },
      ...(outcome === null ? [] : [{ key: words.missions.contractStands, value: standing(locale, outcome) }]),
      { key: words.columns.period, value: periodText(locale, mission) },
      { key: words.columns.planned, value: daysText(locale, mission.daysPlanned) },
      { key: words.columns.spent, value: daysText(locale, mission.daysSpent) },
    ],
  });
}

function standing(locale: Locale, { state, decision }: NonNullable<MissionView['outcome']>): Html {
  return decision === null ? contractTag(locale, state) : decisionTag(locale, decision);
}

function members(locale: Locale, mission: Mission): Html {
  const words = brigadesMessages(locale);
  const { columns } = words;
  return table({
    locale,
    caption: words.missions.members,
    captionHidden: true,
    columns: [
      { text: columns.person },
      { text: columns.expertise },
      { text: columns.planned, numeric: true },
      { text: columns.spent, numeric: true },
    ],
    rows: mission.members.map(({ name, expertises, daysPlanned, daysSpent }) => [
      name,
      expertises.map(({ expertise }) => words.expertises[expertise]).join(', '),
      formatNumber(locale, daysPlanned),
      formatNumber(locale, daysSpent),
    ]),
  });
}

function weeks(locale: Locale, mission: Mission): Html {
  const { columns, missions } = brigadesMessages(locale);
  return table({
    locale,
    caption: missions.weeks,
    captionHidden: true,
    columns: [{ text: columns.week }, { text: columns.person }, { text: columns.spent, numeric: true }],
    rows: mission.weeks.map(({ week, name, days }) => [
      formatDay(locale, week),
      name,
      formatNumber(locale, days),
    ]),
    empty: missions.noWeek,
  });
}

function deliverables(locale: Locale, { csrf, mission, isRequester, timeZone }: MissionView): Html {
  const { missions } = brigadesMessages(locale);
  return table({
    locale,
    caption: missions.deliverables,
    captionHidden: true,
    columns: [{ text: missions.deliverableTitle }, { text: missions.handedIn }, { text: missions.accepted }],
    rows: mission.deliverables.map(({ id, title, link, handedInAt, acceptedOn }) => [
      html`<a class="govuk-link" href="${link}" rel="noreferrer">${title}</a>`,
      formatDate(locale, handedInAt, timeZone),
      acceptedOn !== null
        ? formatDay(locale, acceptedOn)
        : isRequester
          ? form({
              action: missionAddress(mission.id, `/deliverables/${id}/accept`),
              csrf,
              content: button({ text: missions.accept, kind: 'secondary', small: true, hiddenText: title }),
            })
          : missions.waits,
    ]),
    empty: missions.noDeliverable,
  });
}

function effect(locale: Locale, { effect: text, verdictLink }: Mission): Html {
  const { missions } = brigadesMessages(locale);
  if (text === null) return html`<p>${missions.noEffect}</p>`;
  return html`<p>${lines(text)}</p>${verdictLink !== null && html`<p><a class="govuk-link" href="${verdictLink}" rel="noreferrer">${missions.verdict}</a></p>`}`;
}
