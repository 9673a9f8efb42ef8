// The lists of contracts: the public one, and that of somebody's own.
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { tags } from '#ui/components/tag-list.ts';
import { textInput } from '#ui/components/text-input.ts';
import { html } from '#ui/html.ts';
import { PROPOSALS } from '../verdicts/verdicts.types.ts';
import type { ContractFilter } from './contract-access.rules.ts';
import {
  contractAddress,
  contractCrumbs,
  contractTag,
  decisionTag,
  shortVerdict,
} from './contract-parts.pages.ts';
import { contractsMessages } from './contracts.messages.ts';
import { CONTRACT_STATES, type NamedContract, PUBLIC_STATES } from './contracts.types.ts';
import type { ContractReview } from './reviews.types.ts';

/** What a list of contracts shows. */
export interface ContractListView {
  readonly filter: ContractFilter;
  readonly items: readonly NamedContract[];
  readonly reviews: ReadonlyMap<string, ContractReview>;
  readonly total: number;
  /** Where the next page starts; null on the last one. */
  readonly next: number | null;
  readonly isFirst: boolean;
  readonly mayDraft: boolean;
  /** Whether there is a list of the reader's own to lead to. */
  readonly hasOwn: boolean;
}

/** A list of contracts: the public one or, where `own` is true, that of the reader's own. */
export function contractsPage(locale: Locale, own: boolean, view: ContractListView): Page {
  const words = contractsMessages(locale);
  const path = own ? '/impact/contracts/mine' : '/impact/contracts';
  const { filter, items, reviews } = view;
  const query = { search: filter.search, state: filter.state, decision: filter.decision };
  const without = (name: keyof typeof query) => listAddress(path, { ...query, [name]: undefined });
  const title = own ? words.mine : words.title;
  const crumbs = contractCrumbs(locale);
  return {
    title,
    breadcrumbs: own ? crumbs : crumbs.slice(0, 1),
    main: html`<h1>${title}</h1>
<p class="socle-lead">${own ? words.mineLead : words.lead}</p>
${own && view.mayDraft && button({ text: words.add, href: '/impact/contracts/new' })}
${!own && view.hasOwn && html`<p><a href="/impact/contracts/mine">${words.toMine}</a></p>`}
${filterPanel({
  locale,
  action: path,
  fields: [
    textInput({ locale, name: 'search', label: words.search, type: 'search', value: filter.search ?? '' }),
    select({
      locale,
      name: 'state',
      label: words.state,
      value: filter.state,
      placeholder: words.all,
      items: (own ? CONTRACT_STATES : PUBLIC_STATES).map((value) => ({ value, text: words.states[value] })),
    }),
    select({
      locale,
      name: 'decision',
      label: words.decision,
      value: filter.decision,
      placeholder: words.allDecisions,
      items: PROPOSALS.map((value) => ({ value, text: words.decisions[value] })),
    }),
  ],
  applied: [
    ...(filter.search ? [{ text: filter.search, removeHref: without('search') }] : []),
    ...(filter.state ? [{ text: words.states[filter.state], removeHref: without('state') }] : []),
    ...(filter.decision ? [{ text: words.decisions[filter.decision], removeHref: without('decision') }] : []),
  ],
  clearHref: path,
})}
<p>${words.count(formatNumber(locale, view.total))}</p>
${table({
  locale,
  caption: title,
  captionHidden: true,
  stacked: true,
  columns: [
    { text: words.contract },
    { text: words.owner },
    { text: words.deadline },
    { text: words.state },
    { text: words.verdict },
  ],
  rows: items.map((one) => [
    html`<a href="${contractAddress(one.id)}">${one.terms.title}</a><br>${one.terms.subject}`,
    one.organisationName,
    formatDay(locale, one.deadline),
    tags([
      contractTag(locale, one.state),
      ...(one.decision === null ? [] : [decisionTag(locale, one.decision)]),
    ]),
    shortVerdict(locale, reviews.get(one.id)?.verdict, one.indicatorUnit),
  ]),
  empty: own && Object.keys(filter).length === 0 ? words.nothingMine : words.nothing,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress(path, { ...query, before: view.next }),
  ...(view.isFirst ? {} : { firstHref: listAddress(path, query) }),
})}
${!own && dataLinks({ locale, csv: listAddress('/impact/contracts.csv', query), json: listAddress('/api/v1/impact/contracts', query) })}`,
  };
}
