// The list of assessments and the form that begins them.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { form } from '#ui/components/form.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import type { SeenAssessment } from './assessment-at.ts';
import type { NewAssessmentInput } from './assessments.actions.ts';
import type { Subject } from './assessments.repository.ts';
import { exemptionState } from './assessments.rules.ts';
import {
  assessmentAddress,
  assessmentCrumbs,
  conformityTag,
  exemptionTag,
  writtenRate,
} from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import type { ListedDoctrine } from './doctrines.repository.ts';

/** What the list shows. */
export interface AssessmentListView {
  readonly query: { readonly search?: string; readonly doctrine?: string };
  readonly items: readonly SeenAssessment[];
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly doctrines: readonly ListedDoctrine[];
  readonly may: { readonly assess: boolean; readonly oversee: boolean };
  readonly today: string;
  readonly timeZone: string;
}

const PATH = '/support/assessments';

/** The assessments that the reader sees, those that changed last first. */
export function assessmentsPage(locale: Locale, view: AssessmentListView): Page {
  const words = doctrinesMessages(locale);
  const { assessments } = words;
  const { query, items, may, next, isFirst, today, timeZone } = view;
  const isFiltered = Boolean(query.search || query.doctrine);
  return {
    title: assessments.title,
    breadcrumbs: assessmentCrumbs(locale).slice(0, 1),
    main: html`<h1>${assessments.title}</h1>
<p class="socle-lead">${may.oversee ? assessments.leadAll : assessments.lead}</p>
${may.assess && button({ text: assessments.new, href: `${PATH}/new` })}
${filters(locale, view)}
${table({
  locale,
  caption: assessments.title,
  captionHidden: true,
  columns: [
    { text: assessments.subject },
    { text: words.doctrine },
    { text: assessments.conformity },
    { text: assessments.declared, numeric: true },
    { text: assessments.evidenced, numeric: true },
    { text: assessments.exemption },
    { text: assessments.changed },
  ],
  rows: items.map((one) => [
    html`<a href="${assessmentAddress(one.id)}">${one.subjectName}<span class="govuk-visually-hidden">, ${one.doctrineTitle[locale]}</span></a><br><span class="socle-secondary">${one.organisationName}</span>`,
    html`${one.doctrineTitle[locale]}${one.versionReplacedAt !== null && html`<br>${tag({ text: assessments.outdated, tone: 'warning' })}`}`,
    conformityTag(locale, one.findings.conformity),
    writtenRate(locale, one.findings.declared),
    writtenRate(locale, one.findings.evidenced),
    exemptionCell(locale, one, today),
    formatDate(locale, one.changedAt, timeZone),
  ]),
  empty: isFiltered ? assessments.nothingFound : assessments.nothing,
})}
${nextPage({
  locale,
  nextHref: next === null ? null : listAddress(PATH, { ...query, cursor: next }),
  ...(isFirst ? {} : { firstHref: listAddress(PATH, { ...query }) }),
})}
${dataLinks({
  locale,
  csv: listAddress(`${PATH}.csv`, { ...query }),
  json: listAddress('/api/v1/support/assessments', { ...query }),
})}`,
  };
}

function exemptionCell(locale: Locale, { exemptions }: SeenAssessment, today: string): Html {
  const words = doctrinesMessages(locale);
  const [newest] = exemptions;
  if (!newest) return html`${words.assessments.noExemption}`;
  const day = newest.until ?? newest.askedUntil;
  return html`${exemptionTag(locale, exemptionState(newest, today))}${newest.decision !== 'refused' && html`<br><span class="socle-secondary">${words.until(formatDay(locale, day))}</span>`}`;
}

function filters(locale: Locale, { query, doctrines }: AssessmentListView): Html {
  const words = doctrinesMessages(locale);
  const doctrine = doctrines.find(({ word }) => word === query.doctrine);
  return filterPanel({
    locale,
    action: PATH,
    fields: [
      textInput({
        locale,
        name: 'search',
        label: words.assessments.search,
        type: 'search',
        value: query.search ?? '',
      }),
      select({
        locale,
        name: 'doctrine',
        label: words.doctrine,
        value: query.doctrine,
        placeholder: words.assessments.all,
        items: doctrines.map(({ word, title }) => ({ value: word, text: title[locale] })),
      }),
    ],
    applied: [
      ...(query.search
        ? [{ text: query.search, removeHref: listAddress(PATH, { doctrine: query.doctrine }) }]
        : []),
      ...(doctrine
        ? [{ text: doctrine.title[locale], removeHref: listAddress(PATH, { search: query.search }) }]
        : []),
    ],
    clearHref: PATH,
  });
}

/** The form that begins assessments. */
export function newAssessmentPage(
  locale: Locale,
  {
    csrf,
    typed,
    faults,
    subjects,
    organisations,
    doctrines,
  }: {
    csrf: Html;
    typed: NewAssessmentInput;
    faults: readonly FieldError[];
    subjects: readonly Subject[];
    organisations: readonly { readonly id: string; readonly name: string }[];
    doctrines: readonly ListedDoctrine[];
  },
): Page {
  const words = doctrinesMessages(locale).new;
  const error = (field: string) => faultOf(locale, faults, field);
  return {
    title: words.title,
    breadcrumbs: assessmentCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${form({
  action: `${PATH}/new`,
  csrf,
  content: html`${
    subjects.length > 0 &&
    select({
      locale,
      name: 'subjectId',
      label: words.known,
      value: typed.subjectId,
      placeholder: words.aNew,
      items: subjects.map(({ id, name }) => ({ value: id, text: name })),
      error: error('subjectId'),
    })
  }
${textInput({ locale, name: 'name', label: words.name, value: typed.name, error: error('name') })}
${select({
  locale,
  name: 'organisationId',
  label: words.organisation,
  value: typed.organisationId,
  items: organisations.map(({ id, name }) => ({ value: id, text: name })),
  error: error('organisationId'),
})}
${textInput({ locale, name: 'reference', label: words.reference, hint: words.referenceHint, optional: true, value: typed.reference, error: error('reference'), spellcheck: false })}
${checkboxes({
  locale,
  name: 'doctrines',
  label: words.doctrines,
  values: typed.doctrines,
  items: doctrines
    .filter(({ inForce }) => inForce !== null)
    .map(({ word, title, summary }) => ({ value: word, text: title[locale], hint: summary[locale] })),
  error: error('doctrines'),
})}
${button({ text: words.start })}`,
})}`,
  };
}
