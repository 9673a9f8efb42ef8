// The accessibility statement (decree no. 2019-768) and the word on the source code.
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { html } from '#ui/html.ts';
import { appMessages } from '../app.messages.ts';

/** The statement that French law asks of each public site. */
export function accessibilityPage(locale: Locale): Page {
  const words = appMessages(locale).accessibility;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p>${words.commitment}</p>
<h2>${words.stateTitle}</h2>
<p>${words.state}</p>
<h2>${words.contactTitle}</h2>
<p>${words.contact}</p>
<h2>${words.remedyTitle}</h2>
<p>${words.remedy}</p>`,
  };
}

/** Where the source code is and what one may do with it. */
export function sourcePage(locale: Locale): Page {
  const words = appMessages(locale).source;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p>${words.lead}</p>
<p>${words.where}</p>`,
  };
}
