// The API as a page for people: each address, what it takes and answers, and a link that tries it.
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { appMessages } from '../app.messages.ts';
import type { Endpoint } from './endpoints.rules.ts';

/** The page over all `endpoints`. */
export function apiDocsPage(locale: Locale, endpoints: readonly Endpoint[]): Page {
  const words = appMessages(locale).api;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<p><a href="/api/v1/openapi.json">${words.openapi}</a></p>
${endpoints.map(
  (endpoint) => html`<section aria-labelledby="${endpoint.id}">
<h2 id="${endpoint.id}"><code>${endpoint.method} ${endpoint.path}</code></h2>
<p>${endpoint.summary}</p>
${
  endpoint.parameters.length > 0 &&
  table({
    caption: `${words.parameters} · ${endpoint.method} ${endpoint.path}`,
    columns: [words.name, words.where, words.type, words.required, words.description].map((text) => ({
      text,
    })),
    rows: endpoint.parameters.map((parameter) => [
      html`<code>${parameter.name}</code>`,
      words.places[parameter.place],
      parameter.type,
      parameter.required ? words.yes : words.no,
      parameter.description,
    ]),
    locale,
  })
}
${endpoint.canBeTried && html`<p><a href="${endpoint.path}" aria-describedby="${endpoint.id}">${words.try}</a></p>`}
</section>`,
)}`,
  };
}
