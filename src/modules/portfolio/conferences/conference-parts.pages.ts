// What the pages of conferences and their minutes share: addresses, crumbs, states, a sheet in words.
import { formatDay, formatNumber, formatPercent, formatSignedPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import type { Html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { factsText, money } from '../watch/alert-parts.pages.ts';
import { watchMessages } from '../watch/watch.messages.ts';
import { conferencesMessages } from './conferences.messages.ts';
import type { AgendaReason, Conference, ConferenceSheet, ConferenceState } from './conferences.types.ts';

/** Where conferences are. */
export const CONFERENCES = '/projects/conferences';

/** Where a conference is. */
export function conferenceAddress(id: string, rest = ''): string {
  return `${CONFERENCES}/${id}${rest}`;
}

/** The way back from a page under the conferences; one under a conference names it too. */
export function conferenceCrumbs(
  locale: Locale,
  conference?: Pick<Conference, 'id' | 'organisationName' | 'heldOn'>,
) {
  const words = conferencesMessages(locale);
  return [
    oversightCrumb(locale),
    { text: words.title, href: CONFERENCES },
    ...(conference
      ? [
          {
            text: words.one(conference.organisationName, formatDay(locale, conference.heldOn)),
            href: conferenceAddress(conference.id),
          },
        ]
      : []),
  ];
}

const TONES: Readonly<Record<ConferenceState, TagTone>> = {
  drafted: 'info',
  prepared: 'warning',
  closed: 'neutral',
};

/** A conference's state. */
export function conferenceTag(locale: Locale, { state }: Pick<Conference, 'state'>): Html {
  return tag({ text: conferencesMessages(locale).states[state], tone: TONES[state] });
}

/** Why a project is on the agenda. */
export function reasonText(locale: Locale, why: AgendaReason): string {
  const { why: words } = conferencesMessages(locale);
  const { rules } = watchMessages(locale);
  switch (why.kind) {
    case 'difficulty':
      return words.difficulty(why.rules.map((rule) => rules[rule].toLowerCase()).join(', '));
    case 'overdue':
      return words.overdue(why.count);
    default:
      return words[why.kind];
  }
}

/** A sheet as names with what they are. */
export function sheetRows(locale: Locale, sheet: ConferenceSheet): [name: string, value: string][] {
  const { sheet: words } = conferencesMessages(locale);
  const { rules } = watchMessages(locale);
  const { cost, forecast } = sheet;
  const share = (value: number | null) => (value === null ? '–' : formatSignedPercent(locale, value));
  const number = (value: number) => formatNumber(locale, value, 2);
  const impact = sheet.impact.map(
    ({ title, unit, baselineValue, targetValue, dueOn, lastMeasureOn }) =>
      `${words.objective(title, number(baselineValue), number(targetValue), unit, formatDay(locale, dueOn))}, ${
        lastMeasureOn === null ? words.neverMeasured : words.measured(formatDay(locale, lastMeasureOn))
      }`,
  );
  const slip =
    cost.firstBaselineCents === null
      ? words.noBaseline
      : words.slip(share(cost.costShare), share(cost.scheduleShare));
  return [
    [words.impact, impact.length === 0 ? words.noImpact : impact.join('\n')],
    [
      words.cost,
      [
        words.costText(
          money(locale, cost.fullCents),
          money(locale, cost.oneTimeCents),
          money(locale, cost.recurringCents),
        ),
        `${slip}, ${words.ends(formatDay(locale, cost.endOn))}`,
      ].join('\n'),
    ],
    ...sheet.doctrines.map(({ word, conformity }): [string, string] => [
      words.doctrines[word],
      words.conformities[conformity],
    ]),
    [words.outsourcing, formatPercent(locale, sheet.outsourcedShare)],
    [
      words.forecast,
      forecast === null
        ? words.noForecast
        : words.forecastText(
            forecast.p80CostCents === null ? '–' : money(locale, forecast.p80CostCents),
            forecast.p80EndOn === null ? '–' : formatDay(locale, forecast.p80EndOn),
          ),
    ],
    [
      words.alerts,
      sheet.alerts.length === 0
        ? words.noAlerts
        : sheet.alerts
            .map(({ rule, facts }) => `${rules[rule]}, ${factsText(locale, rule, facts)}`)
            .join('\n'),
    ],
    [
      words.recommendations,
      words.recommendationsText(sheet.recommendations.open, sheet.recommendations.overdue),
    ],
  ];
}
