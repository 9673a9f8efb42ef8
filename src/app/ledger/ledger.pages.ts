// The ledger as pages. `authors` is null where the reader may see neither who acted nor what was decided.
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { StoredCheckpoint, StoredEntry } from '#platform/ledger/ledger.repository.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { ledgerMessages } from './ledger.messages.ts';

type Authors = ReadonlyMap<string, string> | null;

function authorName(locale: Locale, actor: LedgerActor, authors: ReadonlyMap<string, string>): string {
  if (actor.kind === 'system') return ledgerMessages(locale).system(actor.name);
  return authors.get(actor.personId) ?? actor.personId;
}

/** The page of the whole ledger. */
export function ledgerPage(
  locale: Locale,
  {
    checkpoint,
    entries,
    authors,
    verifierKey,
    timeZone,
  }: {
    checkpoint: StoredCheckpoint | null;
    entries: readonly StoredEntry[];
    authors: Authors;
    verifierKey: string;
    timeZone: string;
  },
): Page {
  const words = ledgerMessages(locale);
  const last = entries.at(-1)?.index ?? 0;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${summaryList({
  rows: [
    { key: words.size, value: formatNumber(locale, checkpoint?.size ?? 0) },
    ...(checkpoint
      ? [
          { key: words.checkpointAt, value: formatDateTime(locale, checkpoint.at, timeZone) },
          { key: words.root, value: html`<code>${checkpoint.root.toString('base64')}</code>` },
        ]
      : []),
    { key: words.verifier, value: html`<code>${verifierKey}</code>` },
  ],
})}
<h2>${words.howTitle}</h2>
<ol>${words.how.map((step) => html`<li>${step}</li>`)}</ol>
<p>${checkpoint && html`<a href="/api/v1/ledger/checkpoint">${words.checkpointLink}</a> · `}<a href="/api/v1/ledger/key">${words.keyLink}</a></p>
<h2>${words.commandTitle}</h2>
<p>${words.command}</p>
<pre tabindex="0"><code>npx socle log export ledger.ndjson
npx socle log verify ledger.ndjson</code></pre>
${authors && html`<p><a href="/api/v1/ledger/export" download>${words.download}</a></p>`}
<h2>${words.latest}</h2>
${table({
  caption: words.caption,
  captionHidden: true,
  columns: [
    { text: words.index, numeric: true },
    { text: words.at },
    { text: words.kind },
    { text: words.subject },
    ...(authors ? [{ text: words.actor }] : []),
  ],
  rows: entries.map((entry) => [
    html`<a href="/ledger/entries/${entry.index}">${entry.index}</a>`,
    formatDateTime(locale, entry.at, timeZone),
    html`<code>${entry.kind}</code>`,
    html`<code>${entry.subject}</code>`,
    ...(authors ? [authorName(locale, entry.actor, authors)] : []),
  ]),
  empty: words.empty,
  locale,
})}
${last > 0 && html`<p><a href="/ledger?before=${last}">${words.older}</a></p>`}`,
  };
}

/** The page of one entry. */
export function entryPage(
  locale: Locale,
  { entry, authors, timeZone }: { entry: StoredEntry; authors: Authors; timeZone: string },
): Page {
  const words = ledgerMessages(locale);
  const title = words.entryTitle(formatNumber(locale, entry.index));
  return {
    title,
    breadcrumbs: [{ text: words.title, href: '/ledger' }],
    main: html`<h1>${title}</h1>
${summaryList({
  rows: [
    { key: words.at, value: formatDateTime(locale, entry.at, timeZone) },
    { key: words.kind, value: html`<code>${entry.kind}</code>` },
    { key: words.subject, value: html`<code>${entry.subject}</code>` },
    { key: words.id, value: html`<code>${entry.id}</code>` },
    { key: words.leaf, value: html`<code>${entry.leafHash.toString('base64')}</code>` },
    ...(authors
      ? [
          { key: words.actor, value: authorName(locale, entry.actor, authors) },
          {
            key: words.data,
            value:
              entry.data === null
                ? words.erased
                : html`<pre tabindex="0"><code>${JSON.stringify(entry.data, null, 2)}</code></pre>`,
          },
        ]
      : []),
  ],
})}
${!authors && html`<p>${words.hidden}</p>`}
<p><a href="/api/v1/ledger/proofs/inclusion?index=${entry.index}">${words.proof}</a></p>`,
  };
}
