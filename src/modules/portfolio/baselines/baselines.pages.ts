// Baselines on a file's page, the form that proposes a new one, and the one in which an auditor decides.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatMillionEuros, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { fileAddress, fileCrumbs, writtenGap } from '../files/file-parts.pages.ts';
import type { Estimate, ProjectFile } from '../files/files.types.ts';
import { baselinesMessages } from './baselines.messages.ts';
import type { Baseline } from './baselines.types.ts';
import { slippageFrom } from './slippage.rules.ts';

const TONES: Readonly<Record<Baseline['state'], TagTone>> = {
  proposed: 'warning',
  approved: 'good',
  refused: 'neutral',
};

const millions = (locale: Locale, cents: number) => formatMillionEuros(locale, cents / 1e8, 2);

/** Every baseline of a file, with its reason and decision. Proposed and refused ones are for those who see the detail. */
export function baselinesSection(
  locale: Locale,
  {
    file,
    baselines,
    seesDetail,
    mayDecide,
    timeZone,
  }: {
    readonly file: ProjectFile;
    readonly baselines: readonly Baseline[];
    readonly seesDetail: boolean;
    readonly mayDecide: boolean;
    readonly timeZone: string;
  },
): Html {
  const words = baselinesMessages(locale);
  const shown = baselines.filter(({ state }) => seesDetail || state === 'approved');
  const decision = ({ decidedAt, decidedByName, decisionReason }: Baseline) =>
    decidedAt === null
      ? ''
      : html`${
          seesDetail && decidedByName !== null
            ? words.by(decidedByName, formatDate(locale, decidedAt, timeZone))
            : words.onDay(formatDate(locale, decidedAt, timeZone))
        }${decisionReason && html`<br><span class="socle-table__long">${decisionReason}</span>`}`;
  return html`<h2 id="baselines">${words.title}</h2>
<p>${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.which },
    { text: words.cost, numeric: true },
    { text: words.end },
    { text: words.scope, numeric: true },
    { text: words.why },
    { text: words.decision },
  ],
  rows: shown.map((baseline) => [
    html`${baseline.number !== null && words.number(String(baseline.number))} ${tag({ text: words[baseline.state], tone: TONES[baseline.state] })}`,
    millions(locale, baseline.costCents),
    formatDay(locale, baseline.endOn),
    formatPercent(locale, baseline.scopeShare),
    html`<span class="socle-table__long">${baseline.reason}</span>${seesDetail && baseline.authorName !== null && html`<br><span class="socle-secondary">${words.by(baseline.authorName, formatDate(locale, baseline.proposedAt, timeZone))}</span>`}`,
    baseline.state === 'proposed' && mayDecide
      ? html`<a href="${fileAddress(file.id, `/baselines/${baseline.id}`)}">${words.decide}</a>`
      : decision(baseline),
  ]),
  empty: words.none,
})}`;
}

/** The form in which a ministry proposes a new baseline. */
export function proposalPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly file: ProjectFile;
    readonly estimate: Estimate | null;
    readonly typed: { readonly reason: string; readonly scopeText: string };
    readonly faults: readonly FieldError[];
  },
): Page {
  const words = baselinesMessages(locale).propose;
  const { csrf, file, estimate, typed, faults } = view;
  return {
    title: `${words.title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${
  estimate &&
  summaryList({
    rows: [
      { key: words.cost, value: millions(locale, estimate.costCents) },
      { key: words.end, value: formatDay(locale, estimate.endOn) },
    ],
  })
}
${form({
  action: fileAddress(file.id, '/baselines/new'),
  csrf,
  content: html`${textarea({
    locale,
    name: 'reason',
    label: words.reason,
    rows: 4,
    limit: 2000,
    value: typed.reason,
    error: faultOf(locale, faults, 'reason'),
  })}
${textarea({
  locale,
  name: 'scopeText',
  label: words.scope,
  rows: 4,
  limit: 2000,
  value: typed.scopeText,
  error: faultOf(locale, faults, 'scopeText'),
})}
${buttonGroup([button({ text: words.submit }), html`<a href="${fileAddress(file.id)}">${words.cancel}</a>`])}`,
})}`,
  };
}

/** The page on which an auditor decides on a proposed baseline. */
export function judgementPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly file: ProjectFile;
    readonly proposed: Baseline;
    readonly first: Baseline;
    readonly inForce: Baseline;
    readonly typed: { readonly decision: string; readonly reason: string };
    readonly faults: readonly FieldError[];
  },
): Page {
  const all = baselinesMessages(locale);
  const words = all.judge;
  const { csrf, file, proposed, first, inForce, typed, faults } = view;
  const gap = slippageFrom(first, proposed);
  const row = (name: string, { costCents, endOn, scopeShare }: Baseline) => [
    name,
    millions(locale, costCents),
    formatDay(locale, endOn),
    formatPercent(locale, scopeShare),
  ];
  return {
    title: `${words.title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${file.name}, ${file.organisationName}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: all.which },
    { text: all.cost, numeric: true },
    { text: all.end },
    { text: all.scope, numeric: true },
  ],
  rows: [
    row(words.first, first),
    row(words.from, inForce),
    row(words.to, proposed),
    [words.change, writtenGap(locale, gap.costShare), writtenGap(locale, gap.scheduleShare), ''],
  ],
})}
${summaryList({
  rows: [
    { key: all.why, value: proposed.reason },
    { key: all.scope, value: proposed.scopeText },
    ...(proposed.authorName === null ? [] : [{ key: words.author, value: proposed.authorName }]),
  ],
})}
${
  proposed.state === 'proposed'
    ? form({
        action: fileAddress(file.id, `/baselines/${proposed.id}`),
        csrf,
        content: html`${radios({
          locale,
          name: 'decision',
          label: words.decision,
          value: typed.decision,
          items: (['approved', 'refused'] as const).map((value) => ({ value, text: words.decisions[value] })),
          error: faultOf(locale, faults, 'decision'),
        })}
${textarea({
  locale,
  name: 'reason',
  label: words.reason,
  rows: 4,
  limit: 2000,
  value: typed.reason,
  error: faultOf(locale, faults, 'reason'),
})}
${buttonGroup([button({ text: words.submit }), html`<a href="${fileAddress(file.id)}">${all.propose.cancel}</a>`])}`,
      })
    : html`<p>${words.decided}</p>`
}`,
  };
}
