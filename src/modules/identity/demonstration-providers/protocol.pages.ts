// What a demonstration provider shows when it signs somebody out or refuses. Only what it is given.
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { html } from '#ui/html.ts';
import { demonstrationProviderMessages } from './providers.messages.ts';
import type { DemonstrationProvider } from './providers.types.ts';

/** The question whether to sign out; `xsrf` is the library's own token. */
export function signOutPage(
  locale: Locale,
  { provider, action, xsrf }: { provider: DemonstrationProvider; action: string; xsrf: string },
): Page {
  const { signOut: words, label, names } = demonstrationProviderMessages(locale);
  return {
    title: words.title(names[provider]),
    main: html`<h1>${words.title(names[provider])}</h1>
${warningText({ locale, text: label })}
<p>${words.lead}</p>
${form({ action, csrf: hiddenFields({ xsrf, logout: 'yes' }), content: button({ text: words.submit }) })}`,
  };
}

/** The page after signing out. */
export function signedOutPage(locale: Locale, { provider }: { provider: DemonstrationProvider }): Page {
  const { signedOut: words, label, names } = demonstrationProviderMessages(locale);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
${warningText({ locale, text: label })}
<p>${words.lead(names[provider])}</p>
<p><a href="/">${words.home}</a></p>`,
  };
}

/** A refusal. `code` is an error code of OAuth 2.0 or OpenID Connect, for whoever looks after the service. */
export function refusalPage(
  locale: Locale,
  { provider, code }: { provider: DemonstrationProvider; code: string },
): Page {
  const { refusal: words, label, names } = demonstrationProviderMessages(locale);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
${warningText({ locale, text: label })}
<p>${words.lead(names[provider])}</p>
<p>${words.code} <code>${code}</code></p>
<p><a href="/">${words.home}</a></p>`,
  };
}
