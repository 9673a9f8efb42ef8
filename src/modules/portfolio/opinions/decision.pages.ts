// The forms of an opinion: to give it, and to publish it without what must be struck out.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { clockSentence, requestAddress, requestCrumbs, writtenCost } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { AXES, type ClockedRequest, GROUNDS, OPINION_KINDS, type Opinion } from './opinions.types.ts';
import { paragraphs } from './request.pages.ts';

interface FormView {
  readonly csrf: Html;
  readonly request: ClockedRequest;
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly FieldError[];
}

/** The form by which an opinion is given. */
export function decidePage(locale: Locale, { csrf, request, typed, faults }: FormView): Page {
  const words = opinionsMessages(locale);
  const common = (name: string) => ({
    locale,
    name,
    value: typed[name] ?? '',
    error: faultOf(locale, faults, name),
  });
  return {
    title: `${words.decide.title} – ${request.fileName}`,
    hasErrors: faults.length > 0,
    breadcrumbs: requestCrumbs(locale, request),
    main: html`${faultSummary(locale, faults)}
<h1>${words.decide.title}</h1>
<p class="socle-lead">${request.fileName}</p>
${inset(html`<p>${words.decide.lead}</p><p>${clockSentence(locale, request.clock, request.state)}</p>
<p>${request.conforming ? words.conforming : words.simple}</p>`)}
${form({
  action: requestAddress(request.id, '/decide'),
  csrf,
  content: html`${radios({
    ...common('kind'),
    label: words.fields.kind,
    items: OPINION_KINDS.map((value) => ({ value, text: words.kinds[value] })),
  })}
${textarea({ ...common('summary'), label: words.fields.summary, hint: words.fields.summaryHint, rows: 8, limit: 10_000 })}
${AXES.map(
  (
    axis,
  ) => html`${textarea({ ...common(axis), label: words.axes[axis], hint: words.fields.axisHint, rows: 3, limit: 5000 })}
${request.axes[axis] !== '' && details({ summary: words.request.fromMinistry, content: paragraphs(request.axes[axis]) })}`,
)}
${textInput({
  ...common('percent'),
  label: words.fields.percent,
  hint: words.opinion.probabilityNote(
    writtenCost(locale, request.costCents),
    formatDay(locale, request.endOn),
  ),
  width: 4,
  inputMode: 'decimal',
  suffix: '%',
})}
${textarea({ ...common('recommendations'), label: words.fields.recommendations, hint: words.fields.recommendationsHint, rows: 5 })}
${textInput({ ...common('dueOn'), label: words.fields.dueOn, type: 'date', width: 10 })}
${buttonGroup([
  button({ text: words.decide.submit }),
  html`<a href="${requestAddress(request.id)}">${words.form.cancel}</a>`,
])}`,
})}`,
  };
}

/** The fields of a publication's form; `texts` by field, and the label of each. */
export function redactionFields(
  locale: Locale,
  {
    fields,
    typed,
    faults,
  }: {
    readonly fields: readonly { readonly name: string; readonly label: string; readonly text: string }[];
    readonly typed: Readonly<Record<string, string>>;
    readonly faults: readonly FieldError[];
  },
): Html {
  const words = opinionsMessages(locale);
  return html`${fields
    .filter(({ text }) => text !== '')
    .map(({ name, label, text }) =>
      textarea({
        locale,
        name,
        label,
        rows: Math.min(14, 3 + Math.ceil(text.length / 90)),
        value: typed[name] ?? text,
        error: faultOf(locale, faults, name),
        spellcheck: false,
      }),
    )}
${radios({
  locale,
  name: 'ground',
  label: words.fields.ground,
  value: typed.ground ?? 'none',
  error: faultOf(locale, faults, 'ground'),
  items: GROUNDS.map((value) => ({ value, text: words.grounds[value] })),
})}`;
}

/** The form by which an opinion is published. */
export function publishPage(
  locale: Locale,
  {
    csrf,
    request,
    typed,
    faults,
    opinion,
    texts,
  }: FormView & { readonly opinion: Opinion; readonly texts: Readonly<Record<string, string>> },
): Page {
  const words = opinionsMessages(locale);
  const labels: Record<string, string> = {
    summary: words.fields.summary,
    ...words.axes,
    recommendations: words.opinion.recommendations,
  };
  return {
    title: `${words.publishForm.title} – ${request.fileName}`,
    hasErrors: faults.length > 0,
    breadcrumbs: requestCrumbs(locale, request),
    main: html`${faultSummary(locale, faults)}
<h1>${words.publishForm.title}</h1>
<p class="socle-lead">${request.fileName}</p>
<p>${opinion.tacit ? words.publishForm.tacit : words.publishForm.lead}</p>
${form({
  action: requestAddress(request.id, '/publish'),
  csrf,
  content: html`${
    opinion.tacit
      ? html`<input type="hidden" name="ground" value="none">`
      : redactionFields(locale, {
          fields: Object.entries(texts).map(([name, text]) => ({ name, text, label: labels[name] ?? name })),
          typed,
          faults,
        })
  }
${buttonGroup([
  button({ text: words.publishForm.submit }),
  html`<a href="${requestAddress(request.id)}">${words.form.cancel}</a>`,
])}`,
})}`,
  };
}
