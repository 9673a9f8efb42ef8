// Volumes of calls by hour or day, as a chart with its table. It only renders.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { select } from '#ui/components/select.ts';
import { html } from '#ui/html.ts';
import type { Volume } from './access-hours.repository.ts';
import type { AccessChoice } from './accesses.repository.ts';
import { producersMessages } from './producers.messages.ts';
import { roomCrumbs } from './room-crumbs.ts';

const here = '/exchange/producer/volumes';

/** What the volumes show. */
export interface VolumesView {
  readonly volumes: readonly Volume[];
  readonly by: 'hour' | 'day';
  readonly query: {
    readonly producer?: string | undefined;
    readonly api?: string | undefined;
    readonly consumer?: string | undefined;
    readonly accreditation?: string | undefined;
  };
  readonly apis: readonly { readonly slug: string; readonly name: string }[];
  readonly choices: readonly AccessChoice[];
  readonly timeZone: string;
}

/** The volumes of a producer's APIs. */
export function volumesPage(locale: Locale, view: VolumesView): Page {
  const { volumes: words, accesses } = producersMessages(locale);
  const { volumes, by, query, apis, choices, timeZone } = view;
  const consumers = new Map(choices.map((one) => [one.organisationId, one.organisationName]));
  const chosen = apis.find(({ slug }) => slug === query.api)?.name;
  const calls = volumes.some(({ allowed, denied }) => allowed + denied > 0);
  return {
    title: words.title,
    breadcrumbs: roomCrumbs(locale, { within: true }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${filterPanel({
  locale,
  action: here,
  keep: { producer: query.producer, accreditation: query.accreditation },
  fields: [
    select({
      locale,
      name: 'api',
      label: accesses.api,
      value: query.api,
      placeholder: accesses.allFeminine,
      items: apis.map(({ slug, name }) => ({ value: slug, text: name })),
    }),
    select({
      locale,
      name: 'consumer',
      label: accesses.consumer,
      value: query.consumer,
      placeholder: accesses.all,
      items: [...consumers].map(([value, text]) => ({ value, text })),
    }),
    select({
      locale,
      name: 'by',
      label: words.by,
      value: by,
      items: [
        { value: 'hour', text: words.hour },
        { value: 'day', text: words.day },
      ],
    }),
  ],
  applied: [],
  clearHref: here,
})}
${
  calls
    ? lineChart({
        id: 'volumes',
        locale,
        title: `${by === 'hour' ? words.chartHour : words.chartDay}${chosen === undefined ? '' : ` – ${chosen}`}`,
        positions: volumes.map(({ at }) => at),
        series: [
          { name: words.allowed, values: volumes.map(({ allowed }) => allowed) },
          { name: words.denied, values: volumes.map(({ denied }) => denied) },
        ],
        formatLabel: (at) =>
          by === 'hour' ? formatDateTime(locale, at, timeZone) : formatDate(locale, at, timeZone),
        formatValue: (value) => formatNumber(locale, value),
        positionHeader: words.period,
        markers: false,
      })
    : html`<p>${words.nothing}</p>`
}
${dataLinks({ locale, json: listAddress('/api/v1/exchange/volumes', { ...query, by }) })}`,
  };
}
