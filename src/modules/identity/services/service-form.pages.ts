// The form that registers a service or changes one, and the question that comes before it.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { hubMessages } from '../hub/hub.messages.ts';
import { ASSURANCES, claimsOf, REALMS, type Realm } from '../hub/realms.ts';
import type { ServiceForm } from './service-form.rules.ts';
import { serviceCrumbs } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';
import { claimField } from './services.rules.ts';
import { CLIENT_AUTHENTICATIONS, type NamedService, SCREENS, SIGNATURE_ALGS } from './services.types.ts';

/** The first question of a new service: whose sign-in it asks for. */
export function realmPage(locale: Locale, mayRegister: boolean): Page {
  const words = servicesMessages(locale);
  return {
    title: words.form.realmTitle,
    breadcrumbs: serviceCrumbs(locale),
    main: html`<h1>${words.add}</h1>
${
  mayRegister
    ? form({
        action: '/services/new',
        csrf: null,
        content: html`${radios({
          locale,
          name: 'realm',
          label: words.form.realmTitle,
          value: 'agents',
          items: REALMS.map((realm) => ({
            value: realm,
            text: words.realms[realm],
            hint: words.realmHints[realm],
          })),
        })}
${button({ text: words.form.continue })}`,
      })
    : html`<p>${words.form.noOrganisation}</p>`
}`,
  };
}

/** What the form of a service needs. */
export interface ServiceFormView {
  readonly csrf: Html;
  readonly realm: Realm;
  /** Null for a new one. */
  readonly before: NamedService | null;
  readonly typed: ServiceForm;
  readonly faults: readonly FieldError[];
  /** The organisations that a new one may belong to. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

/** The form that registers a service, or changes one. */
export function serviceFormPage(locale: Locale, view: ServiceFormView): Page {
  const { csrf, realm, before, typed, faults, organisations } = view;
  const { form: words, realms } = servicesMessages(locale);
  const title = before === null ? words.addTitle(realms[realm]) : words.editTitle(before.name);
  const back = before === null ? '/services' : `/services/${before.id}`;
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: serviceCrumbs(locale, before ?? undefined),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({
  action: before === null ? '/services/new' : `/services/${before.id}/edit`,
  csrf,
  content: html`${
    before === null &&
    html`<input type="hidden" name="realm" value="${realm}">
${select({
  locale,
  name: 'organisationId',
  label: servicesMessages(locale).organisation,
  value: typed.organisationId,
  ...(organisations.length === 1 ? {} : { placeholder: true as const }),
  items: organisations.map(({ id, name }) => ({ value: id, text: name })),
  error: faultOf(locale, faults, 'organisationId'),
})}`
  }
${description(locale, typed, faults)}
${realm !== 'machines' && addresses(locale, typed, faults)}
${proof(locale, realm, typed, faults)}
${tokens(locale, realm, typed, faults)}
${realm !== 'machines' && claims(locale, view)}
${buttonGroup([button({ text: words.save }), html`<a href="${back}">${words.cancel}</a>`])}`,
})}`,
  };
}

type Faults = readonly FieldError[];

function line(
  locale: Locale,
  typed: ServiceForm,
  faults: Faults,
  name: string,
  label: string,
  more: object = {},
): Html {
  const value = typed[name] ?? '';
  return textInput({ locale, name, label, value, error: faultOf(locale, faults, name), ...more });
}

function several(
  locale: Locale,
  typed: ServiceForm,
  faults: Faults,
  name: string,
  label: string,
  more: object = {},
): Html {
  const value = typed[name] ?? '';
  return textarea({ locale, name, label, value, error: faultOf(locale, faults, name), rows: 3, ...more });
}

function description(locale: Locale, typed: ServiceForm, faults: Faults): Html {
  const { form: words, name } = servicesMessages(locale);
  return html`<h2>${words.describe}</h2>
${line(locale, typed, faults, 'name', name, { hint: words.nameHint })}
${several(locale, typed, faults, 'purpose', words.purpose, { limit: 1000 })}
${line(locale, typed, faults, 'contactEmail', words.contactEmail, { hint: words.contactHint, type: 'email', autocomplete: 'email' })}
${line(locale, typed, faults, 'homeUrl', words.homeUrl, { type: 'url', optional: true, spellcheck: false })}`;
}

function addresses(locale: Locale, typed: ServiceForm, faults: Faults): Html {
  const { form: words } = servicesMessages(locale);
  return html`<h2>${words.addresses}</h2>
${several(locale, typed, faults, 'redirectUris', words.redirectUris, { hint: words.redirectHint, spellcheck: false })}
${several(locale, typed, faults, 'postLogoutRedirectUris', words.postLogoutRedirectUris, { hint: words.oneALine, optional: true, spellcheck: false })}
${line(locale, typed, faults, 'backchannelLogoutUri', words.backchannelLogoutUri, { hint: words.backchannelHint, type: 'url', optional: true, spellcheck: false })}`;
}

function proof(locale: Locale, realm: Realm, typed: ServiceForm, faults: Faults): Html {
  const { form: words, methods, methodHints } = servicesMessages(locale);
  const offered = CLIENT_AUTHENTICATIONS.filter((method) => realm !== 'machines' || method !== 'none');
  return html`<h2>${words.proof}</h2>
${radios({
  locale,
  name: 'clientAuthentication',
  label: words.clientAuthentication,
  value: typed.clientAuthentication,
  items: offered.map((method) => ({ value: method, text: methods[method], hint: methodHints[method] })),
  error: faultOf(locale, faults, 'clientAuthentication'),
})}
${line(locale, typed, faults, 'jwksUri', words.jwksUri, { hint: words.jwksHint, type: 'url', optional: true, spellcheck: false })}
${line(locale, typed, faults, 'tlsSubject', words.tlsSubject, { hint: words.tlsHint, optional: true, spellcheck: false })}`;
}

function tokens(locale: Locale, realm: Realm, typed: ServiceForm, faults: Faults): Html {
  const { form: words, screens, screenHints } = servicesMessages(locale);
  const { assurances } = hubMessages(locale);
  const choice = (name: string, label: string, items: readonly { value: string; text: string }[]) =>
    radios({
      locale,
      name,
      label,
      value: typed[name] ?? '',
      items,
      error: faultOf(locale, faults, name),
    });
  const binding = radios({
    locale,
    name: 'binding',
    label: words.binding,
    value: typed.binding,
    items: (['none', 'dpop', 'certificate'] as const).map((value) => ({
      value,
      text: words.bindings[value],
    })),
    error: faultOf(locale, faults, 'dpopBound'),
  });
  if (realm === 'machines')
    return html`<h2>${words.tokens}</h2>
${binding}`;
  return html`<h2>${words.tokens}</h2>
${choice(
  'idTokenAlg',
  words.idTokenAlg,
  SIGNATURE_ALGS.map((alg) => ({ value: alg, text: alg })),
)}
${choice('userinfoAlg', words.userinfoAlg, [
  { value: '', text: words.userinfoJson },
  ...SIGNATURE_ALGS.map((alg) => ({ value: alg, text: words.userinfoJwt(alg) })),
])}
${select({
  locale,
  name: 'leastAssurance',
  label: words.leastAssurance,
  value: typed.leastAssurance,
  placeholder: words.noLevel,
  items: ASSURANCES.map((level) => ({ value: level, text: `${level} (${assurances[level]})` })),
  error: faultOf(locale, faults, 'leastAssurance'),
})}
${radios({
  locale,
  name: 'screen',
  label: words.screen,
  value: typed.screen,
  items: SCREENS.map((screen) => ({ value: screen, text: screens[screen], hint: screenHints[screen] })),
  error: faultOf(locale, faults, 'screen'),
})}
${checkbox({ locale, name: 'mayRefresh', label: words.mayRefresh, checked: typed.mayRefresh !== '' })}
${binding}`;
}

function claims(locale: Locale, { realm, before, typed, faults }: ServiceFormView): Html {
  const { form: words } = servicesMessages(locale);
  const names: Readonly<Record<string, string>> = hubMessages(locale).claims;
  const more = before?.state === 'production' ? ` ${words.claimsInProduction}` : '';
  return html`<h2 id="claims">${words.claims}</h2>
<p>${words.claimsHint}${more}</p>
${claimsOf(realm).map((claim) =>
  line(locale, typed, faults, claimField(claim), `${names[claim] ?? claim} (${claim})`, { optional: true }),
)}`;
}
