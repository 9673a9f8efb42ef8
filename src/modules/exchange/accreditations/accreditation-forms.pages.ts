// The pages that ask before something is done to an accreditation or a client, and the one that adds a client.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { accreditationAddress } from './accreditation-address.ts';
import { accreditationCrumbs } from './accreditation-parts.pages.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import type { Accreditation, MachineClient } from './accreditations.types.ts';

/** What is asked before it is done. */
export type Question = 'revoke' | 'withdraw' | 'restore' | 'remove' | 'revokeClient' | 'restoreClient';

/** What a page that asks needs. */
export interface QuestionView {
  readonly csrf: Html;
  readonly accreditation: Pick<Accreditation, 'number'>;
  readonly question: Question;
  /** What it is about: the accreditation's number, a scope's title, a client's name. */
  readonly about: string;
  /** Where the form goes, after the accreditation's address. */
  readonly path: string;
  readonly reason: string;
  readonly faults: readonly FieldError[];
}

/** The page that asks why, and whether. */
export function questionPage(locale: Locale, view: QuestionView): Page {
  const { csrf, accreditation, question, about, path, reason, faults } = view;
  const { ask } = accreditationsMessages(locale);
  const words = ask[question];
  const title = words.title(about);
  const undoes = question === 'restore' || question === 'restoreClient';
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: accreditationCrumbs(locale, { accreditation }),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p>${words.text}</p>
${form({
  action: accreditationAddress(accreditation.number, path),
  csrf,
  content: html`${
    question !== 'remove' &&
    textarea({
      locale,
      name: 'reason',
      label: ask.reason,
      hint: ask.reasonHint,
      value: reason,
      rows: 4,
      limit: 2000,
      error: faultOf(locale, faults, 'reason'),
    })
  }
${buttonGroup([
  button({ text: words.submit, kind: undoes ? 'primary' : 'warning' }),
  html`<a href="${accreditationAddress(accreditation.number)}">${ask.cancel}</a>`,
])}`,
})}`,
  };
}

/** The page on which a client is put under an accreditation. */
export function addClientPage(
  locale: Locale,
  {
    csrf,
    accreditation,
    machines,
    typed,
    faults,
  }: {
    readonly csrf: Html;
    readonly accreditation: Pick<Accreditation, 'number'>;
    readonly machines: readonly MachineClient[];
    readonly typed: string;
    readonly faults: readonly FieldError[];
  },
): Page {
  const words = accreditationsMessages(locale);
  const { add, ask, one } = words;
  const back = html`<a href="${accreditationAddress(accreditation.number)}">${ask.cancel}</a>`;
  const register = html`<a href="/services/new?realm=machines">${add.register}</a>`;
  return {
    title: add.title,
    hasErrors: faults.length > 0,
    breadcrumbs: accreditationCrumbs(locale, { accreditation }),
    main: html`${faultSummary(locale, faults)}
<h1>${add.title}</h1>
<p>${add.lead(String(accreditation.number))}</p>
${
  machines.length === 0
    ? html`<p>${add.none}</p>
<p>${register}</p>`
    : form({
        action: accreditationAddress(accreditation.number, '/clients/new'),
        csrf,
        content: html`${radios({
          locale,
          name: 'clientId',
          label: add.client,
          value: typed,
          items: machines.map(({ clientId, name, state }) => ({
            value: clientId,
            text: name,
            hint: `${clientId} – ${one.serviceStates[state]}`,
          })),
          error: faultOf(locale, faults, 'clientId'),
        })}
<p>${register}</p>
${buttonGroup([button({ text: add.submit }), back])}`,
      })
}`,
  };
}
