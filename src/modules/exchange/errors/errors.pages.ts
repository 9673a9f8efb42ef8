// The pages that explain the refusals of the gateway.
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { codeBlock } from '../catalogue/api-parts.pages.ts';
import { exchangeCrumb } from '../entry/entry.pages.ts';
import { GATEWAY_ERRORS, type GatewayErrorCode } from '../gateway-errors.ts';
import { errorsMessages } from './errors.messages.ts';

const PATH = '/exchange/errors';

/** The list of all refusals. */
export function errorsPage(locale: Locale): Page {
  const words = errorsMessages(locale);
  return {
    title: words.title,
    breadcrumbs: [exchangeCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.refusal }, { text: words.status }, { text: words.meaning }],
  rows: Object.entries(GATEWAY_ERRORS).map(([code, { status, title, explanation }]) => [
    html`<a href="${PATH}/${code}">${title[locale]}</a><br><code>${code}</code>`,
    String(status),
    explanation[locale],
  ]),
})}
${dataLinks({ locale, csv: `${PATH}.csv`, json: '/api/v1/exchange/errors' })}`,
  };
}

/** One refusal. `origin` is where Socle is reached. */
export function errorPage(
  locale: Locale,
  { code, origin }: { readonly code: GatewayErrorCode; readonly origin: string },
): Page {
  const words = errorsMessages(locale);
  const { status, title, explanation, remedy } = GATEWAY_ERRORS[code];
  const problem = { type: `${origin}${PATH}/${code}`, title: title.en, status, code, traceId: '…' };
  return {
    title: title[locale],
    breadcrumbs: [exchangeCrumb(locale), { text: words.title, href: PATH }],
    main: html`<h1>${title[locale]}</h1>
${summaryList({
  rows: [
    { key: words.code, value: html`<code>${code}</code>` },
    { key: words.status, value: String(status) },
    { key: words.meaning, value: explanation[locale] },
    { key: words.remedy, value: remedy[locale] },
  ],
})}
<p>${code === 'log-unavailable' ? words.recordedNot : words.recorded}</p>
<h2>${words.received}</h2>
<p>${words.receivedText}</p>
${codeBlock(words.received, JSON.stringify(problem, null, 2))}
${dataLinks({ locale, json: `/api/v1/exchange/errors/${code}` })}`,
  };
}
