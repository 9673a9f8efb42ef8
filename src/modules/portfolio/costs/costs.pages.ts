// The page of a cost table: to read, and to write with its sums, without JavaScript.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatEuroCents } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { errorMessage } from '#ui/components/error-message.ts';
import { fileUpload } from '#ui/components/file-upload.ts';
import { form } from '#ui/components/form.ts';
import { inputTable } from '#ui/components/input-table.ts';
import { inset } from '#ui/components/inset.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { fileAddress, fileCrumbs } from '../files/file-parts.pages.ts';
import type { ProjectFile } from '../files/files.types.ts';
import { costsMessages } from './costs.messages.ts';
import { sumsByActivity, sumsByYear, totalsOf } from './costs.rules.ts';
import {
  ACTIVITIES,
  type CostLine,
  type CostTotals,
  NATURES,
  RESOURCES,
  type TypedCostLine,
} from './costs.types.ts';

/** What the page needs. */
export interface CostsView {
  readonly csrf: Html;
  readonly file: ProjectFile;
  /** The lines that add up, saved or as typed. */
  readonly lines: readonly CostLine[];
  /** Null for whoever only reads. */
  readonly typed: {
    readonly rows: readonly TypedCostLine[];
    readonly declaredTotal: string;
    readonly reason: string;
    readonly pasted: string;
  } | null;
  readonly faults: readonly FieldError[];
  /** What is to be known before the table: it was read from a file, or somebody else changed it. */
  readonly note: 'read' | 'changed' | null;
}

/** The page. */
export function costsPage(locale: Locale, view: CostsView): Page {
  const { file, faults, typed, lines, note } = view;
  const words = costsMessages(locale);
  return {
    title: `${words.title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${dataLinks({ locale, csv: fileAddress(file.id, '/costs.csv'), json: `/api/v1/project-files/${file.id}/costs` })}
${note === 'read' && inset(words.fromPaste)}
${note === 'changed' && inset(words.changedNow(formatEuroCents(locale, file.fullCostCents)))}
${typed === null ? readOnly(locale, lines) : writing(locale, { ...view, typed })}
${lines.length > 0 && sums(locale, lines)}`,
  };
}

function writing(
  locale: Locale,
  { csrf, file, typed, faults }: CostsView & { readonly typed: NonNullable<CostsView['typed']> },
): Html {
  const words = costsMessages(locale);
  const choices = <K extends string>(keys: readonly K[], names: Readonly<Record<K, string>>) =>
    keys.map((key) => ({ value: key, text: names[key] }));
  const sumFault = faultOf(locale, faults, 'sums');
  const save = button({ text: words.save, name: 'do', value: 'save' });
  return html`${form({
    action: fileAddress(file.id, '/costs'),
    csrf,
    wide: true,
    // The first button is the one that the Enter key presses: it must not be the one that removes a line.
    content: html`<input type="hidden" name="version" value="${file.version}">
${buttonGroup([save, button({ text: words.check, kind: 'secondary', name: 'do', value: 'check' })])}
${inputTable<keyof TypedCostLine>({
  locale,
  caption: words.title,
  columns: [
    { name: 'year', text: words.year, width: 4, kind: 'figure' },
    {
      name: 'activity',
      text: words.activity,
      items: choices(ACTIVITIES, words.activities),
      placeholder: words.choose,
    },
    {
      name: 'resource',
      text: words.resource,
      items: choices(RESOURCES, words.resources),
      placeholder: words.choose,
    },
    { name: 'nature', text: words.nature, items: choices(NATURES, words.natures) },
    { name: 'commitment', text: words.commitment, kind: 'figure', width: 10 },
    { name: 'payment', text: words.payment, kind: 'figure', width: 10 },
  ],
  rows: typed.rows,
  rowName: (row) => `${words.line} ${row}`,
  errorOf: (field) => faultOf(locale, faults, field),
  remove: { name: 'remove', text: words.remove },
})}
${buttonGroup([button({ text: words.more, kind: 'secondary', name: 'do', value: 'more' })])}
<div id="sums">${sumFault !== undefined && errorMessage({ locale, id: 'sums-error', text: sumFault })}</div>
${textInput({
  locale,
  name: 'declaredTotal',
  label: words.declaredTotal,
  hint: words.declaredTotalHint,
  inputMode: 'decimal',
  width: 20,
  suffix: '€',
  value: typed.declaredTotal,
  error: faultOf(locale, faults, 'declaredTotal'),
})}
${
  file.state !== 'draft' &&
  textarea({
    locale,
    name: 'reason',
    label: words.reason,
    hint: words.reasonHint,
    rows: 3,
    limit: 2000,
    value: typed.reason,
    error: faultOf(locale, faults, 'reason'),
  })
}
${buttonGroup([button({ text: words.save, name: 'do', value: 'save' }), html`<a href="${fileAddress(file.id)}">${words.cancel}</a>`])}
${details({
  summary: words.paste,
  open: faultOf(locale, faults, 'pasted') !== undefined,
  content: html`${textarea({
    locale,
    name: 'pasted',
    label: words.pasteLabel,
    hint: words.pasteHint,
    rows: 6,
    spellcheck: false,
    value: typed.pasted,
    error: faultOf(locale, faults, 'pasted'),
  })}
${button({ text: words.pasteButton, kind: 'secondary', name: 'do', value: 'paste' })}`,
})}`,
  })}
${form({
  action: fileAddress(file.id, '/costs/file'),
  csrf,
  files: true,
  content: html`${fileUpload({
    locale,
    name: 'file',
    label: words.file,
    hint: words.fileHint,
    accept: '.csv,.tsv,.txt,text/csv',
    error: faultOf(locale, faults, 'file'),
  })}
${button({ text: words.fileButton, kind: 'secondary' })}`,
})}`;
}

function readOnly(locale: Locale, lines: readonly CostLine[]): Html {
  const words = costsMessages(locale);
  const euros = (cents: number) => formatEuroCents(locale, cents);
  return table({
    locale,
    caption: words.title,
    captionHidden: true,
    columns: [
      { text: words.year },
      { text: words.activity },
      { text: words.resource },
      { text: words.nature },
      { text: words.committed, numeric: true },
      { text: words.paid, numeric: true },
    ],
    rows: lines.map((line) => [
      String(line.year),
      words.activities[line.activity],
      words.resources[line.resource],
      words.natures[line.nature],
      euros(line.commitmentCents),
      euros(line.paymentCents),
    ]),
    empty: words.noLines,
  });
}

function sums(locale: Locale, lines: readonly CostLine[]): Html {
  const words = costsMessages(locale);
  const euros = (cents: number) => formatEuroCents(locale, cents);
  const row = (name: string, total: CostTotals) => [
    name,
    euros(total.oneTimeCents),
    euros(total.recurringCents),
    html`<strong>${euros(total.commitmentCents)}</strong>`,
    html`<strong>${euros(total.paymentCents)}</strong>`,
  ];
  const columns = (first: string) => [
    { text: first },
    { text: words.oneTime, numeric: true },
    { text: words.recurring, numeric: true },
    { text: words.committed, numeric: true },
    { text: words.paid, numeric: true },
  ];
  const all = row(words.total, totalsOf(lines));
  return html`<h2>${words.sums}</h2>
${table({
  locale,
  caption: words.byYear,
  columns: columns(words.year),
  rows: [...sumsByYear(lines).map((sum) => row(String(sum.of), sum)), all],
})}
${table({
  locale,
  caption: words.byActivity,
  columns: columns(words.activity),
  rows: [...sumsByActivity(lines).map((sum) => row(words.activities[sum.of], sum)), all],
})}`;
}
