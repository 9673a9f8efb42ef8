// Lists: tables, pages of results, search, filters, facts about one thing.
import type { Locale } from '#platform/i18n/locale.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage, pagination } from '#ui/components/pagination.ts';
import { searchBox } from '#ui/components/search-box.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { type TableColumn, table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';
import { listExampleMessages } from './list-examples.messages.ts';

/** Lists in their states. */
export function listExamples(locale: Locale): Html {
  return html`${tables(locale)}${narrowing(locale)}${pages(locale)}${facts(locale)}`;
}

function tables(locale: Locale): Html {
  const words = listExampleMessages(locale);
  const columns: TableColumn[] = words.columns.map((text, at) => ({
    text,
    numeric: at > 2,
    sort: { href: `?sort=${at}#lists`, direction: at === 3 ? 'descending' : null },
  }));
  const rows = Object.values(words.projects).map(({ name, ministry, phase, cost, gap }) => [
    html`<a href="#lists">${name}</a>`,
    ministry,
    tag({ text: phase, tone: phase === words.tones.build ? 'info' : 'good' }),
    cost,
    gap,
  ]);
  return component(words.table, [
    {
      name: words.sortable,
      example: html`${table({ locale, caption: words.caption, columns, rows })}
${dataLinks({ locale, csv: '#csv', json: '#json', about: words.caption })}`,
    },
    {
      name: words.stacked,
      example: table({
        locale,
        caption: words.stackedCaption,
        columns: columns.map(({ text, numeric }) => ({ text, numeric: numeric === true })),
        rows,
        stacked: true,
      }),
    },
    {
      name: words.empty,
      example: table({
        locale,
        caption: words.emptyCaption,
        columns: columns.map(({ text, numeric }) => ({ text, numeric: numeric === true })),
        rows: [],
        empty: words.nothing,
      }),
    },
  ]);
}

function narrowing(locale: Locale): Html {
  const words = listExampleMessages(locale);
  const fields = (prefix: string, chosen: { ministry?: string; phase?: string }) => [
    select({
      locale,
      name: 'ministry',
      id: `${prefix}-ministry`,
      label: words.ministry,
      placeholder: words.all,
      items: words.ministries.map((text) => ({ value: text, text })),
      value: chosen.ministry,
    }),
    select({
      locale,
      name: 'phase',
      id: `${prefix}-phase`,
      label: words.phase,
      placeholder: words.all,
      items: words.phases.map((text) => ({ value: text, text })),
      value: chosen.phase,
    }),
  ];
  const [ministry = ''] = words.ministries;
  const [, phase = ''] = words.phases;
  const panel = { locale, action: '/ui', clearHref: '#lists' };
  return html`${component(
    words.search,
    [
      { name: words.usual, example: searchBox({ locale, action: '/ui', label: words.searchLabel }) },
      {
        name: words.filled,
        example: searchBox({
          locale,
          action: '/ui',
          id: 'search-filled',
          label: words.searched,
          value: words.searchedValue,
        }),
      },
    ],
    'sideBySide',
  )}
${component(words.filter, [
  { name: words.noFilter, example: filterPanel({ ...panel, fields: fields('none', {}), applied: [] }) },
  {
    name: words.applied,
    example: filterPanel({
      ...panel,
      id: 'filter-applied',
      title: words.filterTitle,
      fields: fields('applied', { ministry, phase }),
      applied: [ministry, phase].map((text) => ({ text, removeHref: '#lists' })),
    }),
  },
])}`;
}

function pages(locale: Locale): Html {
  const words = listExampleMessages(locale);
  const hrefOf = (page: number) => `?page=${page}#lists`;
  return component(words.pages, [
    { name: words.first, example: pagination({ locale, page: 1, pages: 3, hrefOf, label: words.first }) },
    { name: words.middle, example: pagination({ locale, page: 12, pages: 40, hrefOf, label: words.middle }) },
    {
      name: words.cursor,
      example: nextPage({ locale, nextHref: '#lists', firstHref: '#lists', label: words.cursor }),
    },
  ]);
}

function facts(locale: Locale): Html {
  const words = listExampleMessages(locale);
  return component(words.summary, [
    {
      name: words.facts,
      example: summaryList({
        rows: [
          {
            key: words.name,
            value: words.nameValue,
            actions: [{ href: '#lists', text: words.change, hiddenText: words.changeName }],
          },
          { key: words.state, value: tag({ text: words.stateValue, tone: 'info' }) },
          { key: words.sponsor, value: words.sponsorValue },
        ],
      }),
    },
  ]);
}
