// The pages of sources: their list, and one with its settings and runs.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { fileUpload } from '#ui/components/file-upload.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { impactCrumb } from '../entry/entry.crumb.ts';
import type { IntakeResult } from '../indicators/indicators.types.ts';
import { REFUSALS } from '../indicators/measure-refusals.data.ts';
import { sourcesMessages } from './sources.messages.ts';
import { FAILURES_TOLD, isGood } from './sources.rules.ts';
import type { Source, SourceRun } from './sources.types.ts';

/** Where sources are. */
export const SOURCES = '/impact/sources';

/** The breadcrumbs of the pages under the list. */
export function sourcesCrumbs(locale: Locale) {
  return [impactCrumb(locale), { text: sourcesMessages(locale).title, href: SOURCES }];
}

/** What the page of an indicator says of its sources; only those who may read them get to them. */
export function sourcesOfIndicator(
  locale: Locale,
  {
    sources,
    mayRead,
    mayAdd,
    timeZone,
  }: {
    readonly sources: readonly Source[];
    readonly mayRead: boolean;
    readonly mayAdd: boolean;
    readonly timeZone: string;
  },
): Html {
  const words = sourcesMessages(locale);
  const add = mayAdd && html`<a href="${SOURCES}/new">${words.add}</a>`;
  if (sources.length === 0) return html`${words.noneOf}${add && html`<br>${add}`}`;
  return html`<ul class="govuk-list">${sources.map((source) => {
    const { id, kind, lastRunAt } = source;
    const name = mayRead ? html`<a href="${SOURCES}/${id}">${words.kinds[kind]}</a>` : words.kinds[kind];
    const read =
      lastRunAt === null ? words.notReadYet : words.readOn(formatDateTime(locale, lastRunAt, timeZone));
    return html`<li>${name}, ${read} ${stateTag(locale, source)}</li>`;
  })}${add && html`<li>${add}</li>`}</ul>`;
}

function stateTag(locale: Locale, { state, failures }: Source): Html {
  const words = sourcesMessages(locale).states;
  if (state === 'paused') return tag({ text: words.paused, tone: 'neutral' });
  return failures > 0 ? tag({ text: words.failing, tone: 'bad' }) : tag({ text: words.active, tone: 'good' });
}

/** The sources that the reader sees. */
export function sourcesPage(
  locale: Locale,
  {
    items,
    next,
    isFirst,
    mayAdd,
    timeZone,
  }: {
    readonly items: readonly Source[];
    readonly next: string | null;
    readonly isFirst: boolean;
    readonly mayAdd: boolean;
    readonly timeZone: string;
  },
): Page {
  const words = sourcesMessages(locale);
  return {
    title: words.title,
    breadcrumbs: [impactCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${mayAdd && button({ text: words.add, href: `${SOURCES}/new` })}
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  stacked: true,
  columns: [{ text: words.indicator }, { text: words.kind }, { text: words.state }, { text: words.lastRun }],
  rows: items.map((source) => [
    html`<a href="${SOURCES}/${source.id}">${source.indicatorName}</a>`,
    words.kinds[source.kind],
    stateTag(locale, source),
    source.lastRunAt === null ? words.never : formatDateTime(locale, source.lastRunAt, timeZone),
  ]),
  empty: words.nothing,
})}
${nextPage({
  locale,
  nextHref: next === null ? null : listAddress(SOURCES, { cursor: next }),
  ...(isFirst ? {} : { firstHref: SOURCES }),
})}
${dataLinks({ locale, csv: `${SOURCES}.csv`, json: '/api/v1/impact/sources' })}`,
  };
}

/** What the page of a source shows. */
export interface SourceView {
  readonly csrf: Html;
  readonly source: Source;
  readonly runs: readonly SourceRun[];
  readonly mayChange: boolean;
  readonly timeZone: string;
  readonly evidence: string;
  readonly faults: readonly FieldError[];
  /** What came of a file that was just handed in. */
  readonly intake: (IntakeResult & { readonly preview: boolean }) | null;
}

/** A source with its settings, its runs and what may be done. */
export function sourcePage(locale: Locale, view: SourceView): Page {
  const { source, runs, mayChange, faults, timeZone } = view;
  const words = sourcesMessages(locale);
  const { one } = words;
  const { settings, lastRunAt, nextRunAt, failures } = source;
  const said = (key: string, value: string) => (value === '' ? [] : [{ key, value }]);
  const moment = (date: Date) => formatDateTime(locale, date, timeZone);
  const isRead = source.kind === 'address' || source.kind === 'module';
  return {
    title: source.indicatorName,
    hasErrors: faults.length > 0,
    breadcrumbs: sourcesCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
${intakeBanner(locale, view)}
<h1>${source.indicatorName}</h1>
<p class="socle-lead">${words.kindHints[source.kind]}</p>
${failures >= FAILURES_TOLD && warningText({ locale, text: one.failing(formatNumber(locale, failures)) })}
<h2>${one.facts}</h2>
${summaryList({
  rows: [
    {
      key: words.indicator,
      value: html`<a href="/impact/indicators/${source.indicatorId}">${source.indicatorName}</a>`,
    },
    { key: words.state, value: stateTag(locale, source) },
    ...said(words.form.url, settings.url),
    ...(source.kind === 'address'
      ? [
          { key: words.form.format, value: words.form.formats[settings.format] },
          { key: words.form.everyHours, value: formatNumber(locale, settings.everyHours) },
        ]
      : []),
    ...said(words.form.list, settings.list),
    ...said(words.form.day, settings.day),
    ...said(words.form.value, settings.value),
    ...said(words.form.segment, settings.segment),
    ...said(words.form.measure, settings.measure),
    ...said(words.form.subject, settings.subject),
    ...(source.kind === 'push'
      ? [{ key: one.hasToken, value: source.hasToken ? one.live : one.noToken }]
      : []),
    { key: words.lastRun, value: lastRunAt === null ? words.never : moment(lastRunAt) },
    ...(isRead && nextRunAt !== null ? [{ key: words.nextRun, value: moment(nextRunAt) }] : []),
  ],
})}
${mayChange && acts(locale, view)}
${mayChange && source.kind === 'file' && source.state === 'active' && fileForm(locale, view)}
${runsTable(locale, runs, timeZone)}`,
  };
}

function acts(locale: Locale, { csrf, source }: SourceView): Html {
  const { one } = sourcesMessages(locale);
  const act = (name: string, text: string, kind: 'primary' | 'secondary' = 'secondary') =>
    form({ action: `${SOURCES}/${source.id}/${name}`, csrf, content: button({ text, kind }) });
  const isActive = source.state === 'active';
  const isRead = source.kind === 'address' || source.kind === 'module';
  return buttonGroup([
    ...(isActive && isRead ? [act('try', one.tryNow, 'primary')] : []),
    isActive ? act('pause', one.pause) : act('resume', one.resume, 'primary'),
    ...(source.kind === 'push' ? [act('token', one.newToken)] : []),
    ...(source.kind === 'push' && source.hasToken ? [act('revoke', one.revoke)] : []),
  ]);
}

function intakeBanner(locale: Locale, { intake }: SourceView): Html | null {
  if (intake === null) return null;
  const words = sourcesMessages(locale);
  const number = (count: number) => formatNumber(locale, count);
  const { taken, corrected, unchanged, refused, refusedCount } = intake;
  const counts = words.file.counts(number(taken), number(corrected), number(unchanged), number(refusedCount));
  return html`${notificationBanner({
    locale,
    kind: 'success',
    text: `${intake.preview ? words.file.previewed : words.file.done} ${counts}`,
  })}
${
  refused.length > 0 &&
  table({
    locale,
    caption: words.file.refusedLines,
    columns: [{ text: words.file.line }, { text: words.file.reason }],
    rows: refused.slice(0, 50).map(({ line, reason }) => [number(line), REFUSALS[reason].text[locale]]),
  })
}`;
}

function fileForm(locale: Locale, { csrf, source, evidence, faults }: SourceView): Html {
  const words = sourcesMessages(locale).file;
  return html`<h2>${words.heading}</h2>
${form({
  action: `${SOURCES}/${source.id}/file`,
  csrf,
  files: true,
  content: html`${textInput({
    locale,
    name: 'evidence',
    label: words.evidence,
    hint: words.evidenceHint,
    value: evidence,
    error: faultOf(locale, faults, 'evidence'),
  })}
${checkboxes({
  locale,
  name: 'preview',
  label: words.refusedLines,
  items: [{ value: 'yes', text: words.preview }],
})}
${fileUpload({
  locale,
  name: 'file',
  label: words.file,
  hint: words.fileHint,
  accept: '.csv,text/csv',
  error: faultOf(locale, faults, 'file'),
})}
${button({ text: words.submit })}`,
})}`;
}

function runsTable(locale: Locale, runs: readonly SourceRun[], timeZone: string): Html {
  const words = sourcesMessages(locale);
  const { one } = words;
  const number = (count: number) => formatNumber(locale, count);
  return html`<h2>${one.runs}</h2>
<p>${one.runsLead}</p>
${table({
  locale,
  caption: one.runs,
  captionHidden: true,
  stacked: true,
  columns: [
    { text: one.when },
    { text: one.outcome },
    { text: one.taken, numeric: true },
    { text: one.corrected, numeric: true },
    { text: one.unchanged, numeric: true },
    { text: one.refused, numeric: true },
  ],
  rows: runs.map(({ at, outcome, status, taken, corrected, unchanged, refused, detail }) => [
    formatDateTime(locale, at, timeZone),
    html`${tag({ text: words.outcomes[outcome], tone: isGood(outcome) ? 'good' : 'bad' })}${
      outcome === 'bad-status' && html`<br>${one.status(String(status))}`
    }${detail !== '' && html`<br>${one.lines(detail)}`}`,
    number(taken),
    number(corrected),
    number(unchanged),
    number(refused),
  ]),
  empty: one.noRuns,
})}`;
}
