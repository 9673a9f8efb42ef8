// The pages of the brigade: its people with a calendar of their free days, and one person.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { supportCrumb } from '../entry/entry.crumb.ts';
import { brigadesMessages } from './brigades.messages.ts';
import { EXPERTISES, type Expertise } from './expertises.data.ts';
import type { BrigadePerson } from './people.types.ts';

/** Free days of a person in a week. */
export interface FreeWeek {
  readonly week: string;
  readonly days: number;
}

/** A person with their weeks to come. */
export type PersonWithWeeks = BrigadePerson & { readonly freeDays: readonly FreeWeek[] };

function skillsText(locale: Locale, { skills }: BrigadePerson): Html {
  const words = brigadesMessages(locale);
  return html`<ul class="govuk-list">${skills
    .toSorted((one, other) => other.level - one.level)
    .map(
      ({ expertise, level }) =>
        html`<li>${words.brigade.levelShort(words.expertises[expertise], level)}</li>`,
    )}</ul>`;
}

/** The page of the brigade. */
export function brigadePage(locale: Locale, people: readonly PersonWithWeeks[]): Page {
  const words = brigadesMessages(locale);
  const { brigade, columns } = words;
  const address = (person: BrigadePerson) =>
    html`<a class="govuk-link" href="/support/brigade/${person.personId}">${person.name}</a>`;
  const weeks = people[0]?.freeDays ?? [];
  return {
    title: brigade.title,
    breadcrumbs: [supportCrumb(locale)],
    main: html`<h1>${brigade.title}</h1>
<p class="socle-lead">${brigade.lead}</p>
${buttonGroup([button({ text: brigade.add, href: '/support/brigade/new' })])}
<h2>${brigade.calendar}</h2>
${table({
  locale,
  caption: brigade.calendar,
  captionHidden: true,
  columns: [
    { text: columns.person },
    ...weeks.map(({ week }) => ({ text: shortDay(locale, week), numeric: true })),
  ],
  rows: people.map((person) => [
    address(person),
    ...person.freeDays.map(({ days }) => formatNumber(locale, days)),
  ]),
  empty: brigade.empty,
})}
<h2>${brigade.people}</h2>
${table({
  locale,
  caption: brigade.people,
  captionHidden: true,
  columns: [
    { text: columns.person },
    { text: columns.skills },
    { text: columns.perWeek, numeric: true },
    { text: columns.load, numeric: true },
  ],
  rows: people.map((person) => [
    address(person),
    skillsText(locale, person),
    formatNumber(locale, person.daysPerWeek),
    formatNumber(
      locale,
      person.loads.reduce((sum, { days }) => sum + days, 0),
    ),
  ]),
  empty: brigade.empty,
})}`,
  };
}

/** A Monday, short enough to head a column. */
function shortDay(locale: Locale, day: string): string {
  return formatDay(locale, day).replace(/,? \d{4}$/, '');
}

/** What was typed of a person. */
export interface TypedBrigadePerson {
  readonly email: string;
  readonly daysPerWeek: string;
  readonly levels: Readonly<Partial<Record<Expertise, string>>>;
}

/** What the page of a person shows; `person` is null for one to add. */
export interface PersonView {
  readonly csrf: Html;
  readonly person: BrigadePerson | null;
  readonly typed: TypedBrigadePerson;
  readonly absence: { readonly from: string; readonly to: string };
  readonly faults: readonly FieldError[];
}

/** The page on which a person is added or changed. */
export function brigadePersonPage(locale: Locale, view: PersonView): Page {
  const { brigade } = brigadesMessages(locale);
  const { person, csrf, faults } = view;
  const title = person?.name ?? brigade.add;
  return {
    title: `${title}, ${brigade.title}`,
    breadcrumbs: [supportCrumb(locale), { text: brigade.title, href: '/support/brigade' }],
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${title}</h1>
${person !== null && person.leftAt !== null && inset(brigade.left)}
${form({
  action: person ? `/support/brigade/${person.personId}` : '/support/brigade/new',
  csrf,
  content: html`${personFields(locale, view)}${button({ text: brigade.save })}`,
})}
${person && absences(locale, view, person)}
${
  person !== null &&
  person.leftAt === null &&
  form({
    action: `/support/brigade/${person.personId}/leave`,
    csrf,
    content: button({ text: brigade.leave, kind: 'warning' }),
  })
}`,
  };
}

function personFields(locale: Locale, { person, typed, faults }: PersonView): Html {
  const words = brigadesMessages(locale);
  const { brigade } = words;
  const error = (field: string) => faultOf(locale, faults, field);
  return html`${person === null && textInput({ locale, name: 'email', label: brigade.email, hint: brigade.emailHint, type: 'email', value: typed.email, maxLength: 254, spellcheck: false, error: error('email') })}
${textInput({ locale, name: 'daysPerWeek', label: brigade.daysPerWeek, inputMode: 'decimal', width: 4, maxLength: 4, value: typed.daysPerWeek, error: error('daysPerWeek') })}
${fieldset({
  legend: brigade.levels,
  content: EXPERTISES.map((expertise) =>
    select({
      locale,
      name: `level-${expertise}`,
      label: words.expertises[expertise],
      value: typed.levels[expertise] ?? '0',
      error: error(`level-${expertise}`),
      items: (['0', '1', '2', '3'] as const).map((value) => ({ value, text: brigade.level[value] })),
    }),
  ),
})}`;
}

function absences(locale: Locale, { csrf, absence, faults }: PersonView, person: BrigadePerson): Html {
  const { brigade } = brigadesMessages(locale);
  const here = `/support/brigade/${person.personId}/absences`;
  return html`<h2>${brigade.absences}</h2>
${table({
  locale,
  caption: brigade.absences,
  captionHidden: true,
  columns: [{ text: brigade.from }, { text: brigade.to }, { text: brigade.action }],
  rows: person.absences.map(({ id, from, to }) => [
    formatDay(locale, from),
    formatDay(locale, to),
    form({
      action: `${here}/${id}/remove`,
      csrf,
      content: button({
        text: brigade.remove,
        kind: 'secondary',
        small: true,
        hiddenText: formatDay(locale, from),
      }),
    }),
  ]),
  empty: brigade.noAbsence,
})}
${form({
  action: here,
  csrf,
  content: html`${textInput({ locale, name: 'from', label: brigade.from, type: 'date', value: absence.from, error: faultOf(locale, faults, 'from') })}
${textInput({ locale, name: 'to', label: brigade.to, type: 'date', value: absence.to, error: faultOf(locale, faults, 'to') })}
${button({ text: brigade.addAbsence, kind: 'secondary' })}`,
})}`;
}
