// The list of project files.
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatMillionEuros, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { html } from '#ui/html.ts';
import { PHASES } from '../panorama/editions.types.ts';
import { fileAddress, fileCrumbs, fileTags, writtenGap } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';
import { FILE_STATES, type FileFacts, type FileFilter } from './files.types.ts';

/** What the list needs. */
export interface FileListView {
  readonly filter: FileFilter;
  readonly items: readonly FileFacts[];
  readonly total: number;
  /** The id after which the next page begins; null at the end. */
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly mayOpen: boolean;
  /** The states that the reader may see: drafts only for who keeps some. */
  readonly seesDrafts: boolean;
}

/** The list, by name, with filters. */
export function filesPage(locale: Locale, view: FileListView): Page {
  const words = filesMessages(locale);
  const { filter, items, total, next } = view;
  const query = {
    search: filter.search,
    state: filter.state,
    phase: filter.phase,
    organisation: filter.organisationId,
  };
  const without = (name: keyof typeof query) =>
    listAddress('/projects/files', { ...query, [name]: undefined });
  const organisation = view.organisations.find(({ id }) => id === filter.organisationId);
  return {
    title: words.title,
    breadcrumbs: fileCrumbs(locale).slice(0, 1),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${view.mayOpen && button({ text: words.add, href: '/projects/files/new' })}
<p><a href="/projects/slippage">${words.toSlippage}</a></p>
${filterPanel({
  locale,
  action: '/projects/files',
  fields: [
    textInput({ locale, name: 'search', label: words.search, type: 'search', value: filter.search ?? '' }),
    select({
      locale,
      name: 'state',
      label: words.state,
      value: filter.state,
      placeholder: words.all,
      items: FILE_STATES.filter((state) => view.seesDrafts || state !== 'draft').map((state) => ({
        value: state,
        text: words.states[state],
      })),
    }),
    select({
      locale,
      name: 'phase',
      label: words.phase,
      value: filter.phase,
      placeholder: words.allPhases,
      items: PHASES.map((phase) => ({ value: phase, text: words.phases[phase] })),
    }),
    select({
      locale,
      name: 'organisation',
      label: words.organisation,
      value: filter.organisationId,
      placeholder: words.allPhases,
      items: view.organisations.map(({ id, name }) => ({ value: id, text: name })),
    }),
  ],
  applied: [
    ...(filter.search ? [{ text: filter.search, removeHref: without('search') }] : []),
    ...(filter.state ? [{ text: words.states[filter.state], removeHref: without('state') }] : []),
    ...(filter.phase ? [{ text: words.phases[filter.phase], removeHref: without('phase') }] : []),
    ...(organisation ? [{ text: organisation.name, removeHref: without('organisation') }] : []),
  ],
  clearHref: '/projects/files',
})}
<p>${total === 1 ? words.countOne : words.count(formatNumber(locale, total))} · ${words.driftNote}</p>
${dataLinks({ locale, csv: listAddress('/projects/files.csv', query), json: listAddress('/api/v1/project-files', query) })}
${table({
  locale,
  stacked: true,
  caption: words.caption,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.state },
    { text: words.phase },
    { text: words.cost, numeric: true },
    { text: words.costDrift, numeric: true },
    { text: words.end },
    { text: words.scheduleDrift, numeric: true },
  ],
  rows: items.map((file) => [
    html`<a href="${fileAddress(file.id)}">${file.name}</a><br><span class="socle-secondary">${file.organisationName}</span>`,
    fileTags(locale, file),
    words.phases[file.phase],
    file.fullCostCents === 0 ? words.none : formatMillionEuros(locale, file.fullCostCents / 1e8),
    writtenGap(locale, file.slippage?.first.costShare),
    formatDay(locale, file.plannedEndOn),
    writtenGap(locale, file.slippage?.first.scheduleShare),
  ]),
  empty: words.nothing,
})}
${nextPage({
  locale,
  nextHref: next === null ? null : listAddress('/projects/files', { ...query, after: next }),
  ...(view.isFirst ? {} : { firstHref: listAddress('/projects/files', query) }),
})}`,
  };
}
