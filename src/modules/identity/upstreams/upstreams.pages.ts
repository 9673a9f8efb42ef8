// What administrators see of a sign-in provider, and the form by which they record or change one.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { passwordInput } from '#ui/components/password-input.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { ASSURANCES } from '../hub/realms.ts';
import type { DiscoveryLook } from './upstream-discovery.types.ts';
import { faultAsRead, faultOfLook, upstreamsMessages } from './upstreams.messages.ts';
import { CLIENT_AUTHENTICATIONS, type Upstream, type UpstreamInput } from './upstreams.types.ts';

/** What administrators see of a provider beside what everyone does. */
export interface UpstreamSettingsView {
  readonly upstream: Upstream;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly sharedDomains: readonly { readonly domain: string; readonly others: readonly string[] }[];
  readonly look: DiscoveryLook;
  readonly lastFaults: readonly {
    readonly checkedAt: Date;
    readonly milliseconds: number | null;
    readonly fault: string | null;
  }[];
  /** Socle's own origin; null where it is not known. */
  readonly origin: string | null;
  readonly timeZone: string;
}

function addresses(
  { upstream, origin }: UpstreamSettingsView,
  words: ReturnType<typeof upstreamsMessages>,
): Html {
  const { id, realm, clientAuthentication } = upstream;
  const at = (path: string) => html`<code>${origin ?? ''}${path}</code>`;
  return html`<h3>${words.toRegister}</h3>
${origin === null && inset(words.noOrigin)}
${summaryList({
  rows: [
    { key: words.redirectUri, value: at(`/connect/${realm}/callback`) },
    { key: words.logoutUri, value: at(`/connect/${realm}/upstreams/${id}/logout`) },
    ...(clientAuthentication === 'private_key_jwt'
      ? [{ key: words.jwksUri, value: at(`/connect/keys/${id}`) }]
      : []),
  ],
})}`;
}

function findings(locale: Locale, look: DiscoveryLook): Html {
  const words = upstreamsMessages(locale);
  if (look.fault !== null) {
    return html`<h3>${words.found}</h3>
${warningText({ locale, text: html`${words.wrong}. ${faultOfLook(look)[locale]}` })}`;
  }
  const { findings: found } = look;
  const yesNo = (value: boolean) => (value ? words.yes : words.no);
  const address = (value: string | null) => (value === null ? words.none : html`<code>${value}</code>`);
  return html`<h3>${words.found}</h3>
<p>${words.foundIn(formatNumber(locale, look.milliseconds))}</p>
${summaryList({
  rows: [
    { key: words.issuer, value: address(found.issuer) },
    { key: words.authorizationEndpoint, value: address(found.authorizationEndpoint) },
    { key: words.tokenEndpoint, value: address(found.tokenEndpoint) },
    { key: words.userinfoEndpoint, value: address(found.userinfoEndpoint) },
    { key: words.endSessionEndpoint, value: address(found.endSessionEndpoint) },
    { key: words.algorithms, value: found.algorithms.join(', ') },
    { key: words.keys, value: formatNumber(locale, found.keys) },
    { key: words.takesPkce, value: found.takesPkce === null ? words.notSaid : yesNo(found.takesPkce) },
    { key: words.namesItself, value: yesNo(found.namesItself) },
    { key: words.tellsOfLogout, value: yesNo(found.tellsOfLogout) },
  ],
})}`;
}

/** The part of a provider's page that administrators alone see. */
export function settingsPart(locale: Locale, view: UpstreamSettingsView): Html {
  const words = upstreamsMessages(locale);
  const { upstream, organisations, sharedDomains, lastFaults, timeZone } = view;
  const yesNo = (value: boolean) => (value ? words.yes : words.no);
  const list = (items: readonly Html[]) =>
    items.length === 0
      ? words.none
      : html`<ul class="govuk-list">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  const agents = [
    { key: words.domains, value: list(upstream.domains.map((domain) => html`${domain}`)) },
    {
      key: words.organisations,
      value: list(organisations.map(({ id, name }) => html`<a href="/organisations/${id}">${name}</a>`)),
    },
    { key: words.vouchesForOrganisation, value: yesNo(upstream.vouchesForOrganisation) },
    { key: words.vouchesForSecondFactor, value: yesNo(upstream.vouchesForSecondFactor) },
  ];
  return html`<h2>${words.settings}</h2>
${upstream.isDemonstration && inset(words.demonstration)}
${upstream.isEnabled && upstream.realm === 'agents' && upstream.domains.length === 0 && warningText({ locale, text: words.noDomain })}
${
  sharedDomains.length > 0 &&
  warningText({
    locale,
    text: html`${words.sharedDomains} ${sharedDomains.map(({ domain, others }) => words.sharedDomain(domain, others.join(', '))).join(' ; ')}`,
  })
}
${summaryList({
  rows: [
    { key: words.issuer, value: html`<code>${upstream.issuer}</code>` },
    { key: words.clientId, value: html`<code>${upstream.clientId}</code>` },
    { key: words.clientAuthentication, value: words.clientAuthentications[upstream.clientAuthentication] },
    { key: words.scopes, value: html`<code>${upstream.scopes}</code>` },
    ...(upstream.realm === 'agents'
      ? agents
      : [{ key: words.bestAssurance, value: words.assurances[upstream.bestAssurance] }]),
    { key: words.enabled, value: yesNo(upstream.isEnabled) },
  ],
})}
${button({ text: words.edit, href: `/sign-in-providers/${upstream.id}/edit`, kind: 'secondary' })}
${addresses(view, words)}
${findings(locale, view.look)}
<h3>${words.lastFaults}</h3>
${table({
  locale,
  caption: words.lastFaults,
  captionHidden: true,
  columns: [{ text: words.moment }, { text: words.fault }, { text: words.took, numeric: true }],
  rows: lastFaults.map(({ checkedAt, fault, milliseconds }) => [
    formatDateTime(locale, checkedAt, timeZone),
    fault && faultAsRead(locale, fault),
    milliseconds === null ? '' : words.milliseconds(formatNumber(locale, milliseconds)),
  ]),
  empty: words.noFault,
})}`;
}

/** The form that records a provider (`before` is null) or changes one. A secret is never in it. */
export function upstreamFormPage(
  locale: Locale,
  {
    csrf,
    before,
    typed,
    faults,
  }: { csrf: Html; before: Upstream | null; typed: UpstreamInput; faults: readonly FieldError[] },
): Page {
  const words = upstreamsMessages(locale);
  const title = before === null ? words.addTitle : words.editTitle(before.name);
  const back = before === null ? '/sign-in-providers' : `/sign-in-providers/${before.id}`;
  const common = (name: keyof UpstreamInput, label: string) => ({
    locale,
    name,
    label,
    error: faultOf(locale, faults, name),
  });
  const tick = (name: 'vouchesForOrganisation' | 'vouchesForSecondFactor' | 'isEnabled', hint: string) =>
    checkbox({ ...common(name, words[name]), checked: typed[name], hint });
  const content = [
    textInput({ ...common('name', words.nameLabel), value: typed.name }),
    radios({
      ...common('realm', words.realmLabel),
      value: typed.realm,
      items: (['agents', 'citizens'] as const).map((realm) => ({
        value: realm,
        text: words.realms[realm],
        hint: words.realmHints[realm],
      })),
    }),
    textInput({
      ...common('issuer', words.issuer),
      value: typed.issuer,
      hint: words.issuerHint,
      inputMode: 'url',
      spellcheck: false,
      readOnly: before?.isDemonstration === true,
    }),
    textInput({
      ...common('clientId', words.clientId),
      value: typed.clientId,
      hint: words.clientIdHint,
      spellcheck: false,
    }),
    radios({
      ...common('clientAuthentication', words.clientAuthentication),
      value: typed.clientAuthentication,
      items: CLIENT_AUTHENTICATIONS.map((way) => ({
        value: way,
        text: words.clientAuthentications[way],
        hint: words.clientAuthenticationHints[way],
      })),
    }),
    passwordInput({
      ...common('clientSecret', words.clientSecret),
      hint: before === null ? words.clientSecretHint : words.clientSecretKept,
      autocomplete: 'new-password',
      optional: true,
    }),
    textInput({
      ...common('scopes', words.scopes),
      value: typed.scopes,
      hint: words.scopesHint,
      spellcheck: false,
    }),
    textarea({
      ...common('domains', words.domains),
      value: typed.domains,
      hint: words.domainsHint,
      optional: true,
      spellcheck: false,
    }),
    textarea({
      ...common('organisations', words.organisations),
      value: typed.organisations,
      hint: words.organisationsHint,
      optional: true,
      spellcheck: false,
    }),
    fieldset({
      legend: words.vouches,
      content: [
        tick('vouchesForOrganisation', words.vouchesForOrganisationHint),
        tick('vouchesForSecondFactor', words.vouchesForSecondFactorHint),
      ],
    }),
    select({
      ...common('bestAssurance', words.bestAssurance),
      value: typed.bestAssurance,
      items: ASSURANCES.map((level) => ({ value: level, text: words.assurances[level] })),
    }),
    tick('isEnabled', words.isEnabledHint),
    buttonGroup([
      button({ text: words.save }),
      html`<a class="govuk-link" href="${back}">${words.cancel}</a>`,
    ]),
  ];
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: [
      { text: words.title, href: '/sign-in-providers' },
      ...(before === null ? [] : [{ text: before.name, href: back }]),
    ],
    scripts: ['password-input.js'],
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({ action: before === null ? '/sign-in-providers/new' : `${back}/edit`, csrf, content })}`,
  };
}
