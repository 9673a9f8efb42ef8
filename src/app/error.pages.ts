// The page of an error: what is wrong, and what to do next. It shows the public text alone.
import type { SocleError } from '#platform/errors.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { html } from '#ui/html.ts';
import { appMessages } from './app.messages.ts';

/** The page that answers a refused or failed request with `status`. */
export function errorPage({
  locale,
  refusal,
  status,
  requestId,
}: {
  locale: Locale;
  refusal: SocleError;
  status: number;
  requestId: string;
}): Page {
  const words = appMessages(locale).error;
  const title = words.titles[status as keyof typeof words.titles] ?? words.titles[400];
  return {
    title,
    main: html`<h1>${title}</h1>
<p class="socle-lead">${refusal.publicText(locale)}</p>
${refusal.fields.length > 0 && html`<h2>${words.what}</h2><ul>${refusal.fields.map(({ field, text }) => html`<li><code>${field}</code> ${text[locale]}</li>`)}</ul>`}
<p>${words.next}</p>
<p><a href="/">${words.home}</a>${refusal.kind === 'unauthenticated' && html` · <a href="/sign-in">${words.signIn}</a>`}</p>
<p><small>${words.reference(requestId)}</small></p>`,
  };
}
