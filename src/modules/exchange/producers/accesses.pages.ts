// Pages of accesses: the list, live or past, and one record whole. They only render.
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatInstant, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { inset } from '#ui/components/inset.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { GATEWAY_ERRORS } from '../gateway-errors.ts';
import { accessName } from './access-key.rules.ts';
import type { AccessChoice } from './accesses.repository.ts';
import type { Access, SubjectCount, WholeAccess } from './accesses.types.ts';
import { producersMessages } from './producers.messages.ts';
import { roomCrumbs } from './room-crumbs.ts';

const here = '/exchange/producer/accesses';
const LIVE_SECONDS = 5;
const SHOWN_FIELDS = 3;

/** The filters of the list as they are in its address. */
export interface AccessQuery {
  readonly producer?: string | undefined;
  readonly api?: string | undefined;
  readonly consumer?: string | undefined;
  readonly accreditation?: string | undefined;
  readonly verdict?: '' | 'allowed' | 'denied' | undefined;
  readonly scope?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What the list shows. */
export interface AccessesView {
  readonly items: readonly Access[];
  readonly subjects: SubjectCount;
  readonly query: AccessQuery;
  readonly next: string | null;
  readonly isLive: boolean;
  readonly apis: readonly { readonly slug: string; readonly name: string }[];
  readonly choices: readonly AccessChoice[];
  /** Names of scopes of the API that the list is narrowed by. */
  readonly scopes: readonly { readonly name: string; readonly title: string }[];
  readonly timeZone: string;
}

/** Why a call was refused, in a few words; what was decided otherwise. */
function verdictWords(locale: Locale, verdict: string): string {
  if (verdict === 'allowed') return producersMessages(locale).accesses.verdicts.allowed;
  return Object.hasOwn(GATEWAY_ERRORS, verdict)
    ? GATEWAY_ERRORS[verdict as keyof typeof GATEWAY_ERRORS].title[locale]
    : verdict;
}

function verdictTag(locale: Locale, verdict: string): Html {
  return tag({ text: verdictWords(locale, verdict), tone: verdict === 'allowed' ? 'good' : 'bad' });
}

/** The list of accesses. */
export function accessesPage(locale: Locale, view: AccessesView): Page {
  const { accesses: words } = producersMessages(locale);
  const { items, subjects, query, next, isLive } = view;
  const given = { ...query };
  const count = formatNumber(locale, subjects.subjects);
  return {
    title: words.title,
    breadcrumbs: roomCrumbs(locale, { within: true }),
    ...(isLive ? { refreshSeconds: LIVE_SECONDS, scripts: ['live-list.js'] } : {}),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${filters(locale, view)}
${
  isLive
    ? html`<p>${words.liveOn}</p>
${buttonGroup([
  button({ text: words.pause, href: listAddress(here, given), kind: 'secondary' }),
  html`<a href="${listAddress(here, { ...given, live: '1' })}">${words.refresh}</a>`,
])}`
    : button({ text: words.live, href: listAddress(here, { ...given, live: '1' }), kind: 'secondary' })
}
<div data-live-list="${LIVE_SECONDS}">
<p>${subjects.isExact ? words.subjects(count) : words.subjectsAtLeast(count)}</p>
${accessTable(locale, items, view.timeZone)}
</div>
${nextPage({ locale, nextHref: next === null ? null : listAddress(here, { ...given, cursor: next }) })}
${dataLinks({
  locale,
  csv: listAddress(`${here}.csv`, given),
  json: listAddress('/api/v1/exchange/accesses', given),
})}`,
  };
}

function accessTable(locale: Locale, items: readonly Access[], timeZone: string): Html {
  const { accesses: words } = producersMessages(locale);
  return table({
    locale,
    caption: words.title,
    captionHidden: true,
    columns: [
      { text: words.columns.at },
      { text: words.columns.who },
      { text: words.columns.api },
      { text: words.columns.purpose },
      { text: words.columns.fields },
      { text: words.columns.verdict },
    ],
    rows: items.map((access) => [
      html`<a href="${here}/${accessName(access)}">${formatInstant(locale, access.at, timeZone)}</a>`,
      access.organisationName === null
        ? words.unknownConsumer
        : html`${access.organisationName}${
            access.accreditationNumber !== null &&
            html`<br><span class="socle-secondary">${words.number(String(access.accreditationNumber))}</span>`
          }`,
      html`${access.apiName ?? ''} ${access.apiVersion ?? ''}${access.environment === 'sandbox' && html`<br>${tag({ text: words.sandbox, tone: 'neutral' })}`}`,
      access.purpose ?? '',
      fieldsOf(locale, access.fields),
      verdictTag(locale, access.verdict),
    ]),
    empty: words.nothing,
  });
}

function fieldsOf(locale: Locale, fields: readonly string[]): Html | string {
  const { accesses: words } = producersMessages(locale);
  if (fields.length === 0) return words.noFields;
  const more = fields.length - SHOWN_FIELDS;
  // Broken between names alone: a name cut in two is not recognised.
  return html`${fields.slice(0, SHOWN_FIELDS).map((field) => html`${field.replace(/^\//, '')}<br>`)}${
    more > 0 && html`<span class="socle-secondary">${words.moreFields(formatNumber(locale, more))}</span>`
  }`;
}

function filters(locale: Locale, view: AccessesView): Html {
  const { accesses: words } = producersMessages(locale);
  const { query, apis, choices, scopes, isLive } = view;
  const without = (name: keyof AccessQuery) =>
    listAddress(here, { ...query, [name]: undefined, ...(name === 'api' ? { scope: undefined } : {}) });
  const consumers = new Map(choices.map((one) => [one.organisationId, one.organisationName]));
  const day = (text: string) => formatDay(locale, text);
  const isDay = (text: string | undefined): text is string => !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  const accreditation = choices.find(({ accreditationId }) => accreditationId === query.accreditation);
  const applied: [keyof AccessQuery, string | undefined][] = [
    ['api', apis.find(({ slug }) => slug === query.api)?.name],
    ['consumer', consumers.get(query.consumer ?? '')],
    [
      'accreditation',
      accreditation &&
        words.accreditationItem(String(accreditation.accreditationNumber), accreditation.organisationName),
    ],
    ['verdict', query.verdict ? words.verdicts[query.verdict] : undefined],
    ['scope', scopes.find(({ name }) => name === query.scope)?.title],
    ['from', isDay(query.from) ? words.since(day(query.from)) : undefined],
    ['to', isDay(query.to) ? words.until(day(query.to)) : undefined],
  ];
  const choice = (
    name: string,
    label: string,
    value: string | undefined,
    items: { value: string; text: string }[],
    placeholder = words.allFeminine,
  ) => select({ locale, name, label, value, placeholder, items });
  return filterPanel({
    locale,
    action: here,
    keep: { producer: query.producer, live: isLive ? '1' : undefined },
    fields: [
      choice(
        'api',
        words.api,
        query.api,
        apis.map(({ slug, name }) => ({ value: slug, text: name })),
      ),
      choice(
        'consumer',
        words.consumer,
        query.consumer,
        [...consumers].map(([value, text]) => ({ value, text })),
        words.all,
      ),
      choice(
        'accreditation',
        words.accreditation,
        query.accreditation,
        choices.map((one) => ({
          value: one.accreditationId,
          text: words.accreditationItem(String(one.accreditationNumber), one.organisationName),
        })),
      ),
      choice('verdict', words.verdict, query.verdict, [
        { value: 'allowed', text: words.verdicts.allowed },
        { value: 'denied', text: words.verdicts.denied },
      ]),
      ...(scopes.length === 0
        ? []
        : [
            choice(
              'scope',
              words.scope,
              query.scope,
              scopes.map(({ name, title }) => ({ value: name, text: title })),
              words.all,
            ),
          ]),
      textInput({ locale, name: 'from', label: words.from, type: 'date', value: query.from ?? '' }),
      textInput({ locale, name: 'to', label: words.to, type: 'date', value: query.to ?? '' }),
    ],
    applied: applied.flatMap(([name, text]) =>
      text === undefined ? [] : [{ text, removeHref: without(name) }],
    ),
    clearHref: listAddress(here, { producer: query.producer }),
  });
}

/** One access whole, as its log holds it. */
export function accessPage(locale: Locale, access: WholeAccess, timeZone: string): Page {
  const { access: words, accesses } = producersMessages(locale);
  const { verdict, accreditationNumber, fields, apiSlug, accreditationId } = access;
  const isExplained = Object.hasOwn(GATEWAY_ERRORS, verdict);
  const codes = (items: readonly string[]) =>
    items.length === 0
      ? words.none
      : html`<ul class="govuk-list">${items.map((item) => html`<li><code>${item}</code></li>`)}</ul>`;
  return {
    title: words.title,
    breadcrumbs: [...roomCrumbs(locale, { within: true }), { text: accesses.title, href: here }],
    main: html`<h1>${words.title}</h1>
<p>${verdictTag(locale, verdict)}</p>
${isExplained && inset(html`${GATEWAY_ERRORS[verdict as keyof typeof GATEWAY_ERRORS].explanation[locale]} <a href="/exchange/errors/${verdict}">${words.why}</a>`)}
${summaryList({
  rows: [
    { key: words.at, value: formatInstant(locale, access.at, timeZone) },
    { key: words.consumer, value: access.organisationName ?? accesses.unknownConsumer },
    {
      key: words.client,
      value: access.clientId === null ? words.none : html`<code>${access.clientId}</code>`,
    },
    {
      key: words.accreditation,
      value:
        accreditationNumber === null
          ? words.none
          : html`<a href="/exchange/accreditations/${accreditationNumber}">${accesses.number(String(accreditationNumber))}</a>`,
    },
    { key: words.purpose, value: access.purpose ?? words.none },
    { key: words.api, value: `${access.apiName ?? words.none} ${access.apiVersion ?? ''}` },
    { key: words.scopes, value: codes(access.scopes) },
    { key: words.fields, value: codes(fields) },
    { key: words.subject, value: access.hasSubject ? words.subjectKnown : words.subjectNone },
    { key: words.status, value: String(access.status) },
    { key: words.latency, value: `${formatNumber(locale, access.latencyUs / 1000)}\u00A0ms` },
    { key: words.policyVersion, value: formatNumber(locale, access.policyVersion) },
    { key: words.trace, value: html`<code>${access.traceId}</code>` },
    {
      key: words.log,
      value: html`${words.place(formatNumber(locale, access.index), access.log)}<br>${words.chain(formatNumber(locale, access.producerSeq))}`,
    },
  ],
})}
<h2>${words.entry}</h2>
${access.entry === null ? html`<p>${words.erased}</p>` : html`<pre tabindex="0"><code>${access.entry}</code></pre>`}
${
  apiSlug !== null &&
  button({
    text: words.stop,
    href: listAddress('/exchange/producer/stops/new', {
      api: apiSlug,
      accreditation: accreditationId ?? undefined,
    }),
    kind: 'warning',
  })
}`,
  };
}
