// The pages of webhooks: their list, the form of a new one, its secret once, and one with its deliveries.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { codeBlock } from '../catalogue/api-parts.pages.ts';
import { webhooksMessages } from './webhooks.messages.ts';
import type { DeliveryState, Webhook, WebhookDelivery } from './webhooks.types.ts';

/** Where webhooks are. */
export const WEBHOOKS = '/exchange/webhooks';

function crumbs(locale: Locale, { inList = true, webhook }: { inList?: boolean; webhook?: Webhook } = {}) {
  const words = webhooksMessages(locale);
  return [
    { text: words.room, href: '/exchange' },
    ...(inList ? [{ text: words.title, href: WEBHOOKS }] : []),
    ...(webhook ? [{ text: hostOf(webhook), href: `${WEBHOOKS}/${webhook.id}` }] : []),
  ];
}

function hostOf({ url }: Pick<Webhook, 'url'>): string {
  return URL.parse(url)?.host ?? url;
}

function stateTag(locale: Locale, { isEnabled }: Pick<Webhook, 'isEnabled'>): Html {
  const words = webhooksMessages(locale);
  return tag({
    text: isEnabled ? words.enabled : words.disabled,
    tone: isEnabled ? 'good' : 'neutral',
  });
}

/** The webhooks that the reader keeps. */
export function webhooksPage(
  locale: Locale,
  { items, timeZone }: { readonly items: readonly Webhook[]; readonly timeZone: string },
): Page {
  const words = webhooksMessages(locale);
  return {
    title: words.title,
    breadcrumbs: crumbs(locale, { inList: false }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${button({ text: words.add, href: `${WEBHOOKS}/new` })}
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.url }, { text: words.organisation }, { text: words.state }, { text: words.since }],
  rows: items.map((webhook) => [
    html`<a href="${WEBHOOKS}/${webhook.id}">${webhook.url}</a>`,
    webhook.organisationName,
    stateTag(locale, webhook),
    formatDate(locale, webhook.createdAt, timeZone),
  ]),
  empty: words.nothing,
})}`,
  };
}

/** The form of a new webhook. */
export function newWebhookPage(
  locale: Locale,
  {
    csrf,
    organisations,
    typed,
    faults,
  }: {
    readonly csrf: Html;
    readonly organisations: readonly { readonly id: string; readonly name: string }[];
    readonly typed: { readonly organisationId: string; readonly url: string };
    readonly faults: readonly FieldError[];
  },
): Page {
  const words = webhooksMessages(locale);
  const [only, another] = organisations;
  return {
    title: words.form.title,
    hasErrors: faults.length > 0,
    breadcrumbs: crumbs(locale),
    main: html`${faultSummary(locale, faults)}
<h1>${words.form.title}</h1>
${
  only === undefined
    ? html`<p>${words.form.none}</p>`
    : form({
        action: `${WEBHOOKS}/new`,
        csrf,
        content: html`${select({
          locale,
          name: 'organisationId',
          label: words.organisation,
          value: typed.organisationId || (another === undefined ? only.id : ''),
          ...(another === undefined ? {} : { placeholder: true as const }),
          items: organisations.map(({ id, name }) => ({ value: id, text: name })),
          error: faultOf(locale, faults, 'organisationId'),
        })}
${textInput({
  locale,
  name: 'url',
  label: words.url,
  hint: words.form.urlHint,
  type: 'url',
  value: typed.url,
  spellcheck: false,
  error: faultOf(locale, faults, 'url'),
})}
${buttonGroup([button({ text: words.form.submit }), html`<a href="${WEBHOOKS}">${words.form.cancel}</a>`])}`,
      })
}`,
  };
}

/** A secret in plain: the only time that it is shown. */
export function webhookSecretPage(
  locale: Locale,
  { id, secret, replaces }: { readonly id: string; readonly secret: string; readonly replaces: boolean },
): Page {
  const words = webhooksMessages(locale).secret;
  return {
    title: words.title,
    breadcrumbs: crumbs(locale),
    main: html`${notificationBanner({ locale, kind: 'success', text: words.lead })}
<h1>${words.title}</h1>
${codeBlock(words.label, secret)}
<p>${words.how}</p>
${replaces && html`<p>${words.both}</p>`}
${button({ text: words.back, href: `${WEBHOOKS}/${id}` })}`,
  };
}

/** What the page of a webhook shows. */
export interface WebhookView {
  readonly csrf: Html;
  readonly webhook: Webhook;
  readonly deliveries: readonly WebhookDelivery[];
  /** Id after which the next page starts; null on the last. */
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly timeZone: string;
}

/** A webhook, with its deliveries. */
export function webhookPage(locale: Locale, view: WebhookView): Page {
  const { csrf, webhook, next, isFirst, timeZone } = view;
  const words = webhooksMessages(locale);
  const { one } = words;
  const to = (path: string) => `${WEBHOOKS}/${webhook.id}${path}`;
  const act = (path: string, text: string, kind: 'primary' | 'secondary' = 'secondary') =>
    form({ action: to(path), csrf, content: button({ text, kind }) });
  const title = hostOf(webhook);
  return {
    title: `${words.title} – ${title}`,
    breadcrumbs: crumbs(locale),
    main: html`<h1>${title}</h1>
<h2>${one.facts}</h2>
${summaryList({
  rows: [
    { key: words.url, value: html`<code>${webhook.url}</code>` },
    { key: words.organisation, value: webhook.organisationName },
    { key: words.state, value: stateTag(locale, webhook) },
    { key: words.since, value: formatDate(locale, webhook.createdAt, timeZone) },
  ],
})}
${buttonGroup([
  webhook.isEnabled ? act('/test', one.test, 'primary') : act('/enable', one.enable, 'primary'),
  ...(webhook.isEnabled ? [act('/disable', one.disable)] : []),
  act('/secret', one.replace),
  button({ text: one.remove, href: to('/remove'), kind: 'secondary' }),
])}
<h2 id="deliveries">${one.deliveries}</h2>
<p>${one.deliveriesLead}</p>
${deliveriesTable(locale, view)}
${nextPage({
  locale,
  nextHref: next === null ? null : listAddress(to(''), { cursor: next }),
  ...(isFirst ? {} : { firstHref: to('') }),
})}`,
  };
}

const TONES: Record<DeliveryState, TagTone> = { waiting: 'info', delivered: 'good', 'given-up': 'bad' };

function deliveriesTable(locale: Locale, { csrf, webhook, deliveries, timeZone }: WebhookView): Html {
  const words = webhooksMessages(locale);
  const { one } = words;
  return table({
    locale,
    caption: one.deliveries,
    captionHidden: true,
    columns: [
      { text: one.event },
      { text: words.state },
      { text: one.attempts, numeric: true },
      { text: one.answer },
      { text: one.made },
      { text: one.next },
    ],
    rows: deliveries.map((delivery) => [
      html`${words.events[delivery.event]}<br><code>${delivery.event}</code>`,
      tag({ text: one.states[delivery.state], tone: TONES[delivery.state] }),
      formatNumber(locale, delivery.attempts),
      answerOf(locale, delivery),
      formatDateTime(locale, delivery.createdAt, timeZone),
      html`${followUp(locale, delivery, timeZone)}${
        webhook.isEnabled &&
        delivery.state !== 'waiting' &&
        form({
          action: `${WEBHOOKS}/${webhook.id}/deliveries/${delivery.id}/resend`,
          csrf,
          content: button({
            text: one.resend,
            hiddenText: `${delivery.event}, ${formatDateTime(locale, delivery.createdAt, timeZone)}`,
            kind: 'secondary',
            small: true,
          }),
        })
      }`,
    ]),
    empty: one.noDeliveries,
  });
}

function answerOf(locale: Locale, { lastStatus, lastError }: WebhookDelivery): string {
  const { one } = webhooksMessages(locale);
  if (lastStatus !== null) return one.status(String(lastStatus));
  return lastError === null ? one.notTried : one.notReached(lastError);
}

function followUp(
  locale: Locale,
  { state, nextAttemptAt, deliveredAt }: WebhookDelivery,
  timeZone: string,
): Html | null {
  const { one } = webhooksMessages(locale);
  if (state === 'waiting') return html`${one.nextAt(formatDateTime(locale, nextAttemptAt, timeZone))}`;
  if (deliveredAt === null) return null;
  return html`<p>${one.deliveredAt(formatDateTime(locale, deliveredAt, timeZone))}</p>`;
}

/** The page that asks before a webhook is removed. */
export function removeWebhookPage(
  locale: Locale,
  { csrf, webhook }: { readonly csrf: Html; readonly webhook: Webhook },
): Page {
  const words = webhooksMessages(locale);
  const { removing } = words;
  return {
    title: removing.title,
    breadcrumbs: crumbs(locale, { webhook }),
    main: html`<h1>${removing.title}</h1>
<p><code>${webhook.url}</code></p>
<p>${removing.text}</p>
${form({
  action: `${WEBHOOKS}/${webhook.id}/remove`,
  csrf,
  content: buttonGroup([
    button({ text: removing.submit, kind: 'warning' }),
    html`<a href="${WEBHOOKS}/${webhook.id}">${words.form.cancel}</a>`,
  ]),
})}`,
  };
}
