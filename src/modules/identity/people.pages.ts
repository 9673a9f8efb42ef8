// The pages by which administrators see and change people. They show what they are given and decide nothing.
import { ROLES } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress, pagesOf } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { identityMessages } from './identity.messages.ts';
import { givesItsRole } from './memberships.rules.ts';
import type { MembershipInput, NamedMembership } from './memberships.types.ts';
import type { Organisation } from './organisations.types.ts';
import type { PeopleFilter, Person, PersonInput } from './people.types.ts';

function whereHeld(locale: Locale, { role, organisationName }: NamedMembership): string {
  const { common } = identityMessages(locale);
  return organisationName ?? (role === 'citizen' ? common.forOneself : common.everywhere);
}

/** The list of people with the roles that they hold now. */
export function peoplePage(
  locale: Locale,
  {
    filter,
    items,
    memberships,
    total,
    page,
  }: {
    filter: PeopleFilter;
    items: readonly Person[];
    memberships: readonly NamedMembership[];
    total: number;
    page: { number: number; size: number };
  },
): Page {
  const { people: words, roles, common } = identityMessages(locale);
  const without = (name: keyof PeopleFilter) => listAddress('/people', { ...filter, [name]: undefined });
  const rolesOf = (person: Person) => {
    const held = memberships.filter(({ personId }) => personId === person.id);
    if (held.length === 0) return words.noMemberships;
    return html`<ul class="govuk-list">${held.map((one) => html`<li>${roles[one.role]}, ${whereHeld(locale, one)}</li>`)}</ul>`;
  };
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${button({ text: words.add, href: '/people/new' })}
${filterPanel({
  locale,
  action: '/people',
  fields: [
    textInput({
      locale,
      name: 'search',
      label: words.searchLabel,
      type: 'search',
      value: filter.search ?? '',
    }),
    select({
      locale,
      name: 'role',
      label: common.role,
      value: filter.role,
      placeholder: common.all,
      items: ROLES.map((role) => ({ value: role, text: roles[role] })),
    }),
    select({
      locale,
      name: 'account',
      label: words.account,
      value: filter.account,
      placeholder: common.all,
      items: [
        { value: 'open', text: words.open },
        { value: 'closed', text: words.closed },
      ],
    }),
  ],
  applied: [
    ...(filter.search ? [{ text: filter.search, removeHref: without('search') }] : []),
    ...(filter.role ? [{ text: roles[filter.role], removeHref: without('role') }] : []),
    ...(filter.account ? [{ text: words[filter.account], removeHref: without('account') }] : []),
  ],
  clearHref: '/people',
})}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.name }, { text: words.email }, { text: words.memberships }],
  rows: items.map((person) => [
    html`<a href="/people/${person.id}">${person.name}</a>${person.closedAt !== null && html` ${tag({ text: words.closed, tone: 'neutral' })}`}`,
    person.email,
    rolesOf(person),
  ]),
  empty: words.nothing,
})}
${pagination({ locale, ...pagesOf('/people', { ...filter }, page, total) })}`,
  };
}

/** What a person's page shows. */
export interface PersonPageOptions {
  readonly csrf: Html;
  readonly person: Person;
  readonly memberships: readonly NamedMembership[];
  readonly now: Date;
  readonly wasInvited: boolean;
  readonly faults: readonly FieldError[];
}

/** One person, with what an administrator may do. */
export function personPage(locale: Locale, options: PersonPageOptions): Page {
  const { people: words } = identityMessages(locale);
  const { csrf, person, wasInvited, faults } = options;
  const { id, closedAt } = person;
  const account = closedAt === null ? words.open : words.closedSince(formatDate(locale, closedAt));
  return {
    title: person.name,
    hasErrors: faults.length > 0,
    breadcrumbs: [{ text: words.title, href: '/people' }],
    main: html`${faultSummary(locale, faults)}
${wasInvited && notificationBanner({ locale, kind: 'success', text: words.invited })}
<h1>${person.name}</h1>
${person.isFictitious && html`<p>${tag({ text: words.fictitious, tone: 'info' })}</p>`}
${summaryList({
  rows: [
    { key: words.email, value: person.email },
    { key: words.language, value: person.locale === 'fr' ? words.french : words.english },
    { key: words.account, value: account },
  ],
})}
${button({ text: words.edit, href: `/people/${id}/edit`, kind: 'secondary' })}
<h2>${words.memberships}</h2>
${memberships(locale, options)}
${button({ text: words.addMembership, href: `/people/${id}/memberships/new`, kind: 'secondary' })}
${closedAt === null && !person.isFictitious && invitation(locale, options)}
<h2>${words.account}</h2>
${
  closedAt === null
    ? html`<p>${words.closeHelp}</p>
${form({ action: `/people/${id}/close`, csrf, content: button({ text: words.close, kind: 'warning' }) })}`
    : form({
        action: `/people/${id}/reopen`,
        csrf,
        content: button({ text: words.reopen, kind: 'secondary' }),
      })
}`,
  };
}

function memberships(locale: Locale, { csrf, person, memberships: held, now }: PersonPageOptions): Html {
  const { people: words, roles, common } = identityMessages(locale);
  const row = (membership: NamedMembership) => {
    const { id, role, startsAt, endsAt } = membership;
    const isOver = endsAt !== null && endsAt <= now;
    const state = givesItsRole(membership, now)
      ? tag({ text: words.current, tone: 'good' })
      : tag({ text: isOver ? words.past : words.future, tone: 'neutral' });
    return [
      roles[role],
      whereHeld(locale, membership),
      formatDateTime(locale, startsAt),
      endsAt === null ? common.noEnd : formatDateTime(locale, endsAt),
      state,
      !isOver &&
        button({
          text: words.end,
          hiddenText: `${roles[role]}, ${whereHeld(locale, membership)}`,
          kind: 'secondary',
          small: true,
          formAction: `/people/${person.id}/memberships/${id}/end`,
        }),
    ];
  };
  const list = table({
    locale,
    caption: words.memberships,
    captionHidden: true,
    columns: [
      { text: common.role },
      { text: common.organisation },
      { text: common.from },
      { text: common.until },
      { text: words.state },
      { text: common.actions },
    ],
    rows: held.map(row),
    empty: words.noMemberships,
  });
  if (!held.some(({ endsAt }) => endsAt === null || endsAt > now)) return list;
  return form({ action: `/people/${person.id}`, csrf, content: list });
}

function invitation(locale: Locale, { csrf, person }: PersonPageOptions): Html {
  const { people: words } = identityMessages(locale);
  return html`<h2>${words.invitation}</h2>
<p>${words.inviteHelp}</p>
${form({
  action: `/people/${person.id}/invitation`,
  csrf,
  content: html`${checkbox({ locale, name: 'resetFactors', value: 'yes', label: words.resetFactors })}
${button({ text: words.invite, kind: 'secondary' })}`,
})}`;
}

/** The form that records a person (`before` is null) or changes their details. */
export function personFormPage(
  locale: Locale,
  {
    csrf,
    before,
    typed,
    faults,
  }: { csrf: Html; before: Person | null; typed: PersonInput; faults: readonly FieldError[] },
): Page {
  const { people: words, common } = identityMessages(locale);
  const title = before === null ? words.addTitle : words.editTitle(before.name);
  const back = before === null ? '/people' : `/people/${before.id}`;
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: [
      { text: words.title, href: '/people' },
      ...(before === null ? [] : [{ text: before.name, href: back }]),
    ],
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${before === null && html`<p>${words.addHelp}</p>`}
${form({
  action: before === null ? '/people/new' : `/people/${before.id}/edit`,
  csrf,
  content: html`${textInput({ locale, name: 'name', label: words.name, value: typed.name, autocomplete: 'off', error: faultOf(locale, faults, 'name') })}
${textInput({ locale, name: 'email', label: words.email, type: 'email', value: typed.email, autocomplete: 'off', spellcheck: false, error: faultOf(locale, faults, 'email') })}
${select({
  locale,
  name: 'locale',
  label: words.language,
  value: typed.locale,
  items: [
    { value: 'fr', text: words.french },
    { value: 'en', text: words.english },
  ],
})}
${buttonGroup([button({ text: common.save }), html`<a href="${back}">${common.cancel}</a>`])}`,
})}`,
  };
}

/** The form that gives a person a role. */
export function membershipFormPage(
  locale: Locale,
  {
    csrf,
    person,
    organisations,
    typed,
    faults,
  }: {
    csrf: Html;
    person: Person;
    organisations: readonly Organisation[];
    typed: MembershipInput;
    faults: readonly FieldError[];
  },
): Page {
  const { people: words, roles, common } = identityMessages(locale);
  const title = words.addMembershipTitle(person.name);
  const day = (name: 'from' | 'until', label: string, hint: string) =>
    textInput({
      locale,
      name,
      label,
      hint,
      type: 'date',
      value: typed[name],
      optional: true,
      width: 10,
      error: faultOf(locale, faults, name),
    });
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: [
      { text: words.title, href: '/people' },
      { text: person.name, href: `/people/${person.id}` },
    ],
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({
  action: `/people/${person.id}/memberships/new`,
  csrf,
  content: html`${select({
    locale,
    name: 'role',
    label: common.role,
    value: typed.role,
    placeholder: true,
    items: ROLES.map((role) => ({ value: role, text: roles[role] })),
    error: faultOf(locale, faults, 'role'),
  })}
${select({
  locale,
  name: 'organisationId',
  label: common.organisation,
  value: typed.organisationId,
  placeholder: words.noOrganisation,
  items: organisations.map(({ id, name }) => ({ value: id, text: name })),
  error: faultOf(locale, faults, 'organisationId'),
})}
${day('from', common.from, words.fromHint)}
${day('until', common.until, words.untilHint)}
${buttonGroup([button({ text: common.save }), html`<a href="/people/${person.id}">${common.cancel}</a>`])}`,
})}`,
  };
}
