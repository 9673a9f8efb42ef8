// One's runs of jobs, and one run, as pages. They only show what they are given.
import type { Page } from '#platform/http/page.ts';
import { formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { RunReader, RunState } from '#platform/jobs/runs.types.ts';
import { inset } from '#ui/components/inset.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { progressBar } from '#ui/components/progress-bar.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html, nothing } from '#ui/html.ts';
import { jobsMessages } from './jobs.messages.ts';
import type { RunView } from './run-view.rules.ts';

/** How often a page without JavaScript loads itself again while the job runs, in seconds. */
const REFRESH_SECONDS = 5;

const TONES: Record<RunState, TagTone> = {
  queued: 'neutral',
  running: 'info',
  succeeded: 'good',
  refused: 'warning',
  failed: 'bad',
};

function stateTag(locale: Locale, state: RunState): Html {
  return tag({ text: jobsMessages(locale).states[state], tone: TONES[state] });
}

/** The list of runs that a reader may see, `older` being the last id shown when there are more. */
export function jobsPage(
  locale: Locale,
  options: {
    readonly reader: RunReader;
    readonly views: readonly RunView[];
    readonly older: string | null;
    readonly timeZone: string;
  },
): Page {
  const { reader, views, older, timeZone } = options;
  const words = jobsMessages(locale);
  const title = reader.seesAll ? words.everyoneTitle : words.listTitle;
  const asker = ({ run }: RunView) => {
    if (run.requestedBy === null) return words.nobody;
    return run.requestedBy === reader.personId ? words.you : words.someone;
  };
  const moment = (date: Date | null) => (date ? formatDateTime(locale, date, timeZone) : '');
  const { columns } = words;
  const heads = [columns.title, columns.state, columns.requested, columns.finished];
  if (reader.seesAll) heads.push(columns.by);
  const rows = views.map((view) => [
    html`<a class="govuk-link" href="/jobs/${view.run.id}">${view.title}</a>`,
    stateTag(locale, view.run.state),
    moment(view.run.requestedAt),
    moment(view.run.finishedAt),
    ...(reader.seesAll ? [asker(view)] : []),
  ]);
  return {
    title,
    main: html`<h1>${title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  locale,
  caption: title,
  captionHidden: true,
  columns: heads.map((text) => ({ text })),
  rows,
  empty: words.none,
})}
${nextPage({ locale, nextHref: older && `/jobs?after=${older}` })}`,
  };
}

/** One run: while it goes on it shows how far it is and moves; afterwards what came of it stays. */
export function jobPage(locale: Locale, view: RunView, timeZone: string): Page {
  const words = jobsMessages(locale);
  const { run, title, finished } = view;
  return {
    title: words.pageTitle(title, words.states[run.state]),
    breadcrumbs: [{ text: words.listTitle, href: '/jobs' }],
    main: html`<h1>${title}</h1>
<p class="govuk-body">${stateTag(locale, run.state)}</p>
${finished ? ending(locale, view) : advancing(locale, view)}
<h2>${words.details}</h2>
${details(locale, view, timeZone)}`,
    ...(finished ? {} : { refreshSeconds: REFRESH_SECONDS, scripts: ['job-progress.js'] }),
  };
}

function advancing(locale: Locale, { run }: RunView): Html {
  const words = jobsMessages(locale);
  const bar = progressBar({ locale, label: words.progress, done: run.done, total: run.total });
  return html`<p class="govuk-body" role="status">${run.state === 'queued' ? words.queued : words.running}</p>
<div data-job="/api/v1/jobs/${run.id}" data-job-state="${run.state}">${bar}</div>
<p class="govuk-body"><a class="govuk-link" href="/jobs/${run.id}">${words.refresh}</a></p>`;
}

function ending(locale: Locale, { error, outcome, run }: RunView): Html {
  const words = jobsMessages(locale);
  if (outcome === null) {
    return inset(html`<h2>${run.state === 'refused' ? words.refusedTitle : words.failedTitle}</h2>
<p class="govuk-body">${error}</p>`);
  }
  return html`<h2>${words.result}</h2>
<p class="govuk-body">${outcome.sentence}</p>
${outcome.rows?.length ? summary(outcome.rows) : nothing}
${outcome.link ? html`<p class="govuk-body"><a class="govuk-link" href="${outcome.link.href}">${outcome.link.text}</a></p>` : nothing}`;
}

function details(locale: Locale, { run }: RunView, timeZone: string): Html {
  const words = jobsMessages(locale);
  const moment = (date: Date) => formatDateTime(locale, date, timeZone);
  const rows: [string, string][] = [[words.columns.requested, moment(run.requestedAt)]];
  if (run.startedAt) rows.push([words.started, moment(run.startedAt)]);
  if (run.finishedAt) rows.push([words.columns.finished, moment(run.finishedAt)]);
  rows.push([words.number, run.id]);
  return summary(rows);
}

function summary(rows: readonly (readonly [label: string, value: string])[]): Html {
  return summaryList({ rows: rows.map(([key, value]) => ({ key, value })) });
}
