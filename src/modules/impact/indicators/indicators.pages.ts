// The list of indicators and the form of a new one.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { form } from '#ui/components/form.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { impactCrumb } from '../entry/entry.crumb.ts';
import { indicatorsMessages } from './indicators.messages.ts';
import type { Typed } from './indicators.rules.ts';
import { AGGREGATIONS, CADENCES, DIRECTIONS, type Indicator } from './indicators.types.ts';

/** Where indicators are. */
export const INDICATORS = '/impact/indicators';

/** What narrows the list, as it stands in its address. */
export interface IndicatorsQuery {
  readonly search?: string;
  readonly organisation?: string;
  readonly state?: '' | 'open' | 'closed';
}

type Named = { readonly id: string; readonly name: string };

/** The way back up from the page of an indicator, or from the list itself. */
export function indicatorCrumbs(locale: Locale): { text: string; href: string }[] {
  return [impactCrumb(locale), { text: indicatorsMessages(locale).title, href: INDICATORS }];
}

/** The list. */
export function indicatorsPage(
  locale: Locale,
  view: {
    readonly query: IndicatorsQuery;
    readonly items: readonly Indicator[];
    readonly next: string | null;
    readonly isFirst: boolean;
    readonly organisations: readonly Named[];
    readonly mayCreate: boolean;
  },
): Page {
  const words = indicatorsMessages(locale);
  const { query, items, next, isFirst, organisations, mayCreate } = view;
  const nameOf = new Map(organisations.map(({ id, name }) => [id, name]));
  const { search = '', organisation = '', state = '' } = query;
  const asked = { search, organisation, state };
  const without = (name: keyof typeof asked) => listAddress(INDICATORS, { ...asked, [name]: '' });
  return {
    title: words.title,
    breadcrumbs: [impactCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${mayCreate && button({ text: words.add, href: `${INDICATORS}/new` })}
${filterPanel({
  locale,
  action: INDICATORS,
  fields: [
    textInput({ locale, name: 'search', label: words.search, type: 'search', value: search }),
    select({
      locale,
      name: 'organisation',
      label: words.organisation,
      value: organisation,
      placeholder: words.allOrganisations,
      items: organisations.map(({ id, name }) => ({ value: id, text: name })),
    }),
    select({
      locale,
      name: 'state',
      label: words.state,
      value: state,
      placeholder: words.all,
      items: (['open', 'closed'] as const).map((value) => ({ value, text: words.states[value] })),
    }),
  ],
  applied: [
    ...(search ? [{ text: search, removeHref: without('search') }] : []),
    ...(nameOf.has(organisation)
      ? [{ text: nameOf.get(organisation) ?? '', removeHref: without('organisation') }]
      : []),
    ...(state ? [{ text: words.states[state], removeHref: without('state') }] : []),
  ],
  clearHref: INDICATORS,
})}
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  stacked: true,
  columns: [
    { text: words.indicator },
    { text: words.subject },
    { text: words.organisation },
    { text: words.unit },
    { text: words.cadence },
    { text: words.state },
  ],
  rows: items.map((one) => [
    html`<a href="${INDICATORS}/${one.id}">${one.title}</a>`,
    one.subject,
    nameOf.get(one.organisationId) ?? '',
    one.unit,
    words.cadences[one.cadence],
    tag({ text: words.states[one.state], tone: one.state === 'open' ? 'good' : 'neutral' }),
  ]),
  empty: words.nothing,
})}
${nextPage({
  locale,
  nextHref: next === null ? null : listAddress(INDICATORS, { ...asked, cursor: next }),
  ...(isFirst ? {} : { firstHref: listAddress(INDICATORS, asked) }),
})}
${dataLinks({ locale, csv: listAddress(`${INDICATORS}.csv`, asked), json: listAddress('/api/v1/indicators', asked) })}`,
  };
}

/** The form of a new indicator. */
export function indicatorFormPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly typed: Typed;
    readonly faults: readonly FieldError[];
    readonly organisations: readonly Named[];
  },
): Page {
  const words = indicatorsMessages(locale);
  const { csrf, typed, faults, organisations } = view;
  const of = (name: string, label: string) => ({
    locale,
    name,
    label,
    value: typed[name] ?? '',
    error: faultOf(locale, faults, name),
  });
  const choices = <T extends string>(all: readonly T[], texts: Readonly<Record<T, string>>) =>
    all.map((value) => ({ value, text: texts[value] }));
  return {
    title: words.form.title,
    hasErrors: faults.length > 0,
    breadcrumbs: indicatorCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
<h1>${words.form.title}</h1>
${
  organisations.length === 0
    ? html`<p>${words.form.noOrganisation}</p>`
    : form({
        action: `${INDICATORS}/new`,
        csrf,
        content: html`${textInput({ ...of('title', words.form.name), hint: words.form.nameHint, maxLength: 200 })}
${textInput({ ...of('subject', words.subject), maxLength: 200 })}
${select({
  ...of('organisationId', words.organisation),
  ...(organisations.length === 1 ? {} : { placeholder: true as const }),
  items: organisations.map(({ id, name }) => ({ value: id, text: name })),
})}
${textInput({ ...of('unit', words.unit), hint: words.form.unitHint, width: 20, maxLength: 60 })}
${radios({ ...of('direction', words.direction), items: choices(DIRECTIONS, words.directions) })}
${textInput({ ...of('population', words.form.populationLabel), maxLength: 500 })}
${radios({ ...of('aggregation', words.aggregation), items: choices(AGGREGATIONS, words.aggregations) })}
${radios({ ...of('cadence', words.cadence), items: choices(CADENCES, words.cadences) })}
${textarea({ ...of('definition', words.form.definition), limit: 2000 })}
${checkbox({ locale, name: 'isPublic', label: words.form.isPublic, checked: typed.isPublic === 'on' })}
${buttonGroup([button({ text: words.form.save }), html`<a href="${INDICATORS}">${words.form.cancel}</a>`])}`,
      })
}`,
  };
}
