// The producer's room: what is called, what is out of the ordinary, what is stopped. It only renders.
import type { Page } from '#platform/http/page.ts';
import { formatDateTime, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { stopsTable } from '../stops/stops.pages.ts';
import type { Stop } from '../stops/stops.types.ts';
import type { ApiActivity } from './access-hours.repository.ts';
import type { SubjectCount } from './accesses.types.ts';
import { anomaliesTable } from './anomalies.pages.ts';
import type { Anomaly } from './anomalies.types.ts';
import { producersMessages } from './producers.messages.ts';
import { roomCrumbs } from './room-crumbs.ts';

const PRODUCER_PAGES = ['apis', 'questions', 'slice'] as const;

/** What the room shows. */
export interface RoomView {
  readonly apis: readonly ApiActivity[];
  readonly subjects: SubjectCount;
  readonly stops: readonly Stop[];
  readonly anomalies: readonly Anomaly[];
  /** The producers among whom the reader chooses; null for who acts for one. */
  readonly producers: readonly { readonly id: string; readonly name: string }[] | null;
  readonly producerId: string | undefined;
  readonly now: Date;
  readonly timeZone: string;
}

/** The overview of a producer. */
export function roomPage(locale: Locale, view: RoomView): Page {
  const { room: words } = producersMessages(locale);
  const { stops, anomalies, producers, producerId, now, timeZone } = view;
  const of = (path: string) => listAddress(`/exchange/producer/${path}`, { producer: producerId });
  return {
    title: words.title,
    breadcrumbs: roomCrumbs(locale, { within: false }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${producers !== null && producerChoice(locale, producers, producerId)}
${buttonGroup([
  button({ text: producersMessages(locale).accesses.title, href: of('accesses') }),
  button({ text: words.volumes, href: of('volumes'), kind: 'secondary' }),
  button({ text: words.stop, href: '/exchange/producer/stops/new', kind: 'warning' }),
])}
${cards(locale, view)}
<h2>${words.apis}</h2>
${activityTable(locale, view)}
<h2>${words.anomalies}</h2>
${anomaliesTable(locale, anomalies, { timeZone, caption: words.anomalies })}
<p><a href="${of('anomalies')}">${words.allAnomalies}</a></p>
<h2>${words.stops}</h2>
${stops.length === 0 ? html`<p>${words.noStops}</p>` : stopsTable(locale, stops, { now, timeZone, caption: words.stops })}
<p><a href="/exchange/producer/stops">${words.allStops}</a></p>
${producers === null && elsewhere(locale)}`,
  };
}

/** The other pages of who produces data. */
function elsewhere(locale: Locale): Html {
  const { room: words } = producersMessages(locale);
  return html`<h2>${words.elsewhere}</h2>
<ul class="socle-desk">${PRODUCER_PAGES.map(
    (page) =>
      html`<li><a href="/exchange/producer/${page}">${words.pages[page].title}</a> <span class="socle-secondary">${words.pages[page].text}</span></li>`,
  )}</ul>`;
}

/** The choice of a producer, for who oversees several. */
function producerChoice(
  locale: Locale,
  producers: readonly { readonly id: string; readonly name: string }[],
  chosen: string | undefined,
): Html {
  const { room: words } = producersMessages(locale);
  const name = producers.find(({ id }) => id === chosen)?.name;
  return filterPanel({
    locale,
    action: '/exchange/producer',
    fields: [
      select({
        locale,
        name: 'producer',
        label: words.producer,
        value: chosen,
        placeholder: words.allProducers,
        items: producers.map(({ id, name }) => ({ value: id, text: name })),
      }),
    ],
    applied: name === undefined ? [] : [{ text: name, removeHref: '/exchange/producer' }],
    clearHref: '/exchange/producer',
  });
}

function cards(locale: Locale, { apis, subjects }: RoomView): Html {
  const { cards: words } = producersMessages(locale).room;
  const sum = (of: (api: ApiActivity) => number) => apis.reduce((total, api) => total + of(api), 0);
  const month = sum((api) => api.month);
  const denied = sum((api) => api.denied);
  const card = (title: string, value: string, explanation: string) =>
    figureCard({
      locale,
      title,
      value,
      explanation,
      origin: 'measured',
      source: words.source,
      trend: null,
    });
  return cardGrid([
    card(
      words.today,
      formatNumber(
        locale,
        sum((api) => api.today),
      ),
      words.todayText,
    ),
    card(
      words.denied,
      formatNumber(locale, denied),
      words.deniedText(formatPercent(locale, month === 0 ? 0 : denied / month, 1)),
    ),
    card(
      words.subjects,
      `${subjects.isExact ? '' : '≥\u00A0'}${formatNumber(locale, subjects.subjects)}`,
      words.subjectsText,
    ),
  ]);
}

function activityTable(locale: Locale, { apis, producers, timeZone }: RoomView): Html {
  const { room: words } = producersMessages(locale);
  const number = (value: number) => formatNumber(locale, value);
  const attention = ({ slug, stops, anomalies }: ApiActivity) => {
    if (stops === 0 && anomalies === 0) return null;
    return html`${
      stops > 0 &&
      html`<a href="${listAddress('/exchange/producer/stops', { api: slug, state: 'in-force' })}">${words.stopsCount(number(stops))}</a><br>`
    }${anomalies > 0 && html`<a href="/exchange/producer/anomalies">${words.anomaliesCount(number(anomalies))}</a>`}`;
  };
  return table({
    locale,
    caption: words.apis,
    captionHidden: true,
    columns: [
      { text: words.columns.api },
      { text: words.columns.today, numeric: true },
      { text: words.columns.week, numeric: true },
      { text: words.columns.month, numeric: true },
      { text: words.columns.denied, numeric: true },
      { text: words.columns.consumers, numeric: true },
      { text: words.columns.last },
      { text: words.columns.attention },
    ],
    // Those that are called come first: a distributor has many that are not.
    rows: apis
      .toSorted((a, b) => b.month - a.month)
      .map((api) => [
        html`<a href="${listAddress('/exchange/producer/accesses', { api: api.slug })}">${api.name}</a>${producers !== null && html`<br><span class="socle-secondary">${api.producerName}</span>`}<br><a href="${listAddress('/exchange/producer/volumes', { api: api.slug })}">${words.volumes}<span class="govuk-visually-hidden"> ${api.name}</span></a>`,
        number(api.today),
        number(api.week),
        number(api.month),
        number(api.denied),
        number(api.consumers),
        api.lastAt === null ? words.never : formatDateTime(locale, api.lastAt, timeZone),
        attention(api),
      ]),
    empty: words.nothing,
  });
}
