// The form by which a passkey is added or gives its proof. It stays hidden until passkey.js has found that the browser can.
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { type Html, html } from '#ui/html.ts';
import { identityMessages } from './identity.messages.ts';

/** What the form needs; `options` is the JSON that the browser hands to the device. */
export interface PasskeyFormOptions {
  readonly csrf: Html;
  readonly action: string;
  readonly does: 'add' | 'prove';
  readonly options: string;
  readonly submit: string;
  readonly fields?: Html;
}

/** The form, and the sentence that stands in its place without JavaScript. */
export function passkeyForm(
  locale: Locale,
  { csrf, action, does, options, submit, fields }: PasskeyFormOptions,
): Html {
  const words = identityMessages(locale).secondFactor;
  return html`<p data-passkey-missing>${words.passkeyNeedsScript}</p>
<form method="post" action="${action}" data-passkey="${does}" data-options="${options}" hidden>${csrf}
<input type="hidden" name="response" value="">
${fields}
<p role="alert" data-passkey-failed hidden>${words.passkeyFailed}</p>
${button({ text: submit })}
</form>`;
}
