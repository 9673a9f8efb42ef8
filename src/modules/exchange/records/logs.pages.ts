// The gateways' logs as pages, and the page from which a producer downloads its slice.
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { html } from '#ui/html.ts';
import { gatewayNameOf } from '../gateway/log/log-origin.rules.ts';
import { logsMessages } from './logs.messages.ts';
import type { ListedLog } from './logs.types.ts';

/** Address of a log. */
const addressOf = (log: ListedLog) => `/exchange/logs/${encodeURIComponent(gatewayNameOf(log.log))}`;

/** Every log. */
export function logsPage(
  locale: Locale,
  { logs, timeZone, mayExport }: { logs: readonly ListedLog[]; timeZone: string; mayExport: boolean },
): Page {
  const words = logsMessages(locale).logs;
  return {
    title: words.title,
    breadcrumbs: [{ text: logsMessages(locale).home, href: '/exchange' }],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  locale,
  caption: words.caption,
  captionHidden: true,
  columns: [
    { text: words.gateway },
    { text: words.size, numeric: true },
    { text: words.entries, numeric: true },
    { text: words.signedAt },
  ],
  rows: logs.map((log) => [
    html`<a href="${addressOf(log)}">${gatewayNameOf(log.log)}</a>`,
    formatNumber(locale, log.checkpoint?.size ?? 0),
    formatNumber(locale, log.entries),
    log.checkpoint ? formatDateTime(locale, log.checkpoint.at, timeZone) : words.never,
  ]),
  empty: words.empty,
})}
${dataLinks({ locale, csv: '/exchange/logs.csv', json: '/api/v1/exchange/logs' })}
${inset(words.privacy)}
<h2>${words.howTitle}</h2>
<ol>${words.how.map((step) => html`<li>${step}</li>`)}</ol>
<pre tabindex="0"><code>npx socle log verify socle-slice.jsonl</code></pre>
${mayExport && html`<p><a href="/exchange/producer/slice">${words.sliceLink}</a></p>`}`,
  };
}

/** One log. `siteUrl` is where this site is reached. */
export function logPage(
  locale: Locale,
  { log, timeZone, siteUrl }: { log: ListedLog; timeZone: string; siteUrl: string },
): Page {
  const words = logsMessages(locale).logs;
  const { checkpoint, verifier, entries } = log;
  const address = addressOf(log);
  const title = words.one(gatewayNameOf(log.log));
  return {
    title,
    breadcrumbs: [
      { text: logsMessages(locale).home, href: '/exchange' },
      { text: words.title, href: '/exchange/logs' },
    ],
    main: html`<h1>${title}</h1>
${summaryList({
  rows: [
    { key: words.origin, value: html`<code>${log.log}</code>` },
    { key: words.size, value: formatNumber(locale, checkpoint?.size ?? 0) },
    { key: words.entries, value: formatNumber(locale, entries) },
    {
      key: words.signedAt,
      value: checkpoint ? formatDateTime(locale, checkpoint.at, timeZone) : words.never,
    },
    ...(checkpoint
      ? [{ key: words.root, value: html`<code>${checkpoint.root.toString('base64')}</code>` }]
      : []),
    { key: words.verifier, value: html`<code>${verifier}</code>` },
  ],
})}
<p>${checkpoint && html`<a href="${address}/checkpoint">${words.checkpointLink}</a> · `}<a href="${address}/key">${words.keyLink}</a></p>
<h2>${words.tilesTitle}</h2>
<p>${words.tiles}</p>
<pre tabindex="0"><code>${siteUrl}${address}/</code></pre>`,
  };
}

/** Where a producer asks for its slice. Days are YYYY-MM-DD. */
export function slicePage(locale: Locale, { from, to }: { from: string; to: string }): Page {
  const all = logsMessages(locale);
  const words = all.slice;
  return {
    title: words.title,
    breadcrumbs: [
      { text: all.home, href: '/exchange' },
      { text: all.room, href: '/exchange/producer' },
    ],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${form({
  action: '/exchange/producer/slice.jsonl',
  csrf: null,
  content: html`${textInput({ locale, name: 'from', label: words.from, hint: words.day, type: 'date', value: from, width: 10 })}
${textInput({ locale, name: 'to', label: words.to, hint: words.day, type: 'date', value: to, width: 10 })}
${button({ text: words.download })}`,
})}
<h2>${words.proofTitle}</h2>
<ol>${words.proof.map((step) => html`<li>${step}</li>`)}</ol>
<h2>${words.command}</h2>
<pre tabindex="0"><code>npx socle log verify socle-slice.jsonl</code></pre>`,
  };
}
