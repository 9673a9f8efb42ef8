// The pages on which a second factor is added and recovery codes are shown once.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html, nothing, trusted } from '#ui/html.ts';
import { identityMessages } from './identity.messages.ts';
import { passkeyForm } from './passkey-form.pages.ts';
import type { TotpSetUp } from './totp.actions.ts';

/** The page that adds an application or a passkey; `totp` is null when there is an application already. */
export async function addFactorPage(
  locale: Locale,
  {
    csrf,
    path,
    isAtTheDoor,
    totp,
    passkeyOptions,
    faults,
  }: {
    csrf: Html;
    path: string;
    isAtTheDoor: boolean;
    totp: TotpSetUp | null;
    passkeyOptions: string;
    faults: readonly FieldError[];
  },
): Promise<Page> {
  const { setUp: words, account } = identityMessages(locale);
  const fields = textInput({
    locale,
    name: 'name',
    id: 'passkey-name',
    label: words.passkeyName,
    optional: true,
    maxLength: 60,
    width: 20,
  });
  return {
    title: words.title,
    hasErrors: faults.length > 0,
    scripts: ['passkey.js'],
    ...(isAtTheDoor ? {} : { breadcrumbs: [{ text: account.title, href: '/account' }] }),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
${isAtTheDoor && html`<p>${words.required}</p>`}
${
  totp === null
    ? nothing
    : html`<h2>${words.totpTitle}</h2>
<ol class="govuk-list govuk-list--number">${words.totpSteps.split('\n').map((step) => html`<li>${step}</li>`)}</ol>
${await picture(totp.address, words.qrAlt)}
<p>${words.secret} <code>${totp.secret}</code></p>
${form({
  action: `${path}/add/totp`,
  csrf,
  content: html`${textInput({ locale, name: 'code', label: words.code, autocomplete: 'one-time-code', inputMode: 'numeric', spellcheck: false, width: 10, error: faultOf(locale, faults, 'code') })}
${button({ text: words.submit })}`,
})}`
}
<h2>${words.passkeyTitle}</h2>
<p>${words.passkeyHelp}</p>
${passkeyForm(locale, { csrf, action: `${path}/add/passkey`, does: 'add', options: passkeyOptions, submit: words.passkey, fields })}`,
  };
}

/** The address as a picture for the application's camera: dark on light in both themes, since cameras need it so. */
async function picture(address: string, title: string): Promise<Html> {
  const { default: QRCode } = await import('qrcode');
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const margin = 4;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (modules.get(y, x)) path += `M${x + margin} ${y + margin}h1v1h-1z`;
    }
  }
  const side = size + 2 * margin;
  return html`<svg role="img" viewBox="0 0 ${side} ${side}" width="240" height="240" shape-rendering="crispEdges"><title>${title}</title><rect width="${side}" height="${side}" fill="#fff"/>${trusted(`<path d="${path}" fill="#000"/>`)}</svg>`;
}

/** The page that shows recovery codes, once. */
export function recoveryCodesPage(locale: Locale, codes: readonly string[], next: string): Page {
  const words = identityMessages(locale).recovery;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p>${words.lead}</p>
<ul class="govuk-list">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
${button({ text: words.continue, href: next })}`,
  };
}
