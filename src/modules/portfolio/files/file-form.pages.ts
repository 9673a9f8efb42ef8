// The forms of a file: its own fields, and its milestones and objectives as rows.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { form } from '#ui/components/form.ts';
import { type InputColumn, inputTable } from '#ui/components/input-table.ts';
import { inset } from '#ui/components/inset.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { PHASES } from '../panorama/editions.types.ts';
import { type FileField, type FileInput, fieldsThatDiffer, fileAsInput } from './file-input.rules.ts';
import { fileAddress, fileCrumbs } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';
import type { ProjectFile } from './files.types.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What the form of a file needs. */
export interface FileFormView {
  readonly csrf: Html;
  /** Null for a new one. */
  readonly file: ProjectFile | null;
  readonly typed: FileInput;
  readonly organisationId: string;
  readonly organisations: readonly Named[];
  readonly owners: readonly Named[];
  readonly reason: string;
  readonly faults: readonly FieldError[];
  /** True when somebody else changed the file since it was opened. */
  readonly wasChanged: boolean;
}

/** The form that opens a file or changes one. */
export function fileFormPage(locale: Locale, view: FileFormView): Page {
  const { file, faults } = view;
  const words = filesMessages(locale).form;
  const title = file === null ? words.addTitle : words.editTitle;
  const back = file === null ? '/projects/files' : fileAddress(file.id);
  return {
    title: file === null ? title : `${title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file ?? undefined),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${view.wasChanged && file !== null && whatChanged(locale, view.typed, file)}
${form({
  action: file === null ? '/projects/files/new' : fileAddress(file.id, '/edit'),
  csrf: view.csrf,
  content: html`<input type="hidden" name="version" value="${file?.version ?? 0}">
${fields(locale, view)}
${buttonGroup([button({ text: words.save }), html`<a href="${back}">${words.cancel}</a>`])}`,
})}`,
  };
}

/** What stands in the place of the form for whoever belongs to no organisation that keeps files. */
export function nothingToOpenPage(locale: Locale): Page {
  const words = filesMessages(locale).form;
  return {
    title: words.addTitle,
    breadcrumbs: fileCrumbs(locale),
    main: html`<h1>${words.addTitle}</h1><p>${words.noOrganisation}</p>`,
  };
}

function whatChanged(locale: Locale, typed: FileInput, file: ProjectFile): Html {
  const { form: words, phases } = filesMessages(locale);
  const now = fileAsInput(file);
  const shown = (field: FileField): string => {
    if (field === 'ownerId') return file.ownerName;
    if (field === 'phase') return phases[file.phase];
    return now[field] === '' ? words.empty : now[field];
  };
  const differ = fieldsThatDiffer(typed, file);
  return inset(html`<h2>${words.changedTitle}</h2>
${
  differ.length === 0
    ? html`<p>${words.sameNow}</p>`
    : html`<p>${words.changedLead}</p>${summaryList({ rows: differ.map((field) => ({ key: words.fields[field].label, value: shown(field) })) })}`
}`);
}

function fields(locale: Locale, view: FileFormView): Html {
  const { form: words, phases } = filesMessages(locale);
  const { typed, faults, file } = view;
  const common = (name: FileField) => {
    const { label, hint }: { label: string; hint?: string } = words.fields[name];
    const error = faultOf(locale, faults, name);
    return { locale, name, label, error, value: typed[name], ...(hint === undefined ? {} : { hint }) };
  };
  const day = (name: FileField) => textInput({ ...common(name), type: 'date', width: 10 });
  const [project, people, time, panorama] = words.parts;
  return html`<h2>${project}</h2>
${
  file === null &&
  select({
    locale,
    name: 'organisationId',
    label: words.fields.organisationId.label,
    value: view.organisationId,
    items: view.organisations.map(({ id, name }) => ({ value: id, text: name })),
    error: faultOf(locale, faults, 'organisationId'),
  })
}
${textInput(common('name'))}
${textarea({ ...common('description'), rows: 4, limit: 5000 })}
${textarea({ ...common('objectives'), rows: 4, limit: 5000 })}
${textarea({ ...common('policyPriorities'), rows: 3, optional: true })}
${textarea({ ...common('programmes'), rows: 2, optional: true, spellcheck: false })}
<h2>${people}</h2>
${select({
  ...common('ownerId'),
  placeholder: true,
  items: view.owners.map(({ id, name }) => ({ value: id, text: name })),
})}
${textInput({ ...common('internalFte'), inputMode: 'decimal', width: 5 })}
${textInput({ ...common('outsourcedPercent'), inputMode: 'decimal', width: 5, suffix: '%' })}
<h2>${time}</h2>
${select({ ...common('phase'), items: PHASES.map((phase) => ({ value: phase, text: phases[phase] })) })}
${day('startedOn')}${day('plannedEndOn')}
${
  file !== null &&
  file.state !== 'draft' &&
  textarea({
    locale,
    name: 'reason',
    label: words.reason,
    hint: words.reasonHint,
    rows: 3,
    limit: 2000,
    value: view.reason,
    error: faultOf(locale, faults, 'reason'),
  })
}
<h2>${panorama}</h2>
${textInput({ ...common('projectSlug'), optional: true, spellcheck: false })}
${checkbox({
  locale,
  name: 'classified',
  label: words.fields.classified.label,
  value: 'yes',
  checked: typed.classified !== '',
})}`;
}

/** What a form of rows needs. */
export interface RowsView<C extends string> {
  readonly csrf: Html;
  readonly file: ProjectFile;
  readonly what: 'milestones' | 'objectives';
  readonly rows: readonly Readonly<Record<C, string>>[];
  readonly columns: readonly InputColumn<C>[];
  readonly faults: readonly FieldError[];
  /** True when there is nothing to choose from. */
  readonly isBarred?: boolean;
}

/** The form of a file's milestones or objectives: rows, of which empty ones are left out. */
export function rowsPage<C extends string>(locale: Locale, view: RowsView<C>): Page {
  const { file, what, faults } = view;
  const { rows: words, form: buttons } = filesMessages(locale);
  const title = what === 'milestones' ? words.milestonesTitle : words.objectivesTitle;
  return {
    title: `${title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${what === 'milestones' ? words.milestonesLead : words.objectivesLead}</p>
${
  view.isBarred
    ? html`<p>${words.noIndicators} <a href="/impact/indicators">${words.toIndicators}</a></p>`
    : form({
        action: fileAddress(file.id, `/${what}`),
        csrf: view.csrf,
        wide: true,
        content: html`<input type="hidden" name="version" value="${file.version}">
${inputTable({
  locale,
  caption: title,
  columns: view.columns,
  rows: view.rows,
  rowName: (row) => `${words.row} ${row}`,
  errorOf: (field) => faultOf(locale, faults, field),
})}
${buttonGroup([
  button({ text: buttons.save, name: 'do', value: 'save' }),
  button({ text: words.more, kind: 'secondary', name: 'do', value: 'more' }),
  html`<a href="${fileAddress(file.id)}">${buttons.cancel}</a>`,
])}`,
      })
}`,
  };
}
