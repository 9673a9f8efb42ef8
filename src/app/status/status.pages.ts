// The status page: one line a component. It asks nothing itself.
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { html } from '#ui/html.ts';
import { appMessages } from '../app.messages.ts';
import type { DatabaseState } from './status.repository.ts';

const MEGABYTE = 1024 * 1024;

/** What the status page shows. */
export interface StatusView {
  readonly version: string;
  readonly since: Date;
  /** Null when the database does not answer; what it holds is then unknown. */
  readonly database: DatabaseState | null;
  readonly checkpoint: { readonly size: number; readonly at: Date } | null;
  /** Runs of jobs by state. */
  readonly jobs: Readonly<Record<string, number>> | null;
  readonly timeZone: string;
}

/** The page of `view`. */
export function statusPage(locale: Locale, view: StatusView): Page {
  const words = appMessages(locale).status;
  const { database, checkpoint, jobs } = view;
  const state = (works: boolean) =>
    works ? tag({ text: words.works, tone: 'good' }) : tag({ text: words.fails, tone: 'bad' });
  const date = (at: Date) => formatDateTime(locale, at, view.timeZone);
  const number = (value: number, digits = 0) => formatNumber(locale, value, digits);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  caption: words.title,
  captionHidden: true,
  locale,
  columns: [{ text: words.component }, { text: words.state }, { text: words.detail }],
  rows: [
    [words.web, state(true), words.webDetail(view.version, date(view.since))],
    [
      words.database,
      state(database !== null),
      database
        ? words.databaseDetail(
            database.version,
            words.megabytes(number(database.bytes / MEGABYTE)),
            number(database.milliseconds, 1),
          )
        : words.databaseFails,
    ],
    ...(database
      ? [
          [
            words.ledger,
            state(true),
            checkpoint ? words.ledgerDetail(number(checkpoint.size), date(checkpoint.at)) : words.ledgerEmpty,
          ],
          [words.jobs, state(true), words.jobsDetail(number(jobs?.running ?? 0), number(jobs?.queued ?? 0))],
        ]
      : []),
  ],
})}`,
  };
}
