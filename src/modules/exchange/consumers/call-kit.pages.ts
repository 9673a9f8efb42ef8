// The page that teaches to call one API under one accreditation: command lines and a typed client to copy.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { type Html, html } from '#ui/html.ts';
import type { AccreditationStage } from '../accreditations/accreditations.types.ts';
import { codeBlock } from '../catalogue/api-parts.pages.ts';
import { exchangeCrumb } from '../entry/entry.pages.ts';
import { CONSUMER_ROOM, kitAddress } from './consumer.pages.ts';
import { consumersMessages } from './consumers.messages.ts';

/** What is to copy. */
export interface CallTexts {
  readonly version: string;
  readonly clientId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly bySecret: boolean;
  readonly token: string;
  /** Null where the document has no call to try. */
  readonly call: string | null;
  readonly use: string;
}

/** What the page shows. */
export interface KitView {
  readonly number: number;
  readonly stage: AccreditationStage;
  readonly purpose: string;
  readonly slug: string;
  readonly apiName: string;
  readonly scopeTitles: readonly string[];
  /** Null, with why, where nothing can be called yet. */
  readonly texts: CallTexts | 'no-service' | 'no-version';
}

/** The page. */
export function kitPage(locale: Locale, view: KitView): Page {
  const words = consumersMessages(locale);
  const { kit } = words;
  const { number, stage, purpose, slug, apiName, scopeTitles, texts } = view;
  const title = kit.title(apiName);
  const shown = typeof texts === 'string' ? null : texts;
  return {
    title,
    breadcrumbs: [exchangeCrumb(locale), { text: words.title, href: CONSUMER_ROOM }],
    main: html`<h1>${title}</h1>
<p class="socle-lead">${kit.lead}</p>
${summaryList({
  rows: [
    {
      key: kit.accreditation,
      value: html`${words.accreditationOf(formatNumber(locale, number))}<br>${purpose}`,
    },
    { key: kit.environment, value: stage === 'sandbox' ? kit.sandboxText : kit.productionText },
    {
      key: words.scopes,
      value: html`<ul class="govuk-list">${scopeTitles.map((scope) => html`<li>${scope}</li>`)}</ul>`,
    },
    ...(shown === null
      ? []
      : [
          { key: kit.version, value: shown.version },
          {
            key: kit.service,
            value: html`<a href="/services/${shown.serviceId}">${shown.serviceName}</a><br><code>${shown.clientId}</code>`,
          },
        ]),
  ],
})}
${shown === null ? html`<p>${texts === 'no-service' ? kit.noService : kit.noVersion}</p>` : copies(locale, shown, kitAddress(number, slug, '/client.ts'))}`,
  };
}

function copies(locale: Locale, texts: CallTexts, clientHref: string): Html {
  const { kit } = consumersMessages(locale);
  const { bySecret, serviceId, token, call, use } = texts;
  return html`${
    bySecret
      ? html`<h2>${kit.secret}</h2>
<p>${kit.secretText} <a href="/services/${serviceId}">${consumersMessages(locale).seeKeys}</a></p>
${codeBlock(kit.secret, 'read -rs CLIENT_SECRET; export CLIENT_SECRET')}`
      : html`<p>${kit.keyText}</p>`
  }
<h2>${kit.token}</h2>
${codeBlock(kit.token, token)}
${
  call !== null &&
  html`<h2>${kit.call}</h2>
<p>${kit.callText}</p>
${codeBlock(kit.call, call)}`
}
<h2>${kit.client}</h2>
<p>${kit.clientText}</p>
${button({ text: kit.download, href: clientHref })}
<h3>${kit.use}</h3>
${codeBlock(kit.use, use)}`;
}
