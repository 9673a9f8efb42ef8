// The overview of one service, and the pages that ask before it is suspended, resumed or closed.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { hubMessages } from '../hub/hub.messages.ts';
import { issuerOf } from '../hub/realms.ts';
import { type ConfigurationText, discoveryOf } from './configuration.rules.ts';
import type { NextStep } from './next-steps.rules.ts';
import type { LiveCredentials } from './production.rules.ts';
import type { GrantOfService } from './resources.types.ts';
import { serviceCrumbs, serviceHead } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';
import type { NamedService } from './services.types.ts';

/** What the overview of a service shows. */
export interface ServiceView {
  readonly service: NamedService;
  readonly origin: string;
  readonly steps: readonly NextStep[];
  readonly live: LiveCredentials;
  readonly configurations: readonly ConfigurationText[];
  readonly resources: readonly GrantOfService[];
  readonly mayManage: boolean;
  readonly oversees: boolean;
}

const STEP_PATHS: Partial<Record<NextStep, string>> = {
  'add-address': '/edit',
  'add-key': '/keys',
  'add-secret': '/keys',
  'ask-production': '/review',
  'wait-review': '/review',
  'ask-claims': '/review',
};

/** The overview of a service. */
export function servicePage(locale: Locale, view: ServiceView): Page {
  const { service, mayManage, oversees } = view;
  const words = servicesMessages(locale).one;
  const { id, state } = service;
  const to = (path: string) => `/services/${id}${path}`;
  const isOpen = state !== 'closed';
  const actions = [
    mayManage && isOpen && button({ text: words.edit, href: to('/edit'), kind: 'secondary' }),
    oversees &&
      (state === 'test' || state === 'production') &&
      button({ text: words.suspend, href: to('/suspend'), kind: 'warning' }),
    oversees &&
      state === 'suspended' &&
      button({ text: words.resume, href: to('/resume'), kind: 'secondary' }),
    mayManage && isOpen && button({ text: words.close, href: to('/close'), kind: 'warning' }),
  ].filter((action) => action !== false);
  return {
    title: service.name,
    breadcrumbs: serviceCrumbs(locale),
    main: html`${serviceHead(locale, service, 'overview')}
${service.suspensionReason !== null && warningText({ locale, text: words.suspendedBecause(service.suspensionReason) })}
${stepsList(locale, view)}
<h2>${words.facts}</h2>
${facts(locale, view)}
${actions.length > 0 && buttonGroup(actions)}
<h2>${words.configuration}</h2>
${view.configurations.map(({ stack, text }, at) =>
  details({
    summary: words[stack],
    open: at === 0,
    content: html`<pre tabindex="0" role="region" aria-label="${words[stack]}"><code>${text}</code></pre>`,
  }),
)}
${service.realm === 'machines' ? resourcesTable(locale, view) : peopleParts(locale, service)}`,
  };
}

function stepsList(locale: Locale, { service, steps, mayManage }: ServiceView): Html | null {
  const words = servicesMessages(locale).one;
  if (steps.length === 0) return null;
  const items = steps.map((step) => {
    const path = mayManage ? STEP_PATHS[step] : undefined;
    const text = words.steps[step];
    if (step === 'ask-resource') return html`<li><a href="/resources">${text}</a></li>`;
    return path === undefined
      ? html`<li>${text}</li>`
      : html`<li><a href="/services/${service.id}${path}">${text}</a></li>`;
  });
  if (steps[0] === 'nothing' || steps[0] === 'suspended') {
    return html`<h2>${words.next}</h2>
<p>${words.steps[steps[0]]}</p>`;
  }
  return html`<h2>${words.next}</h2>
<ol class="govuk-list govuk-list--number">${items}</ol>`;
}

function facts(locale: Locale, { service, origin, live }: ServiceView): Html {
  const all = servicesMessages(locale);
  const words = all.one;
  const issuer = issuerOf(origin, service.realm);
  const rows = [
    { key: all.form.purpose, value: service.purpose },
    { key: all.realm, value: all.realms[service.realm] },
    { key: all.organisation, value: service.organisationName },
    { key: 'client_id', value: html`<code>${service.clientId}</code>` },
    { key: words.issuer, value: html`<code>${issuer}</code>` },
    {
      key: words.discovery,
      value: html`<a href="${discoveryOf(issuer)}"><code>${discoveryOf(issuer)}</code></a>`,
    },
    { key: words.method, value: all.methods[service.clientAuthentication] },
    {
      key: words.credentials,
      value: html`<a href="/services/${service.id}/keys">${words.credentialCount(formatNumber(locale, live.keys), formatNumber(locale, live.secrets))}</a>`,
    },
    ...(service.realm === 'machines' ? [] : [{ key: words.screen, value: all.screens[service.screen] }]),
    { key: words.contact, value: service.contactEmail },
    ...(service.homeUrl === null
      ? []
      : [
          {
            key: words.home,
            value: html`<a href="${service.homeUrl}" rel="noreferrer">${service.homeUrl}</a>`,
          },
        ]),
  ];
  return summaryList({ rows });
}

function peopleParts(locale: Locale, service: NamedService): Html {
  const words = servicesMessages(locale).one;
  const names: Readonly<Record<string, string>> = hubMessages(locale).claims;
  const list = (addresses: readonly string[]) =>
    addresses.length === 0
      ? words.noAddress
      : html`<ul class="govuk-list">${addresses.map((address) => html`<li><code>${address}</code></li>`)}</ul>`;
  const state = (isGranted: boolean) => {
    if (isGranted) return tag({ text: words.granted, tone: 'good' });
    return service.state === 'test'
      ? tag({ text: words.inTest, tone: 'info' })
      : tag({ text: words.notGranted, tone: 'warning' });
  };
  return html`<h2>${words.addresses}</h2>
${summaryList({
  rows: [
    { key: words.redirectUris, value: list(service.redirectUris) },
    { key: words.postLogoutRedirectUris, value: list(service.postLogoutRedirectUris) },
    {
      key: words.backchannelLogoutUri,
      value: list(service.backchannelLogoutUri === null ? [] : [service.backchannelLogoutUri]),
    },
  ],
})}
${table({
  locale,
  caption: words.claims,
  columns: [{ text: words.claim }, { text: words.reason }, { text: servicesMessages(locale).state }],
  rows: service.claims.map(({ claim, reason, grantedAt }) => [
    html`${names[claim] ?? claim} <code>${claim}</code>`,
    reason,
    state(grantedAt !== null),
  ]),
  empty: words.noClaims,
})}`;
}

function resourcesTable(locale: Locale, { resources }: ServiceView): Html {
  const words = servicesMessages(locale).one;
  return table({
    locale,
    caption: words.resources,
    columns: [{ text: words.resource }, { text: words.scopes }],
    rows: resources.map(({ resourceId, identifier, name, scopes }) => [
      html`<a href="/resources/${resourceId}">${name}</a><br><code>${identifier}</code>`,
      html`<code>${scopes.join(' ')}</code>`,
    ]),
    empty: words.noResources,
  });
}

/** What is asked before: to suspend, to resume, to close. */
export type StateChange = 'suspend' | 'resume' | 'close';

/** The page that asks before a service is suspended, resumed or closed. */
export function stateChangePage(
  locale: Locale,
  {
    csrf,
    service,
    change,
    reason,
    faults,
  }: {
    csrf: Html;
    service: NamedService;
    change: StateChange;
    reason: string;
    faults: readonly FieldError[];
  },
): Page {
  const all = servicesMessages(locale);
  const words = all.stateForms;
  const title = words[`${change}Title`](service.name);
  const lead = words[`${change}Lead`];
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: serviceCrumbs(locale, service),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${change === 'resume' ? html`<p>${lead}</p>` : warningText({ locale, text: lead })}
${form({
  action: `/services/${service.id}/${change}`,
  csrf,
  content: html`${
    change !== 'close' &&
    textarea({
      locale,
      name: 'reason',
      label: words.reason,
      value: reason,
      limit: 1000,
      error: faultOf(locale, faults, 'reason'),
    })
  }
${buttonGroup([
  button({ text: all.one[change], kind: change === 'resume' ? 'primary' : 'warning' }),
  html`<a href="/services/${service.id}">${all.form.cancel}</a>`,
])}`,
})}`,
  };
}
