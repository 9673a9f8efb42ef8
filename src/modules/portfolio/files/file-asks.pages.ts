// The short forms of a file: news, and events.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatMillionEuros } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { fileAddress, fileCrumbs } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';
import type { ProjectFile } from './files.types.ts';
import type { MINISTRY_EVENTS, TypedEvent, TypedNews } from './follow-up.actions.ts';

interface AskView<T> {
  readonly csrf: Html;
  readonly file: ProjectFile;
  readonly typed: T;
  readonly faults: readonly FieldError[];
}

/** The form in which a ministry says where its project stands. */
export function newsPage(locale: Locale, { csrf, file, typed, faults }: AskView<TypedNews>): Page {
  const { news: words, form: buttons, fullCost } = filesMessages(locale);
  const common = (name: keyof TypedNews, label: string) => ({
    locale,
    name,
    label,
    value: typed[name],
    error: faultOf(locale, faults, name),
  });
  return {
    title: `${words.title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${inset(html`<p>${fullCost}<br><strong>${formatMillionEuros(locale, file.fullCostCents / 1e8, 2)}</strong></p>`)}
${form({
  action: fileAddress(file.id, '/news'),
  csrf,
  content: html`${textInput({ ...common('endOn', words.endOn), type: 'date', width: 10 })}
${textInput({ ...common('scopePercent', words.scope), inputMode: 'decimal', width: 5, suffix: '%' })}
${textInput({ ...common('spent', words.spent), hint: words.spentHint, optional: true, inputMode: 'decimal', width: 20, suffix: '€' })}
${textarea({ ...common('reason', words.reason), rows: 5, limit: 2000 })}
${buttonGroup([button({ text: words.submit }), html`<a href="${fileAddress(file.id)}">${buttons.cancel}</a>`])}`,
})}`,
  };
}

/** The form in which a ministry records an event. */
export function eventPage(
  locale: Locale,
  {
    csrf,
    file,
    typed,
    faults,
    kinds,
    others,
  }: AskView<TypedEvent> & {
    readonly kinds: readonly (typeof MINISTRY_EVENTS)[number][];
    /** Live files that may take this one over. */
    readonly others: readonly { readonly id: string; readonly name: string }[];
  },
): Page {
  const { event: words, form: buttons, eventKinds } = filesMessages(locale);
  const common = (name: keyof TypedEvent, label: string) => ({
    locale,
    name,
    label,
    value: typed[name],
    error: faultOf(locale, faults, name),
  });
  return {
    title: `${words.title} – ${file.name}`,
    hasErrors: faults.length > 0,
    breadcrumbs: fileCrumbs(locale, file),
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${form({
  action: fileAddress(file.id, '/events/new'),
  csrf,
  content: html`${radios({
    ...common('kind', words.kind),
    items: kinds.map((kind) => ({ value: kind, text: eventKinds[kind], hint: words.hints[kind] })),
  })}
${textInput({ ...common('happenedOn', words.happenedOn), type: 'date', width: 10 })}
${textarea({ ...common('reason', words.reason), rows: 4, limit: 2000 })}
${kinds.includes('scope-cut') && textInput({ ...common('scopePercent', words.scope), hint: words.scopeHint, optional: true, inputMode: 'decimal', width: 5, suffix: '%' })}
${kinds.includes('split') && textarea({ ...common('parts', words.parts), hint: words.partsHint, optional: true, rows: 3 })}
${
  kinds.includes('merge') &&
  others.length > 0 &&
  select({
    ...common('intoId', words.into),
    hint: words.intoHint,
    optional: true,
    placeholder: true,
    items: others.map(({ id, name }) => ({ value: id, text: name })),
  })
}
${
  kinds.includes('exit') &&
  checkbox({
    locale,
    name: 'inDifficulty',
    label: words.difficulty,
    hint: words.difficultyHint,
    value: 'yes',
    checked: typed.inDifficulty !== '',
  })
}
${buttonGroup([button({ text: words.submit }), html`<a href="${fileAddress(file.id)}">${buttons.cancel}</a>`])}`,
})}`,
  };
}
