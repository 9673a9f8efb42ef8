// The pages of requests for help: list, form, one with its team and what to do, the preparation of a team.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html, lines } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import {
  daysText,
  helpAddress,
  helpCrumbs,
  helpTag,
  missionAddress,
  needsList,
  periodText,
  teamTable,
} from './brigade-parts.pages.ts';
import { brigadesMessages } from './brigades.messages.ts';
import { EXPERTISES } from './expertises.data.ts';
import { type HelpSide, mayStep, type TypedHelp } from './requests.rules.ts';
import {
  HELP_STATES,
  type HelpEvent,
  type HelpRequest,
  type Need,
  type ProposedMember,
} from './requests.types.ts';
import type { ProposedTeam } from './team.rules.ts';

/** A contract as a choice or a fact. */
export interface NamedChoice {
  readonly id: string;
  readonly name: string;
}

/** The list of requests that the reader sees. */
export function helpRequestsPage(
  locale: Locale,
  view: {
    readonly items: readonly HelpRequest[];
    readonly state: string;
    readonly next: string | null;
    readonly isFirst: boolean;
    readonly mayAsk: boolean;
  },
): Page {
  const words = brigadesMessages(locale);
  const { requests, columns } = words;
  const { state } = view;
  return {
    title: requests.title,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${requests.title}</h1>
<p class="socle-lead">${requests.lead}</p>
${view.mayAsk && buttonGroup([button({ text: requests.new, href: '/support/requests/new' })])}
${form({
  action: '/support/requests',
  csrf: null,
  content: html`${select({ locale, name: 'state', label: requests.filter, value: state, placeholder: requests.all, items: HELP_STATES.map((value) => ({ value, text: words.states[value] })) })}
${button({ text: words.steps.send, kind: 'secondary' })}`,
})}
${table({
  locale,
  caption: requests.title,
  captionHidden: true,
  columns: [
    { text: columns.title },
    { text: columns.organisation },
    { text: columns.state },
    { text: columns.period },
    { text: columns.days, numeric: true },
  ],
  rows: view.items.map((item) => [
    html`<a class="govuk-link" href="${helpAddress(item.id)}">${item.title}</a><br><span class="govuk-hint">${requests.number(item.number)}</span>`,
    item.organisationName,
    helpTag(locale, item),
    periodText(locale, item),
    formatNumber(locale, totalOf(item.needs)),
  ]),
  empty: view.mayAsk ? requests.emptyOwn : requests.empty,
})}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress('/support/requests', { state, cursor: view.next }),
  ...(view.isFirst ? {} : { firstHref: listAddress('/support/requests', { state }) }),
})}`,
  };
}

function totalOf(needs: readonly Need[]): number {
  return needs.reduce((sum, { days }) => sum + days, 0);
}

/** What the form of a request needs; `request` is the one changed, null for a new one. */
export interface HelpFormView {
  readonly csrf: Html;
  readonly request: HelpRequest | null;
  readonly typed: TypedHelp;
  readonly faults: readonly FieldError[];
  readonly organisations: readonly NamedChoice[];
  readonly contracts: readonly NamedChoice[];
}

/** The form of a request. */
export function helpFormPage(locale: Locale, view: HelpFormView): Page {
  const words = brigadesMessages(locale).form;
  const { request, faults, organisations } = view;
  const title = request ? words.change : words.title;
  return {
    title,
    breadcrumbs: helpCrumbs(locale, request ?? undefined),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${title}</h1>
<p class="socle-lead">${words.lead}</p>
${
  organisations.length === 0 && request === null
    ? html`<p>${words.noOrganisation}</p>`
    : form({
        action: request ? helpAddress(request.id, '/edit') : '/support/requests/new',
        csrf: view.csrf,
        content: html`${request && hiddenFields({ version: String(request.version) })}
${helpFields(locale, view)}
${buttonGroup([button({ text: request ? words.save : words.submit }), html`<a class="govuk-link" href="${request ? helpAddress(request.id) : '/support/requests'}">${words.back}</a>`])}`,
      })
}`,
  };
}

function helpFields(
  locale: Locale,
  { request, typed, faults, organisations, contracts }: HelpFormView,
): Html {
  const words = brigadesMessages(locale);
  const { form: labels } = words;
  const error = (field: string) => faultOf(locale, faults, field);
  const choices = (all: readonly NamedChoice[]) => all.map(({ id, name }) => ({ value: id, text: name }));
  return html`${request === null && select({ locale, name: 'organisationId', label: labels.organisation, value: typed.organisationId, error: error('organisationId'), items: choices(organisations) })}
${textInput({ locale, name: 'title', label: labels.name, hint: labels.nameHint, value: typed.title, maxLength: 150, error: error('title') })}
${textInput({ locale, name: 'subject', label: labels.subject, value: typed.subject, maxLength: 200, error: error('subject') })}
${textarea({ locale, name: 'problem', label: labels.problem, hint: labels.problemHint, rows: 6, limit: 4000, value: typed.problem, error: error('problem') })}
${fieldset({
  legend: labels.needs,
  content: html`<p class="govuk-hint">${labels.needsHint}</p>${EXPERTISES.map((expertise) =>
    textInput({
      locale,
      name: `days-${expertise}`,
      label: words.expertises[expertise],
      inputMode: 'decimal',
      width: 4,
      maxLength: 6,
      value: typed.days[expertise] ?? '',
      error: error(`days-${expertise}`),
    }),
  )}`,
})}
${textInput({ locale, name: 'startsOn', label: labels.startsOn, type: 'date', value: typed.startsOn, error: error('startsOn') })}
${textInput({ locale, name: 'endsOn', label: labels.endsOn, type: 'date', value: typed.endsOn, error: error('endsOn') })}
${request === null && select({ locale, name: 'contractId', label: labels.contract, hint: labels.contractHint, optional: true, value: typed.contractId, placeholder: labels.contractNone, error: error('contractId'), items: choices(contracts) })}`;
}

/** What the page of a request shows. */
export interface HelpView {
  readonly csrf: Html;
  readonly request: HelpRequest;
  readonly sides: readonly HelpSide[];
  readonly team: readonly ProposedMember[];
  readonly events: readonly HelpEvent[];
  readonly contract: { readonly id: string; readonly name: string; readonly isSigned: boolean } | null;
  /** What may be attached. */
  readonly contracts: readonly NamedChoice[];
  readonly typed: { readonly step: string; readonly text: string };
  readonly faults: readonly FieldError[];
  readonly timeZone: string;
}

/** The page of a request. */
export function helpRequestPage(locale: Locale, view: HelpView): Page {
  const words = brigadesMessages(locale);
  const { requests } = words;
  const { request, faults, team } = view;
  return {
    title: `${request.title}, ${requests.number(request.number)}`,
    breadcrumbs: helpCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${requests.number(request.number)}, ${request.organisationName}</span>
<h1>${request.title}</h1>
<p>${helpTag(locale, request)}</p>
${request.missionId !== null && buttonGroup([button({ text: requests.mission, href: missionAddress(request.missionId) })])}
<h2>${requests.facts}</h2>
${facts(locale, view)}
${
  team.length > 0 &&
  html`<h2>${requests.team}</h2>${teamTable(locale, team)}${gaps(locale, request.needs, team)}`
}
${whatToDo(locale, view)}
<h2>${requests.history}</h2>
${timeline({
  events: view.events.map(({ step, at, byName, text }) => ({
    title: words.events[step],
    at: { iso: at.toISOString(), text: formatDateTime(locale, at, view.timeZone) },
    ...(byName === null ? {} : { byline: words.by(byName) }),
    ...(text === null ? {} : { description: lines(text) }),
  })),
})}`,
  };
}

function facts(locale: Locale, { request, contract, timeZone }: HelpView): Html {
  const words = brigadesMessages(locale);
  const { requests } = words;
  return summaryList({
    rows: [
      { key: requests.subject, value: request.subject },
      { key: requests.problem, value: lines(request.problem) },
      { key: requests.needs, value: needsList(locale, request.needs) },
      { key: requests.period, value: periodText(locale, request) },
      {
        key: requests.contract,
        value: contract
          ? html`<a class="govuk-link" href="/impact/contracts/${contract.id}">${contract.name}</a> (${requests.contractState(contract.isSigned)})`
          : requests.noContract,
      },
      {
        key: requests.requester,
        value: `${request.requesterName}, ${formatDate(locale, request.submittedAt, timeZone)}`,
      },
    ],
  });
}

function gaps(
  locale: Locale,
  needs: readonly Need[],
  team: readonly { expertise: string; days: number }[],
): Html {
  const words = brigadesMessages(locale);
  const left = needs
    .map(({ expertise, days }) => ({
      expertise,
      days: days - team.reduce((sum, one) => sum + (one.expertise === expertise ? one.days : 0), 0),
    }))
    .filter(({ days }) => days > 0);
  if (left.length === 0) return html`<p>${words.requests.covered}</p>`;
  return html`<h3>${words.requests.uncovered}</h3><ul class="govuk-list govuk-list--bullet">${left.map(
    ({ expertise, days }) =>
      html`<li>${words.team.gapPlain(words.expertises[expertise], daysText(locale, days))}</li>`,
  )}</ul>`;
}

function whatToDo(locale: Locale, view: HelpView): Html | null {
  const { requests, steps: labels, form: fields } = brigadesMessages(locale);
  const { request, sides, csrf, contracts, faults, typed } = view;
  const may = (step: Parameters<typeof mayStep>[0]) => mayStep(step, request, sides);
  const version = hiddenFields({ version: String(request.version) });
  const links = [
    ...(may('propose') ? [button({ text: labels.propose, href: helpAddress(request.id, '/proposal') })] : []),
    ...(may('change')
      ? [button({ text: labels.edit, kind: 'secondary', href: helpAddress(request.id, '/edit') })]
      : []),
  ];
  const steps = (['examine', 'accept', 'decline', 'refuse', 'withdraw'] as const).filter(may);
  const nameOf = (step: (typeof steps)[number]) =>
    step === 'examine' && request.state !== 'submitted' ? labels.reexamine : labels[step];
  const only = steps.length === 1 ? steps[0] : undefined;
  if (links.length === 0 && steps.length === 0 && !may('start')) return null;
  return html`<h2>${requests.next}</h2>
${links.length > 0 && buttonGroup(links)}
${
  may('start') &&
  form({
    action: helpAddress(request.id, '/mission'),
    csrf,
    content: html`${version}${button({ text: labels.start })}`,
  })
}
${
  may('attach-contract') &&
  contracts.length > 0 &&
  form({
    action: helpAddress(request.id, '/contract'),
    csrf,
    content: html`${version}${select({ locale, name: 'contractId', label: fields.contract, value: request.contractId ?? '', placeholder: true, error: faultOf(locale, faults, 'contractId'), items: contracts.map(({ id, name }) => ({ value: id, text: name })) })}
${button({ text: fields.attach, kind: 'secondary' })}`,
  })
}
${
  steps.length > 0 &&
  form({
    action: helpAddress(request.id, '/steps'),
    csrf,
    content: html`${version}${
      only === undefined
        ? radios({
            locale,
            name: 'step',
            label: labels.step,
            value: typed.step,
            error: faultOf(locale, faults, 'step'),
            items: steps.map((value) => ({ value, text: nameOf(value) })),
          })
        : hiddenFields({ step: only })
    }
${textarea({ locale, name: 'text', label: labels.reason, rows: 3, limit: 4000, optional: !steps.some((step) => step === 'refuse' || step === 'decline'), value: typed.text, error: faultOf(locale, faults, 'text') })}
${button({ text: only === undefined ? labels.send : nameOf(only), kind: links.length > 0 || only !== undefined ? 'secondary' : 'primary' })}`,
  })
}`;
}

/** The page on which a team is prepared. */
export function teamPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly request: HelpRequest;
    readonly team: ProposedTeam;
    readonly names: ReadonlyMap<string, string>;
    readonly without: readonly string[];
  },
): Page {
  const words = brigadesMessages(locale);
  const { request, team, names, without } = view;
  const named = (personId: string) => names.get(personId) ?? '';
  const concerned = [...new Set([...team.members.map(({ personId }) => personId), ...without])].filter((id) =>
    names.has(id),
  );
  return {
    title: `${words.team.title}, ${words.requests.number(request.number)}`,
    breadcrumbs: helpCrumbs(locale, request),
    main: html`<span class="govuk-caption-l">${request.title}</span>
<h1>${words.team.title}</h1>
<p class="socle-lead">${words.team.lead}</p>
<h2>${words.requests.needs}</h2>
<p>${periodText(locale, request)}</p>
${needsList(locale, request.needs)}
<h2>${words.requests.team}</h2>
${teamTable(
  locale,
  team.members.map((member) => ({ ...member, name: named(member.personId) })),
)}
${
  team.uncovered.length === 0
    ? html`<p>${words.requests.covered}</p>`
    : html`<h3>${words.requests.uncovered}</h3><ul class="govuk-list govuk-list--bullet">${team.uncovered.map(
        ({ expertise, days, because }) =>
          html`<li>${words.team.gap(words.expertises[expertise], daysText(locale, days), words.team.because[because])}</li>`,
      )}</ul>`
}
${
  team.members.length > 0 &&
  form({
    action: helpAddress(request.id, '/proposal'),
    csrf: view.csrf,
    content: html`${hiddenFields({ version: String(request.version) })}${without.map((id) => html`<input type="hidden" name="without" value="${id}">`)}${button({ text: words.team.propose })}`,
  })
}
${
  concerned.length > 0 &&
  form({
    action: helpAddress(request.id, '/proposal'),
    csrf: null,
    content: html`${checkboxes({ locale, name: 'without', label: words.team.without, hint: words.team.withoutHint, values: without, items: concerned.map((id) => ({ value: id, text: named(id) })) })}
${button({ text: words.team.again, kind: 'secondary' })}`,
  })
}`,
  };
}
