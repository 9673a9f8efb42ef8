// The pages of windows: their list, one with what it financed, the form of a new one, its ranking.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatEuroCents, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import { financedPart } from './financed.pages.ts';
import type { FinancedProject } from './financed.reading.ts';
import { fundingMessages } from './funding.messages.ts';
import type { Application, FundingWindow, Jury, WindowCriterion, WindowState } from './funding.types.ts';
import type { Rank } from './ranking.rules.ts';
import type { TypedWindow } from './typed-funding.rules.ts';

const TONES: Record<WindowState, TagTone> = {
  draft: 'neutral',
  open: 'good',
  'in-jury': 'info',
  ranked: 'info',
  awarded: 'warning',
  closed: 'neutral',
};

function crumbs(locale: Locale, window?: FundingWindow) {
  return [
    supportCrumb(locale),
    { text: fundingMessages(locale).windows, href: '/support/windows' },
    ...(window ? [{ text: window.title, href: `/support/windows/${window.id}` }] : []),
  ];
}

function windowTag(locale: Locale, state: WindowState): Html {
  return tag({ text: fundingMessages(locale).windowStates[state], tone: TONES[state] });
}

/** The windows; `runs` when the reader runs them. */
export function windowsPage(
  locale: Locale,
  { items, runs }: { readonly items: readonly FundingWindow[]; readonly runs: boolean },
): Page {
  const words = fundingMessages(locale);
  return {
    title: words.windows,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${words.windows}</h1>
<p class="socle-lead">${words.windowsLead}</p>
${runs && button({ text: words.addWindow, href: '/support/windows/new' })}
${table({
  locale,
  caption: words.windows,
  captionHidden: true,
  columns: [
    { text: words.window },
    { text: words.state },
    { text: words.budget, numeric: true },
    { text: words.committed, numeric: true },
    { text: words.paid, numeric: true },
    { text: words.left, numeric: true },
    { text: words.received, numeric: true },
    { text: words.financed, numeric: true },
  ],
  rows: items.map((window) => [
    html`<a href="/support/windows/${window.id}">${window.title}</a>`,
    windowTag(locale, window.state),
    formatEuroCents(locale, window.budgetCents),
    formatEuroCents(locale, window.committedCents),
    formatEuroCents(locale, window.paidCents),
    formatEuroCents(locale, window.leftCents),
    formatNumber(locale, window.applications),
    formatNumber(locale, window.financed),
  ]),
  empty: words.noWindow,
})}
${dataLinks({ locale, csv: '/support/windows.csv', json: '/api/v1/support/windows' })}`,
  };
}

/** What the page of a window shows. */
export interface WindowView {
  readonly window: FundingWindow;
  readonly criteria: readonly WindowCriterion[];
  readonly juries: readonly Jury[];
  readonly financed: readonly FinancedProject[];
  readonly csrf: Html;
  /** The step that the reader may take; null for readers who run no window. */
  readonly step: 'open' | 'close-applications' | 'rank' | 'end-awards' | 'close' | null;
  readonly runs: boolean;
  readonly applies: boolean;
  readonly faults?: readonly FieldError[];
}

/** A window, its money and what it brought. */
export function windowPage(locale: Locale, view: WindowView): Page {
  const { window, criteria, juries, financed, csrf, step, runs, faults = [] } = view;
  const words = fundingMessages(locale);
  return {
    title: window.title,
    breadcrumbs: crumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${window.title}</h1>
<p class="socle-lead">${window.subject}</p>
${view.applies && window.state === 'open' && button({ text: words.apply, href: `/support/applications/new?window=${window.id}` })}
${summaryList({
  rows: [
    { key: words.state, value: windowTag(locale, window.state) },
    {
      key: words.calendar,
      value: words.calendarValue(
        formatDay(locale, window.opensOn),
        formatDay(locale, window.closesOn),
        formatDay(locale, window.juryUntil),
      ),
    },
    { key: words.budget, value: formatEuroCents(locale, window.budgetCents) },
    { key: words.committed, value: formatEuroCents(locale, window.committedCents) },
    { key: words.paid, value: formatEuroCents(locale, window.paidCents) },
    {
      key: words.left,
      value: html`${formatEuroCents(locale, window.leftCents)}<br><span class="socle-secondary">${words.sumHint}</span>`,
    },
    { key: words.received, value: formatNumber(locale, window.applications) },
    ...(runs
      ? juries.map(({ name, members }) => ({
          key: name,
          value: members.map((member) => member.name).join(', '),
        }))
      : []),
  ],
})}
${runs && html`<p><a href="/support/windows/${window.id}/ranking">${words.seeRanking}</a></p>`}
${
  step &&
  form({
    action: `/support/windows/${window.id}/steps/${step}`,
    csrf,
    content: button({ text: words.steps[step], kind: 'secondary' }),
  })
}
${financedPart(locale, window.id, financed)}
<h2>${words.criteria}</h2>
${table({
  locale,
  caption: words.criteria,
  captionHidden: true,
  columns: [{ text: words.criterion }, { text: words.weight, numeric: true }],
  rows: criteria.map(({ title, weight }) => [title, formatNumber(locale, weight)]),
})}`,
  };
}

/** The form of a new window. */
export function newWindowPage(
  locale: Locale,
  {
    csrf,
    typed,
    faults,
  }: { readonly csrf: Html; readonly typed: TypedWindow; readonly faults: readonly FieldError[] },
): Page {
  const words = fundingMessages(locale);
  const input = (
    name: keyof TypedWindow,
    label: string,
    more: { hint?: string; type?: 'date'; suffix?: string; width?: 10 } = {},
  ) => textInput({ locale, name, label, value: typed[name], error: faultOf(locale, faults, name), ...more });
  const area = (name: keyof TypedWindow, label: string, hint?: string) =>
    textarea({
      locale,
      name,
      label,
      value: typed[name],
      error: faultOf(locale, faults, name),
      ...(hint === undefined ? {} : { hint }),
    });
  return {
    title: words.addWindow,
    breadcrumbs: crumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${words.addWindow}</h1>
<p class="socle-lead">${words.windowForm.lead}</p>
${form({
  action: '/support/windows/new',
  csrf,
  content: html`${input('title', words.windowForm.title)}
${area('subject', words.subject)}
${input('budget', words.budget, { hint: words.euros, suffix: '€', width: 10 })}
${input('opensOn', words.windowForm.opensOn, { type: 'date' })}
${input('closesOn', words.windowForm.closesOn, { type: 'date' })}
${input('juryUntil', words.windowForm.juryUntil, { type: 'date' })}
${area('criteria', words.criteria, words.windowForm.criteriaHint)}
${area('jury', words.juries, words.windowForm.juryHint)}
${button({ text: words.windowForm.submit })}`,
})}`,
  };
}

/** The ranking of a window, and the award of each amount while it is ranked. */
export function rankingPage(
  locale: Locale,
  {
    window,
    ranking,
    applications,
    csrf,
  }: {
    readonly window: FundingWindow;
    readonly ranking: readonly Rank[];
    readonly applications: readonly Application[];
    readonly csrf: Html;
  },
): Page {
  const words = fundingMessages(locale);
  const byId = new Map(applications.map((one) => [one.id, one]));
  return {
    title: `${words.ranking} – ${window.title}`,
    breadcrumbs: crumbs(locale, window),
    main: html`<h1>${words.seeRanking}</h1>
${summaryList({
  rows: [
    { key: words.budget, value: formatEuroCents(locale, window.budgetCents) },
    { key: words.left, value: formatEuroCents(locale, window.leftCents) },
  ],
})}
${table({
  locale,
  caption: words.ranking,
  captionHidden: true,
  columns: [
    { text: words.application },
    { text: words.place, numeric: true },
    { text: words.mean, numeric: true },
    { text: words.members, numeric: true },
    { text: words.asked, numeric: true },
    { text: words.awarded },
  ],
  rows: ranking.flatMap((rank) => {
    const one = byId.get(rank.applicationId);
    if (!one) return [];
    const place = rank.place === null ? '–' : formatNumber(locale, rank.place);
    return [
      [
        html`<a href="/support/applications/${one.id}">${one.title}</a><br><span class="socle-secondary">${one.organisationName}</span>`,
        rank.isTied ? `${place} ${words.tied}` : place,
        rank.mean === null ? '–' : formatNumber(locale, rank.mean, 2),
        formatNumber(locale, rank.members),
        formatEuroCents(locale, one.askedCents),
        window.state === 'ranked' && one.state === 'scored'
          ? form({
              action: `/support/applications/${one.id}/award`,
              csrf,
              content: html`${textInput({ locale, name: 'amount', id: `amount-${one.id}`, label: words.awardAmount(one.title), width: 10, value: (one.askedCents / 100).toFixed(2), suffix: '€' })}${button({ text: words.award, hiddenText: one.title, kind: 'secondary', small: true })}`,
            })
          : html`${words.applicationStates[one.state]}${one.awardedCents > 0 && html`<br>${formatEuroCents(locale, one.awardedCents)}`}`,
      ],
    ];
  }),
  empty: words.noRanking,
})}`,
  };
}
