// Pages of anomalies: the list, and the form by which one is acknowledged. They only render.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import type { Anomaly } from './anomalies.types.ts';
import { anomalyFinding, anomalyInWords } from './anomaly-words.ts';
import { producersMessages } from './producers.messages.ts';
import { roomCrumbs } from './room-crumbs.ts';

const here = '/exchange/producer/anomalies';

/** Where the flow of an anomaly is stopped. */
function stopAddress({ apiSlug, accreditationId }: Anomaly): string {
  return listAddress('/exchange/producer/stops/new', { api: apiSlug, accreditation: accreditationId });
}

/** Anomalies in a table, each with what may be done about it. */
export function anomaliesTable(
  locale: Locale,
  anomalies: readonly Anomaly[],
  { timeZone, caption }: { timeZone: string; caption: string },
): Html {
  const { anomalies: words, kinds, accesses } = producersMessages(locale);
  const at = (moment: Date) => formatDateTime(locale, moment, timeZone);
  const hidden = (anomaly: Anomaly) =>
    html`<span class="govuk-visually-hidden"> ${words.about(anomaly.organisationName)}</span>`;
  return table({
    locale,
    caption,
    captionHidden: true,
    columns: [
      { text: words.columns.who },
      { text: words.columns.finding },
      { text: words.columns.found },
      { text: words.columns.state },
    ],
    rows: anomalies.map((anomaly) => [
      html`${anomaly.organisationName}<br>${accesses.number(String(anomaly.accreditationNumber))}<br>${anomaly.apiName}`,
      html`${tag({ text: kinds[anomaly.kind], tone: anomaly.acknowledgedAt === null ? 'warning' : 'neutral' })}<br>${anomalyFinding(locale, anomaly)}`,
      at(anomaly.foundAt),
      anomaly.acknowledgedAt === null
        ? html`<a href="${here}/${anomaly.id}">${words.acknowledge}${hidden(anomaly)}</a><br><a href="${stopAddress(anomaly)}">${words.stop}${hidden(anomaly)}</a>`
        : words.acknowledged(at(anomaly.acknowledgedAt), anomaly.note ?? ''),
    ]),
    empty: words.nothing,
  });
}

/** The list of anomalies. */
export function anomaliesPage(
  locale: Locale,
  {
    items,
    next,
    producerId,
    timeZone,
  }: {
    readonly items: readonly Anomaly[];
    readonly next: string | null;
    readonly producerId: string | undefined;
    readonly timeZone: string;
  },
): Page {
  const { anomalies: words } = producersMessages(locale);
  const query = { producer: producerId };
  return {
    title: words.title,
    breadcrumbs: roomCrumbs(locale, { within: true }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${anomaliesTable(locale, items, { timeZone, caption: words.title })}
${nextPage({ locale, nextHref: next === null ? null : listAddress(here, { ...query, cursor: next }) })}
${dataLinks({ locale, json: listAddress('/api/v1/exchange/anomalies', query) })}`,
  };
}

/** One anomaly, with the form by which it is acknowledged. */
export function anomalyPage(
  locale: Locale,
  {
    anomaly,
    csrf,
    typed,
    faults,
    timeZone,
  }: {
    readonly anomaly: Anomaly;
    readonly csrf: Html;
    readonly typed: string;
    readonly faults: readonly FieldError[];
    readonly timeZone: string;
  },
): Page {
  const { anomalies: words } = producersMessages(locale);
  const { one } = words;
  const accesses = listAddress('/exchange/producer/accesses', {
    api: anomaly.apiSlug,
    accreditation: anomaly.accreditationId,
  });
  return {
    title: one.title,
    breadcrumbs: [...roomCrumbs(locale, { within: true }), { text: words.title, href: here }],
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${one.title}</h1>
<p class="socle-lead">${anomalyInWords(locale, anomaly)}</p>
<p>${words.columns.found}\u00A0: ${formatDateTime(locale, anomaly.foundAt, timeZone)}</p>
<p><a href="${accesses}">${one.see}</a></p>
${
  anomaly.acknowledgedAt === null
    ? form({
        action: `${here}/${anomaly.id}/acknowledge`,
        csrf,
        content: html`${textarea({
          locale,
          name: 'note',
          label: one.note,
          hint: one.noteHint,
          value: typed,
          rows: 3,
          limit: 2000,
          error: faultOf(locale, faults, 'note'),
        })}
${button({ text: one.submit })}`,
      })
    : html`<p>${words.acknowledged(formatDateTime(locale, anomaly.acknowledgedAt, timeZone), anomaly.note ?? '')}</p>`
}
${button({ text: words.stop, href: stopAddress(anomaly), kind: 'warning' })}`,
  };
}
