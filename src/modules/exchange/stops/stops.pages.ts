// Pages of stops: the list, and one with its effect. They only render.

import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatInstant, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { roomCrumbs } from '../producers/room-crumbs.ts';
import { delayOf, effectVerdict, isSilent } from './stop-effect.rules.ts';
import { flowInWords } from './stop-notices.mail.ts';
import { stopsMessages } from './stops.messages.ts';
import { stopStateAt } from './stops.rules.ts';
import type { EffectVerdict, GatewayEffect, LogPlace, Stop, StopEffect, StopState } from './stops.types.ts';

const TONES: Readonly<Record<StopState, TagTone>> = {
  'in-force': 'bad',
  resumed: 'neutral',
  ended: 'neutral',
};
const EFFECT_TONES: Readonly<Record<EffectVerdict, TagTone>> = {
  holds: 'good',
  breached: 'bad',
  'not-yet': 'neutral',
};

/** The way back up to the producer's room, and to the stops from under them. */
export function stopCrumbs(
  locale: Locale,
  { within }: { within: boolean },
): { text: string; href: string }[] {
  const words = stopsMessages(locale);
  return [
    ...roomCrumbs(locale, { within: true }),
    ...(within ? [{ text: words.title, href: '/exchange/producer/stops' }] : []),
  ];
}

/** Stops in a table, each with a link to its page. */
export function stopsTable(
  locale: Locale,
  stops: readonly Stop[],
  { now, timeZone, caption }: { now: Date; timeZone: string; caption: string },
): Html {
  const words = stopsMessages(locale);
  return table({
    locale,
    caption,
    captionHidden: true,
    columns: [
      { text: words.columns.flow },
      { text: words.columns.state },
      { text: words.columns.orderedAt },
      { text: words.columns.endsAt },
      { text: words.columns.by },
    ],
    rows: stops.map((stop) => {
      const state = stopStateAt(stop, now);
      return [
        html`<a href="/exchange/producer/stops/${stop.id}">${stop.apiName}</a><br>${flowInWords(locale, stop)}`,
        tag({ text: words.states[state], tone: TONES[state] }),
        formatDateTime(locale, stop.orderedAt, timeZone),
        stop.endsAt === null ? words.untilResumed : formatDateTime(locale, stop.endsAt, timeZone),
        stop.orderedAs === 'producer' ? stop.producerName : words.sides.distributor,
      ];
    }),
    empty: words.nothing,
  });
}

/** The list of stops. */
export function stopsPage(
  locale: Locale,
  view: {
    readonly items: readonly Stop[];
    readonly query: { readonly api?: string | undefined; readonly state?: string | undefined };
    readonly next: string | null;
    readonly now: Date;
    readonly timeZone: string;
  },
): Page {
  const words = stopsMessages(locale);
  const { items, query, next, now, timeZone } = view;
  const here = '/exchange/producer/stops';
  const isNarrowed = query.state === 'in-force';
  return {
    title: words.title,
    breadcrumbs: stopCrumbs(locale, { within: false }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${buttonGroup([
  button({ text: words.order, href: `${here}/new`, kind: 'warning' }),
  isNarrowed
    ? html`<a href="${listAddress(here, { api: query.api })}">${words.all}</a>`
    : html`<a href="${listAddress(here, { api: query.api, state: 'in-force' })}">${words.onlyInForce}</a>`,
])}
${stopsTable(locale, items, { now, timeZone, caption: words.title })}
${nextPage({ locale, nextHref: next === null ? null : listAddress(here, { ...query, cursor: next }) })}
${dataLinks({ locale, json: listAddress('/api/v1/exchange/stops', query) })}`,
  };
}

/** What the page of a stop shows. */
export interface StopView {
  readonly csrf: Html;
  readonly stop: Stop;
  readonly effect: StopEffect;
  /** Its place in the ledger; null while it waits for one. */
  readonly ledgerIndex: number | null;
  /** Whether the reader acts for the side that ordered it. */
  readonly mayResume: boolean;
  readonly done: 'ordered' | 'resumed' | null;
  /** What was typed to resume it, and what is wrong with it. */
  readonly typed: string;
  readonly faults: readonly FieldError[];
  readonly now: Date;
  readonly timeZone: string;
}

/** One stop, with what proves its effect. */
export function stopPage(locale: Locale, view: StopView): Page {
  const words = stopsMessages(locale);
  const { stop, effect, done, faults, now, timeZone } = view;
  const state = stopStateAt(stop, now);
  const title = words.one.title(stop.apiName);
  return {
    title,
    breadcrumbs: stopCrumbs(locale, { within: true }),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
${done !== null && notificationBanner({ locale, kind: 'success', text: words.one[done] })}
<h1>${title}</h1>
<p>${tag({ text: words.states[state], tone: TONES[state] })}</p>
<h2>${words.one.facts}</h2>
${factsOf(locale, view)}
${state === 'in-force' && resumeForm(locale, view)}
<h2 id="effect">${words.effect.title}</h2>
<p>${words.effect.lead}</p>
${verdictOf(locale, effect)}
${gatewaysTable(locale, stop, effect, { now, timeZone })}
${dataLinks({ locale, json: `/api/v1/exchange/stops/${stop.id}/effect`, about: words.effect.json })}`,
  };
}

function factsOf(locale: Locale, { stop, ledgerIndex, timeZone }: StopView): Html {
  const { one, columns, sides, untilResumed } = stopsMessages(locale);
  const at = (moment: Date) => formatInstant(locale, moment, timeZone);
  const side = stop.orderedAs === 'producer' ? stop.producerName : sides.distributor;
  const isOver = stop.resumedAt !== null;
  return summaryList({
    rows: [
      { key: columns.flow, value: html`${stop.apiName}<br>${flowInWords(locale, stop)}` },
      { key: one.reason, value: stop.reason },
      { key: one.orderedAt, value: one.orderedBy(at(stop.orderedAt), side) },
      { key: one.endsAt, value: stop.endsAt === null ? untilResumed : at(stop.endsAt) },
      ...(isOver
        ? [
            {
              key: one.over,
              value:
                stop.resumeReason === null
                  ? one.overAt(at(stop.resumedAt as Date))
                  : one.resumedFor(at(stop.resumedAt as Date), stop.resumeReason),
            },
          ]
        : []),
      { key: one.policyVersion, value: one.policyVersionText(formatNumber(locale, stop.policyVersion)) },
      {
        key: one.ledger,
        value:
          ledgerIndex === null
            ? one.ledgerWaiting
            : html`<a href="/ledger/entries/${ledgerIndex}">${one.ledgerEntry(formatNumber(locale, ledgerIndex))}</a>`,
      },
    ],
  });
}

function resumeForm(locale: Locale, { stop, csrf, mayResume, typed, faults }: StopView): Html {
  const { one } = stopsMessages(locale);
  if (!mayResume) return inset(one.otherSide);
  return html`<h2 id="resume">${one.resume}</h2>
${form({
  action: `/exchange/producer/stops/${stop.id}/resume`,
  csrf,
  content: html`<p>${one.resumeLead}</p>
${textarea({
  locale,
  name: 'reason',
  label: one.resumeReason,
  hint: one.resumeReasonHint,
  value: typed,
  rows: 3,
  limit: 2000,
  error: faultOf(locale, faults, 'reason'),
})}
${button({ text: one.resume })}`,
})}`;
}

function verdictOf(locale: Locale, effect: StopEffect): Html {
  const { effect: words } = stopsMessages(locale);
  const verdict = effectVerdict(effect);
  const read = formatNumber(locale, effect.recordsRead);
  const sentence =
    verdict === 'holds'
      ? words.holdsText(read)
      : verdict === 'not-yet'
        ? words.notYetText
        : words.breachedText(formatNumber(locale, effect.breaches.length));
  return html`<p>${tag({ text: words[verdict], tone: EFFECT_TONES[verdict] })} ${verdict !== 'breached' && sentence}</p>
${verdict === 'breached' && warningText({ locale, text: sentence })}
${!effect.isWhole && html`<p>${words.partial(read)}</p>`}
${
  effect.breaches.length > 0 &&
  html`<h3>${words.breaches}</h3>
<ul class="govuk-list govuk-list--bullet">${effect.breaches.map(
    ({ log, index, policyVersion }) =>
      html`<li>${log}, ${words.place(formatNumber(locale, index))} (${formatNumber(locale, policyVersion)})</li>`,
  )}</ul>`
}`;
}

function gatewaysTable(
  locale: Locale,
  stop: Stop,
  { gateways }: StopEffect,
  { now, timeZone }: { now: Date; timeZone: string },
): Html {
  const { effect: words } = stopsMessages(locale);
  const at = (moment: Date) => formatInstant(locale, moment, timeZone);
  const placeText = (place: LogPlace | null) =>
    place === null ? words.none : html`${words.place(formatNumber(locale, place.index))}<br>${at(place.at)}`;
  const applied = (gateway: GatewayEffect) => {
    if (gateway.appliedAt !== null) {
      return gateway.isExact ? at(gateway.appliedAt) : words.atTheLatest(at(gateway.appliedAt));
    }
    return isSilent(gateway, now) && gateway.seenAt ? words.silent(at(gateway.seenAt)) : words.notApplied;
  };
  const delay = (gateway: GatewayEffect) => {
    const ms = delayOf(stop, gateway);
    return ms === null ? '–' : ms < 0 ? words.before : `${formatNumber(locale, ms)}\u00A0ms`;
  };
  return html`<h3>${words.gateways}</h3>
${table({
  locale,
  caption: words.gateways,
  captionHidden: true,
  columns: [
    { text: words.gateway },
    { text: words.appliedAt },
    { text: words.lastAllowed },
    { text: words.firstDenied },
    { text: words.delay, numeric: true },
    { text: words.logSize, numeric: true },
  ],
  rows: gateways.map((gateway) => [
    gateway.gateway,
    applied(gateway),
    placeText(gateway.lastAllowed),
    placeText(gateway.firstDenied),
    delay(gateway),
    gateway.logSize === null ? '–' : formatNumber(locale, gateway.logSize),
  ]),
  empty: words.noGateway,
})}`;
}
