// The producer's side of the catalogue: the APIs of one's organisation, and the overview of one.
import type { FieldError } from '#platform/errors.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { inset } from '#ui/components/inset.ts';
import { pagination } from '#ui/components/pagination.ts';
import { table } from '#ui/components/table.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, html } from '#ui/html.ts';
import {
  apiFacts,
  doctrineReport,
  scopesTable,
  sensitivityTag,
  stateTag,
  versionTag,
} from './api-parts.pages.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import type { Api, ApiScope, ApiVersion, ListedApi } from './catalogue.types.ts';

/** Where the pages of an API's producer are. */
export function producerAddress(slug: string, path = ''): string {
  return `/exchange/producer/apis/${slug}${path}`;
}

/** The way back up from a page of a producer's API. */
export function producerCrumbs(
  locale: Locale,
  api?: Pick<Api, 'slug' | 'name'>,
): { text: string; href: string }[] {
  return [
    { text: catalogueMessages(locale).home, href: '/exchange' },
    { text: catalogueMessages(locale).producer.title, href: '/exchange/producer/apis' },
    ...(api ? [{ text: api.name, href: producerAddress(api.slug) }] : []),
  ];
}

/** The APIs that one's organisation provides. */
export function producerApisPage(
  locale: Locale,
  {
    items,
    total,
    page,
  }: { items: readonly ListedApi[]; total: number; page: { number: number; size: number } },
): Page {
  const words = catalogueMessages(locale);
  const { producer } = words;
  const several = new Set(items.map(({ producerName }) => producerName)).size > 1;
  return {
    title: producer.title,
    breadcrumbs: producerCrumbs(locale).slice(0, 1),
    main: html`<h1>${producer.title}</h1>
<p class="socle-lead">${producer.lead}</p>
${button({ text: producer.add, href: '/exchange/producer/apis/new' })}
${table({
  locale,
  caption: producer.title,
  captionHidden: true,
  columns: [
    { text: words.name },
    ...(several ? [{ text: words.producerName }] : []),
    { text: words.state },
    { text: words.one.versions },
    { text: words.score },
  ],
  rows: items.map((api) => [
    html`<a href="${producerAddress(api.slug)}">${api.name}</a>`,
    ...(several ? [api.producerName] : []),
    stateTag(locale, api.state),
    api.versionNames.length === 0 ? words.one.noVersions : api.versionNames.join(', '),
    api.doctrineScore === null ? words.notChecked : words.scoreOf(formatNumber(locale, api.doctrineScore)),
  ]),
  empty: producer.nothing,
})}
${pagination({
  locale,
  page: page.number,
  pages: Math.max(1, Math.ceil(total / page.size)),
  hrefOf: (number) => listAddress('/exchange/producer/apis', { page: number === 1 ? undefined : number }),
})}`,
  };
}

/** What the overview of a producer's API shows. */
export interface ProducerApiView {
  readonly api: Api;
  readonly versions: readonly ApiVersion[];
  readonly scopes: readonly ApiScope[];
  /** What it lacks to be opened. */
  readonly lacks: readonly FieldError[];
  /** The run of a check just queued; null for none. */
  readonly run: string | null;
  readonly timeZone: string;
}

/** The overview of a producer's API. */
export function producerApiPage(locale: Locale, view: ProducerApiView): Page {
  const { api, versions, scopes, lacks, run, timeZone } = view;
  const { one, producer } = catalogueMessages(locale);
  const to = (path: string) => producerAddress(api.slug, path);
  const newest = versions.find(({ state }) => state !== 'retired');
  return {
    title: api.name,
    breadcrumbs: producerCrumbs(locale),
    main: html`<h1>${api.name}</h1>
${tags([stateTag(locale, api.state), sensitivityTag(locale, api.sensitivity)])}
<p class="socle-lead">${api.summary}</p>
${run !== null && inset(html`<a href="/jobs/${run}">${producer.checkQueued}</a>`)}
${
  api.state !== 'open' &&
  lacks.length > 0 &&
  html`<h2>${producer.lacks}</h2>
<ul class="govuk-list govuk-list--bullet">${lacks.map(({ text }) => html`<li>${text[locale]}</li>`)}</ul>`
}
${buttonGroup([
  button({ text: producer.edit, href: to('/edit'), kind: 'secondary' }),
  ...(api.state === 'open'
    ? [button({ text: producer.close, href: to('/close'), kind: 'warning' })]
    : lacks.length === 0
      ? [button({ text: producer.open, href: to('/open') })]
      : []),
  ...(api.state === 'draft' ? [] : [html`<a href="/apis/${api.slug}">${producer.seePublic}</a>`]),
])}
<h2>${one.facts}</h2>
${apiFacts(locale, api, [
  {
    key: producer.resource,
    value: api.resource === null ? producer.noResource : html`<code>${api.resource}</code>`,
  },
])}
<h2 id="versions">${one.versions}</h2>
${versionsTable(locale, api, versions)}
${button({ text: producer.addVersion, href: to('/versions/new'), kind: 'secondary' })}
<h2 id="scopes">${one.scopes}</h2>
<p>${one.scopesLead}</p>
${scopesTable(locale, scopes)}
${button({ text: producer.editScopes, href: to('/scopes'), kind: 'secondary' })}
<h2 id="doctrine">${one.doctrine}</h2>
${newest ? doctrineReport(locale, newest, timeZone) : html`<p>${one.noVersions}</p>`}`,
  };
}

function versionsTable(locale: Locale, api: Api, versions: readonly ApiVersion[]): Html {
  const { one, producer, state } = catalogueMessages(locale);
  return table({
    locale,
    caption: one.versions,
    captionHidden: true,
    columns: [
      { text: one.version },
      { text: state },
      { text: one.endsOn },
      { text: producer.upstream },
      { text: producer.actions },
    ],
    rows: versions.map((version) => [
      version.name,
      versionTag(locale, version.state),
      version.endsOn === null ? one.noEnd : formatDay(locale, version.endsOn),
      version.upstream.url === null ? producer.noUpstream : html`<code>${version.upstream.url}</code>`,
      actionsOf(locale, api, version),
    ]),
    empty: one.noVersions,
  });
}

function actionsOf(locale: Locale, api: Api, { name, state }: ApiVersion): Html | null {
  const { producer } = catalogueMessages(locale);
  if (state === 'retired') return null;
  const link = (path: string, text: string) =>
    html`<a href="${producerAddress(api.slug, `/versions/${name}/${path}`)}">${text}<span class="govuk-visually-hidden"> ${name}</span></a>`;
  return html`${link('upstream', producer.setUpstream)}<br>${link('deprecate', producer.deprecate)}<br>${link('retire', producer.retire)}`;
}
