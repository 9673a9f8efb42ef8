// The list of an edition's projects, and one project through its editions. It computes no figure.
import type { Page } from '#platform/http/page.ts';
import { formatMonth, formatNumber, formatPercent, formatShortMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { inset } from '#ui/components/inset.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { type TableColumn, table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html } from '#ui/html.ts';
import { addressOf, editionAddress, projectAddress, projectsAddress } from './addresses.ts';
import { type EditionShelf, editionLinks } from './edition-links.ts';
import { portfolioMessages } from './portfolio.messages.ts';
import type { ProjectListQuery } from './projects.schemas.ts';
import type { ChangeSinceFirst, FilterChoices, Project, ProjectPage, ProjectSort } from './projects.types.ts';
import {
  monthPosition,
  positionMonth,
  writtenChange,
  writtenCost,
  writtenDay,
  writtenYears,
} from './written-values.ts';

/** What the list shows. */
export interface ProjectListView {
  readonly shelf: EditionShelf;
  readonly projects: ProjectPage;
  readonly choices: FilterChoices;
  readonly query: ProjectListQuery;
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** The filters of a query as parameters of an address; the edition is added by `projectsAddress`. */
function parametersOf({
  edition: _edition,
  origin: _origin,
  page: _page,
  ...filters
}: ProjectListQuery): Parameters {
  return filters;
}

/** The list of an edition's projects. */
export function projectsPage(locale: Locale, { shelf, projects, choices, query }: ProjectListView): Page {
  const { list: words, phases, unknown } = portfolioMessages(locale);
  const { edition } = shelf;
  const title = words.titleOf(formatMonth(locale, edition.month));
  const filters = parametersOf(query);
  const caption = words.caption(projects.total, formatNumber(locale, projects.total));
  const column = (sort: ProjectSort, text: string, numeric = false): TableColumn => {
    const current = (query.sort ?? 'name') === sort ? (query.direction ?? 'asc') : null;
    const direction = current === 'asc' ? 'desc' : 'asc';
    return {
      text,
      numeric,
      sort: {
        href: projectsAddress(edition, { ...filters, sort, direction }),
        direction: current === null ? null : current === 'asc' ? 'ascending' : 'descending',
      },
    };
  };
  const data = { edition: edition.month, origin: edition.origin, ...filters };
  return {
    title,
    main: html`<h1>${title}</h1>
${editionLinks(locale, shelf, (held) => projectsAddress(held, filters))}
${filterForm(locale, { shelf, choices, query })}
${dataLinks({ locale, csv: addressOf('/projects.csv', data), json: addressOf('/api/v1/portfolio/projects', data), about: title })}
${table({
  locale,
  caption,
  id: 'projects-table',
  columns: [
    column('name', words.name),
    column('ministry', words.ministry),
    column('phase', words.phase),
    column('start', words.start),
    column('duration', words.duration, true),
    column('cost', words.cost, true),
    { text: words.change, numeric: true },
  ],
  rows: projects.items.map((project) => [
    html`<a href="${projectAddress(project.slug)}">${project.name}</a>`,
    project.ministryShort ?? project.ministry ?? unknown,
    phases[project.phase ?? 'unknown'],
    project.startedOn === null ? unknown : formatMonth(locale, project.startedOn.slice(0, 7)),
    project.durationYears === null ? '–' : writtenYears(locale, project.durationYears),
    project.costMeur === null ? '–' : writtenCost(locale, project.costMeur),
    writtenChange(locale, project.costChange?.share),
  ]),
  empty: words.empty,
})}
${pagination({ locale, page: projects.page, pages: projects.pages, hrefOf: (page) => projectsAddress(edition, { ...filters, page }) })}`,
  };
}

function filterForm(locale: Locale, { shelf, choices, query }: Omit<ProjectListView, 'projects'>): Html {
  const { list: words, panorama, phases, bands } = portfolioMessages(locale);
  const { edition } = shelf;
  const filters = parametersOf(query);
  const counted = (text: string, count: number) => `${text} (${formatNumber(locale, count)})`;
  const answer = { yes: words.yes, no: words.no };
  const narrow = [
    {
      name: 'ministry',
      label: words.ministry,
      any: words.anyMinistry,
      items: choices.ministries.map(({ value, count }) => ({ value, name: value, count })),
    },
    {
      name: 'phase',
      label: words.phase,
      any: words.anyPhase,
      items: choices.phases.map(({ value, count }) => ({ value, name: phases[value], count })),
    },
    {
      name: 'zone',
      label: panorama.zone,
      any: words.anyZone,
      items: choices.zones.map(({ value, count }) => ({ value, name: value, count })),
    },
    {
      name: 'band',
      label: panorama.band,
      any: words.anyBand,
      items: choices.bands.map(({ value, count }) => ({ value, name: bands[value], count })),
    },
  ] as const;
  const applied = narrow.flatMap(({ name, items }) => {
    const value = query[name];
    if (!value) return [];
    const text = items.find((item) => item.value === value)?.name ?? value;
    return [{ text, removeHref: projectsAddress(edition, { ...filters, [name]: undefined }) }];
  });
  if (query.q)
    applied.unshift({ text: query.q, removeHref: projectsAddress(edition, { ...filters, q: undefined }) });
  if (query.interministerial) {
    applied.push({
      text: `${words.interministerial} : ${answer[query.interministerial as 'yes' | 'no'].toLowerCase()}`,
      removeHref: projectsAddress(edition, { ...filters, interministerial: undefined }),
    });
  }
  return filterPanel({
    locale,
    action: '/projects',
    applied,
    clearHref: projectsAddress(edition),
    keep: {
      edition: edition.month,
      origin: edition.origin === 'demonstration' ? edition.origin : undefined,
      sort: query.sort,
      direction: query.direction,
    },
    fields: [
      textInput({
        locale,
        name: 'q',
        type: 'search',
        label: words.search,
        hint: words.searchHint,
        value: query.q ?? '',
        maxLength: 200,
      }),
      ...narrow.map(({ name, label, any, items }) =>
        select({
          locale,
          name,
          label,
          placeholder: any,
          value: query[name],
          items: items.map((item) => ({ value: item.value, text: counted(item.name, item.count) })),
        }),
      ),
      select({
        locale,
        name: 'interministerial',
        label: words.interministerial,
        placeholder: words.anyInterministerial,
        value: query.interministerial,
        items: [
          { value: 'yes', text: words.yes },
          { value: 'no', text: words.no },
        ],
      }),
    ],
  });
}

/** One project through its editions. */
export function projectPage(locale: Locale, project: Project): Page {
  const { project: words, panorama, list, phases, bands, unknown } = portfolioMessages(locale);
  const latest = project.states.at(-1);
  if (!latest) throw new Error(`The project ${project.id} has no state.`);
  const edition = { origin: project.origin, month: latest.month };
  const source =
    project.origin === 'published'
      ? panorama.fromTable(formatMonth(locale, latest.month))
      : panorama.fromDemonstration;
  return {
    title: project.name,
    breadcrumbs: [
      { text: portfolioMessages(locale).panorama.title, href: editionAddress(edition) },
      { text: words.breadcrumb, href: projectsAddress(edition) },
    ],
    main: html`<h1>${project.name}</h1>
${project.hasLeft && inset(words.hasLeft(formatMonth(locale, latest.month)))}
<h2>${words.latestEdition(formatMonth(locale, latest.month))}</h2>
${summaryList({
  rows: [
    { key: words.ministry, value: latest.ministry ?? latest.ministryShort ?? unknown },
    { key: words.phase, value: phases[latest.phase ?? 'unknown'] },
    { key: words.cost, value: writtenCost(locale, latest.costMeur) },
    { key: words.band, value: bands[latest.band ?? 'unknown'] },
    {
      key: words.start,
      value: latest.startedOn === null ? unknown : formatMonth(locale, latest.startedOn.slice(0, 7)),
    },
    { key: words.duration, value: writtenYears(locale, latest.durationYears) },
    { key: words.zone, value: latest.zone ?? unknown },
    {
      key: words.interministerial,
      value: latest.interministerial === null ? unknown : latest.interministerial ? list.yes : list.no,
    },
    { key: words.programmes, value: latest.programmes ?? unknown },
    ...(latest.moreLink ? [{ key: words.more, value: linkOrText(latest.moreLink) }] : []),
    ...(latest.programmeLink ? [{ key: words.programmeLink, value: linkOrText(latest.programmeLink) }] : []),
    { key: words.id, value: html`<code>${project.id}</code>` },
  ],
})}
${latest.description && html`<h2>${words.description}</h2>${paragraphs(latest.description)}`}
${names(locale, project)}
${dataLinks({
  locale,
  csv: `/projects/${project.slug}/history.csv`,
  json: `/api/v1/portfolio/projects/${project.id}`,
  about: project.name,
})}
<h2>${words.costTitle}</h2>
${course(locale, project, {
  id: 'cost',
  title: words.costChart,
  subtitle: words.costSubtitle,
  series: words.costSeries,
  source,
  values: project.states.map((state) => state.costMeur),
  write: (value) => writtenCost(locale, value),
  change: project.costChange,
})}
<h2>${words.durationTitle}</h2>
${course(locale, project, {
  id: 'duration',
  title: words.durationChart,
  subtitle: words.durationSubtitle,
  series: words.durationSeries,
  source,
  values: project.states.map((state) => state.durationYears),
  write: (value) => writtenYears(locale, value),
  change: project.durationChange,
})}
<p><small>${words.changeNote}</small></p>
${history(locale, project)}
${matches(locale, project)}
${details({
  summary: words.raw,
  content: table({
    locale,
    caption: words.raw,
    captionHidden: true,
    columns: [{ text: words.column }, { text: words.cell }],
    rows: latest.headers
      .map((header, i) => [header.trim(), latest.raw[i] ?? ''] as const)
      .filter(([header, cell]) => header !== '' || cell !== ''),
  }),
})}`,
  };
}

/** Addresses that the table gives become links, each alone; any other text stays text. */
function linkOrText(text: string): Html {
  const parts = text.split(/\s+/).filter(Boolean);
  const addresses = parts.filter((part) => /^https?:\/\/[^\s<>"']+$/i.test(part) && URL.canParse(part));
  if (addresses.length !== parts.length) return html`${text}`;
  return html`${addresses.map((href, i) => html`${i > 0 && html`<br>`}<a href="${href}" rel="noopener nofollow">${href}</a>`)}`;
}

function paragraphs(text: string): Html {
  return html`${text
    .split(/\n\s*\n|\r?\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => html`<p>${part}</p>`)}`;
}

function names(locale: Locale, { names }: Project): Html | null {
  if (names.length < 2) return null;
  const words = portfolioMessages(locale).project;
  return html`<h2>${words.names}</h2>
${timeline({
  events: names.map(({ name, firstMonth, lastMonth }) => ({
    title: name,
    at: {
      iso: firstMonth,
      text:
        firstMonth === lastMonth
          ? words.nameOnce(formatMonth(locale, firstMonth))
          : words.nameSpan(formatMonth(locale, firstMonth), formatMonth(locale, lastMonth)),
    },
  })),
})}`;
}

function course(
  locale: Locale,
  { states }: Project,
  options: {
    id: string;
    title: string;
    subtitle: string;
    series: string;
    source: string;
    values: readonly (number | null)[];
    write: (value: number) => string;
    change: ChangeSinceFirst | null;
  },
): Html {
  const words = portfolioMessages(locale).project;
  const known = options.values.filter((value) => value !== null);
  if (known.length === 0) return html`<p>${words.neverKnown}</p>`;
  const { change } = options;
  const sentence = !change
    ? words.onePoint
    : options.write(change.first) === options.write(change.latest)
      ? words.stable(options.write(change.latest), formatMonth(locale, change.month))
      : words.change(
          options.write(change.first),
          options.write(change.latest),
          writtenChange(locale, change.share),
          formatMonth(locale, change.month),
        );
  return html`<p>${sentence}</p>
${
  known.length > 1 &&
  lineChart({
    id: options.id,
    locale,
    title: options.title,
    subtitle: options.subtitle,
    source: options.source,
    formatValue: options.write,
    formatLabel: (position) => formatShortMonth(locale, positionMonth(position)),
    positions: states.map(({ month }) => monthPosition(month)),
    series: [{ name: options.series, values: options.values }],
  })
}`;
}

function history(locale: Locale, { states, missingMonths, origin }: Project): Html {
  const { project: words, phases, unknown } = portfolioMessages(locale);
  return html`<h2>${words.history}</h2>
${table({
  locale,
  caption: words.historyCaption,
  captionHidden: true,
  columns: [
    { text: words.edition },
    { text: words.name },
    { text: words.ministry },
    { text: words.phase },
    { text: words.start },
    { text: words.duration, numeric: true },
    { text: words.cost, numeric: true },
  ],
  rows: states
    .toReversed()
    .map((state) => [
      html`<a href="${editionAddress({ origin, month: state.month })}">${formatMonth(locale, state.month)}</a>`,
      state.name,
      state.ministryShort ?? state.ministry ?? unknown,
      phases[state.phase ?? 'unknown'],
      writtenDay(locale, state.startedOn),
      writtenYears(locale, state.durationYears),
      writtenCost(locale, state.costMeur),
    ]),
})}
${
  missingMonths.length > 0 &&
  html`<p>${words.missing(missingMonths.map((month) => formatMonth(locale, month)).join(', '))}</p>`
}`;
}

function matches(locale: Locale, { matches, names }: Project): Html | null {
  if (matches.length === 0 && names.length < 2) return null;
  const words = portfolioMessages(locale).project;
  return html`<h2>${words.matches}</h2>
${
  matches.length === 0
    ? html`<p>${words.sameName}</p>`
    : html`<ul>${matches.map(({ row, candidate, score }) => html`<li>${words.match(row.name, candidate.name, formatMonth(locale, row.month), formatPercent(locale, score))}</li>`)}</ul>`
}`;
}
