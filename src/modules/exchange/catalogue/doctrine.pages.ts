// The page that explains the technical doctrine: each rule, its weight, why it is there and what to mend.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { html } from '#ui/html.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import type { FindingSeverity } from './catalogue.types.ts';
import { DOCTRINE_MESSAGES } from './doctrine.messages.ts';
import { DOCTRINE } from './doctrine.rules.ts';
import { EXPLAINED_RULES } from './doctrine-rules.messages.ts';
import { STRUCTURE, weightOf } from './doctrine-score.rules.ts';

/** Where the doctrine is explained. */
export const DOCTRINE_PATH = '/exchange/doctrine';

/** The page; each rule has an anchor of its name. */
export function doctrinePage(locale: Locale): Page {
  const words = catalogueMessages(locale);
  const { doctrinePage: own, one } = words;
  const total = Object.keys(EXPLAINED_RULES).reduce((sum, name) => sum + weightOf(name), 0);
  const share = (name: string) => formatNumber(locale, Math.round((1000 * weightOf(name)) / total) / 10);
  return {
    title: own.title,
    breadcrumbs: [
      { text: words.home, href: '/exchange' },
      { text: words.title, href: '/apis' },
    ],
    main: html`<h1>${own.title}</h1>
<p class="socle-lead">${own.lead}</p>
<p>${own.score}</p>
${Object.entries(EXPLAINED_RULES).map(
  ([name, { name: title, why }]) => html`<h2 id="${name}">${title[locale]}</h2>
<p>${why[locale]}</p>
<p><strong>${own.mend}</strong> ${DOCTRINE_MESSAGES[name]?.[locale] ?? ''}</p>
<p class="govuk-hint">${own.weighs(one.severities[severityOf(name)], share(name))}</p>`,
)}`,
  };
}

function severityOf(name: string): FindingSeverity {
  return name === STRUCTURE ? 'error' : (DOCTRINE[name]?.severity ?? 'advice');
}
