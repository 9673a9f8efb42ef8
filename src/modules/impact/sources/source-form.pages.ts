// The pages of a new source: which kind, its form, and the token of a push once.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale, Translated } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { sourcesMessages } from './sources.messages.ts';
import { SOURCES, sourcesCrumbs } from './sources.pages.ts';
import { SOURCE_KINDS, type SourceKind, type SourceSettings, STATISTICS_FORMATS } from './sources.types.ts';

/** What the form of a new source shows. */
export interface SourceFormView {
  readonly csrf: Html;
  readonly kind: SourceKind;
  readonly indicators: readonly { readonly id: string; readonly name: string }[];
  readonly measures: readonly { readonly name: string; readonly title: Translated }[];
  readonly typed: SourceSettings & { readonly indicatorId: string };
  readonly faults: readonly FieldError[];
}

/** The page that asks for the kind of a new source. */
export function sourceKindPage(locale: Locale): Page {
  const words = sourcesMessages(locale);
  return {
    title: words.form.title,
    breadcrumbs: sourcesCrumbs(locale),
    main: html`<h1>${words.form.title}</h1>
${form({
  action: `${SOURCES}/new`,
  csrf: null,
  content: html`${radios({
    locale,
    name: 'kind',
    label: words.form.which,
    value: 'address',
    items: SOURCE_KINDS.map((kind) => ({
      value: kind,
      text: words.kinds[kind],
      hint: words.kindHints[kind],
    })),
  })}
${button({ text: words.form.next })}`,
})}`,
  };
}

/** The form of a new source of one kind. */
export function sourceFormPage(locale: Locale, view: SourceFormView): Page {
  const { csrf, kind, indicators, typed, faults } = view;
  const words = sourcesMessages(locale);
  return {
    title: words.form.title,
    hasErrors: faults.length > 0,
    breadcrumbs: sourcesCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
<h1>${words.form.title}</h1>
<p class="socle-lead">${words.kindHints[kind]}</p>
${
  indicators.length === 0
    ? html`<p>${words.form.none}</p><p><a href="/impact">${words.form.cancel}</a></p>`
    : form({
        action: `${SOURCES}/new`,
        csrf,
        content: html`<input type="hidden" name="kind" value="${kind}">
${select({
  locale,
  name: 'indicatorId',
  label: words.indicator,
  value: typed.indicatorId,
  placeholder: true,
  items: indicators.map(({ id, name }) => ({ value: id, text: name })),
  error: faultOf(locale, faults, 'indicatorId'),
})}
${kind === 'address' && addressFields(locale, view)}
${kind === 'module' && moduleFields(locale, view)}
${(kind === 'address' || kind === 'file') && placeFields(locale, view)}
${buttonGroup([button({ text: words.form.submit }), html`<a href="${SOURCES}">${words.form.cancel}</a>`])}`,
      })
}`,
  };
}

function addressFields(locale: Locale, { typed, faults }: SourceFormView): Html {
  const words = sourcesMessages(locale).form;
  return html`${textInput({
    locale,
    name: 'url',
    label: words.url,
    hint: words.urlHint,
    type: 'url',
    value: typed.url,
    spellcheck: false,
    error: faultOf(locale, faults, 'url'),
  })}
${radios({
  locale,
  name: 'format',
  label: words.format,
  inline: true,
  value: typed.format,
  items: STATISTICS_FORMATS.map((format) => ({ value: format, text: words.formats[format] })),
})}
${textInput({
  locale,
  name: 'everyHours',
  label: words.everyHours,
  inputMode: 'numeric',
  width: 3,
  value: String(typed.everyHours),
  error: faultOf(locale, faults, 'everyHours'),
})}
${textInput({
  locale,
  name: 'list',
  label: words.list,
  hint: words.listHint,
  value: typed.list,
  width: 20,
  spellcheck: false,
  error: faultOf(locale, faults, 'list'),
})}`;
}

function placeFields(locale: Locale, { kind, typed, faults }: SourceFormView): Html {
  const words = sourcesMessages(locale).form;
  const hint = kind === 'file' ? words.columnHint : words.placeHint;
  const place = (name: 'day' | 'value' | 'segment', told: string) =>
    textInput({
      locale,
      name,
      label: words[name],
      hint: told,
      value: typed[name],
      width: 20,
      spellcheck: false,
      error: faultOf(locale, faults, name),
    });
  return html`${place('day', hint)}${place('value', hint)}${place('segment', words.segmentHint)}`;
}

function moduleFields(locale: Locale, { measures, typed, faults }: SourceFormView): Html {
  const words = sourcesMessages(locale).form;
  return html`${select({
    locale,
    name: 'measure',
    label: words.measure,
    value: typed.measure,
    placeholder: true,
    items: measures.map(({ name, title }) => ({ value: name, text: title[locale] })),
    error: faultOf(locale, faults, 'measure'),
  })}
${textInput({
  locale,
  name: 'subject',
  label: words.subject,
  hint: words.subjectHint,
  value: typed.subject,
  spellcheck: false,
  error: faultOf(locale, faults, 'subject'),
})}`;
}

/** A token in plain: the only time that it is shown. `siteUrl` is where this installation answers. */
export function sourceTokenPage(
  locale: Locale,
  { id, token, siteUrl }: { readonly id: string; readonly token: string; readonly siteUrl: string },
): Page {
  const words = sourcesMessages(locale).token;
  const body = JSON.stringify({ measures: [{ day: '2026-11-24', value: 42 }] });
  const example = `curl -X POST ${siteUrl}/api/v1/measures \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '${body}'`;
  const code = (label: string, text: string) =>
    html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;
  return {
    title: words.title,
    breadcrumbs: sourcesCrumbs(locale),
    main: html`${notificationBanner({ locale, kind: 'success', text: words.lead })}
<h1>${words.title}</h1>
${code(words.label, token)}
<p>${words.how}</p>
${code(words.example, example)}
<p><a href="${SOURCES}/${id}">${words.back}</a></p>`,
  };
}
