// The page of a service's keys and secrets, and the one that shows a new secret, once.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { serviceCrumbs, serviceHead } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';
import { MOST_KEYS, MOST_SECRETS } from './services.rules.ts';
import type { NamedService, ServiceKey, ServiceSecret } from './services.types.ts';

/** What the page of a service's keys and secrets shows. */
export interface CredentialsView {
  readonly csrf: Html;
  readonly service: NamedService;
  readonly keys: readonly ServiceKey[];
  readonly secrets: readonly ServiceSecret[];
  readonly mayManage: boolean;
  readonly timeZone: string;
  readonly faults: readonly FieldError[];
}

/** A service's keys and secrets. What was pasted and refused is not shown again: it may be a private key. */
export function credentialsPage(locale: Locale, view: CredentialsView): Page {
  const { service, faults } = view;
  const words = servicesMessages(locale).credentials;
  return {
    title: `${words.title} – ${service.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: serviceCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
${serviceHead(locale, service, 'credentials')}
${keysPart(locale, view)}
${secretsPart(locale, view)}`,
  };
}

function stateOf(
  locale: Locale,
  { timeZone }: CredentialsView,
  { revokedAt }: { readonly revokedAt: Date | null },
): Html {
  const words = servicesMessages(locale).credentials;
  return revokedAt === null
    ? tag({ text: words.live, tone: 'good' })
    : tag({ text: words.revoked(formatDate(locale, revokedAt, timeZone)), tone: 'neutral' });
}

function revoke(
  locale: Locale,
  { csrf, service, mayManage }: CredentialsView,
  kind: 'keys' | 'secrets',
  { id, revokedAt }: { readonly id: string; readonly revokedAt: Date | null },
  name: string,
): Html | string {
  if (!mayManage || revokedAt !== null || service.state === 'closed') return '';
  const words = servicesMessages(locale).credentials;
  return form({
    action: `/services/${service.id}/${kind}/${id}/revoke`,
    csrf,
    content: button({ text: words.revoke, hiddenText: name, kind: 'warning', small: true }),
  });
}

function keysPart(locale: Locale, view: CredentialsView): Html {
  const { csrf, service, keys, mayManage, timeZone, faults } = view;
  const words = servicesMessages(locale).credentials;
  const live = keys.filter(({ revokedAt }) => revokedAt === null).length;
  return html`<h2>${words.keysTitle}</h2>
<p>${words.keysLead}</p>
${service.jwksUri !== null && inset(html`<p>${words.jwksLead}</p><p><code>${service.jwksUri}</code></p>`)}
${table({
  locale,
  caption: words.keysTitle,
  captionHidden: true,
  columns: [
    { text: words.kid },
    { text: words.kind },
    { text: words.since },
    { text: words.state },
    ...(mayManage ? [{ text: words.actions }] : []),
  ],
  rows: keys.map((key) => [
    html`<code>${key.kid}</code>`,
    String(key.publicJwk.alg ?? key.publicJwk.kty),
    formatDate(locale, key.createdAt, timeZone),
    stateOf(locale, view, key),
    ...(mayManage ? [revoke(locale, view, 'keys', key, key.kid)] : []),
  ]),
  empty: words.noKeys,
})}
${
  mayManage &&
  service.state !== 'closed' &&
  live < MOST_KEYS &&
  form({
    action: `/services/${service.id}/keys`,
    csrf,
    content: html`${textarea({
      locale,
      name: 'key',
      label: words.key,
      hint: words.keyHint,
      rows: 6,
      spellcheck: false,
      error: faultOf(locale, faults, 'key'),
    })}
${button({ text: words.addKey })}`,
  })
}`;
}

function secretsPart(locale: Locale, view: CredentialsView): Html {
  const { csrf, service, secrets, mayManage, timeZone } = view;
  const words = servicesMessages(locale).credentials;
  const live = secrets.filter(({ revokedAt }) => revokedAt === null).length;
  return html`<h2>${words.secretsTitle}</h2>
<p>${words.secretsLead}</p>
${!service.clientAuthentication.startsWith('client_secret') && inset(words.notUsed)}
${table({
  locale,
  caption: words.secretsTitle,
  captionHidden: true,
  columns: [
    { text: words.ending },
    { text: words.since },
    { text: words.state },
    ...(mayManage ? [{ text: words.actions }] : []),
  ],
  rows: secrets.map((secret) => [
    html`<code>…${secret.ending}</code>`,
    formatDate(locale, secret.createdAt, timeZone),
    stateOf(locale, view, secret),
    ...(mayManage ? [revoke(locale, view, 'secrets', secret, `…${secret.ending}`)] : []),
  ]),
  empty: words.noSecrets,
})}
${
  mayManage &&
  service.state !== 'closed' &&
  live < MOST_SECRETS &&
  form({
    action: `/services/${service.id}/secrets`,
    csrf,
    content: button({ text: words.addSecret, kind: 'secondary' }),
  })
}`;
}

/** A new secret in plain: the only time that it is shown. */
export function newSecretPage(
  locale: Locale,
  { service, plain }: { service: NamedService; plain: string },
): Page {
  const words = servicesMessages(locale).credentials;
  return {
    title: words.shownTitle,
    breadcrumbs: serviceCrumbs(locale, service),
    main: html`${notificationBanner({ locale, kind: 'success', text: words.shownLead })}
<h1>${words.shownTitle}</h1>
<pre tabindex="0" role="region" aria-label="${words.shownLabel}"><code>${plain}</code></pre>
${button({ text: words.back, href: `/services/${service.id}/keys` })}`,
  };
}
