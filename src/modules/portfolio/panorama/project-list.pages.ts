// The list of an edition's projects, with its search and filters. It computes no figure.
import type { Page } from '#platform/http/page.ts';
import { formatMonth, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { type TableColumn, table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import type { SlippingProject } from '../baselines/averages.rules.ts';
import { fileAddress } from '../files/file-parts.pages.ts';
import { projectAddress, projectsAddress } from './addresses.ts';
import { type EditionShelf, editionLinks } from './edition-links.ts';
import { panoramaMessages } from './panorama.messages.ts';
import type { ProjectListQuery } from './projects.schemas.ts';
import type { FilterChoices, ProjectPage, ProjectSort } from './projects.types.ts';
import { writtenChange, writtenCost, writtenYears } from './written-values.ts';

/** What the list shows. */
export interface ProjectListView {
  readonly shelf: EditionShelf;
  readonly projects: ProjectPage;
  readonly choices: FilterChoices;
  readonly query: ProjectListQuery;
  /** How far projects have slipped from their first baseline to this day, by their id. */
  readonly slippage: ReadonlyMap<string, SlippingProject>;
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
export function projectsPage(locale: Locale, view: ProjectListView): Page {
  const { shelf, projects, choices, query, slippage } = view;
  const { list: words, phases, unknown } = panoramaMessages(locale);
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
${dataLinks({ locale, csv: listAddress('/projects.csv', data), json: listAddress('/api/v1/portfolio/projects', data), about: title })}
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
    ...(slippage.size > 0 ? [{ text: words.slippage, numeric: true }] : []),
  ],
  rows: projects.items.map((project) => [
    html`<a href="${projectAddress(project.slug)}">${project.name}</a>`,
    project.ministryShort ?? project.ministry ?? unknown,
    phases[project.phase ?? 'unknown'],
    project.startedOn === null ? unknown : formatMonth(locale, project.startedOn.slice(0, 7)),
    project.durationYears === null ? '–' : writtenYears(locale, project.durationYears),
    project.costMeur === null ? '–' : writtenCost(locale, project.costMeur),
    writtenChange(locale, project.costChange?.share),
    ...(slippage.size > 0 ? [writtenSlippage(locale, slippage.get(project.id))] : []),
  ]),
  empty: words.empty,
})}
${pagination({ locale, page: projects.page, pages: projects.pages, hrefOf: (page) => projectsAddress(edition, { ...filters, page }) })}`,
  };
}

function filterForm(
  locale: Locale,
  { shelf, choices, query }: Omit<ProjectListView, 'projects' | 'slippage'>,
): Html {
  const { list: words, panorama, phases, bands } = panoramaMessages(locale);
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

/** The gap of cost against the first baseline, which leads to the file; a dash where there is no baseline. */
function writtenSlippage(locale: Locale, file: SlippingProject | undefined): Html | string {
  if (!file) return '–';
  return html`<a href="${fileAddress(file.id)}">${writtenChange(locale, file.costShare)}</a>`;
}
