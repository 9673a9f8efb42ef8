// The forms of a producer about versions and scopes: a new version, its server, what each scope lets out.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { details } from '#ui/components/details.ts';
import { fileUpload } from '#ui/components/file-upload.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { codeBlock } from './api-parts.pages.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import { type Api, UPSTREAM_PROOFS } from './catalogue.types.ts';
import { producerAddress, producerCrumbs } from './producer-apis.pages.ts';
import type { ScopeInput } from './scopes.rules.ts';
import type { UpstreamInput } from './versions.rules.ts';

interface FormView<T> {
  readonly csrf: Html;
  readonly api: Pick<Api, 'slug' | 'name'>;
  readonly typed: T;
  readonly faults: readonly FieldError[];
}

function formPage(
  locale: Locale,
  { csrf, api, faults }: FormView<unknown>,
  {
    title,
    path,
    save,
    content,
    files = false,
  }: { title: string; path: string; save: string; content: Html; files?: boolean },
): Page {
  const { cancel } = catalogueMessages(locale).form;
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: producerCrumbs(locale, api),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({
  action: producerAddress(api.slug, path),
  csrf,
  files,
  content: html`${content}
${buttonGroup([button({ text: save }), html`<a href="${producerAddress(api.slug)}">${cancel}</a>`])}`,
})}`,
  };
}

/** What was typed of a new version, but for its file. */
export interface VersionForm {
  readonly name: string;
  readonly documentUrl: string;
  readonly sandboxExamples: string;
}

/** The form of a new version; its file comes last, so that all else is read before it. */
export function versionFormPage(locale: Locale, view: FormView<VersionForm>): Page {
  const { versionForm: words } = catalogueMessages(locale);
  const { typed, faults } = view;
  return formPage(locale, view, {
    title: words.title(view.api.name),
    path: '/versions/new',
    save: words.add,
    files: true,
    content: html`${textInput({ locale, name: 'name', label: words.name, hint: words.nameHint, value: typed.name, width: 5, spellcheck: false, error: faultOf(locale, faults, 'name') })}
${textarea({ locale, name: 'sandboxExamples', label: words.examples, hint: words.examplesHint, value: typed.sandboxExamples, optional: true, spellcheck: false, error: faultOf(locale, faults, 'sandboxExamples') })}
${textInput({ locale, name: 'documentUrl', label: words.documentUrl, hint: words.documentUrlHint, value: typed.documentUrl, type: 'url', optional: true, spellcheck: false, error: faultOf(locale, faults, 'documentUrl') })}
${fileUpload({ locale, name: 'document', label: words.document, hint: words.documentHint, accept: '.json,.yaml,.yml', optional: true, error: faultOf(locale, faults, 'document') })}`,
  });
}

/** The form of the server of a version. A key is never shown again. */
export function upstreamFormPage(
  locale: Locale,
  view: FormView<UpstreamInput> & { readonly version: string; readonly hasSecret: boolean },
): Page {
  const { upstreamForm: words } = catalogueMessages(locale);
  const { typed, faults, version, hasSecret } = view;
  return formPage(locale, view, {
    title: words.title(version, view.api.name),
    path: `/versions/${version}/upstream`,
    save: words.save,
    content: html`${textInput({ locale, name: 'url', label: words.url, hint: words.urlHint, value: typed.url, type: 'url', spellcheck: false, error: faultOf(locale, faults, 'url') })}
${textInput({ locale, name: 'timeoutMs', label: words.timeoutMs, value: typed.timeoutMs, width: 10, inputMode: 'numeric', error: faultOf(locale, faults, 'timeoutMs') })}
${checkbox({ locale, name: 'pipelining', label: words.pipelining, checked: typed.pipelining })}
${radios({
  locale,
  name: 'proof',
  label: words.proof,
  value: typed.proof,
  items: UPSTREAM_PROOFS.map((value) => ({ value, text: words.proofs[value] })),
  error: faultOf(locale, faults, 'proof'),
})}
<h2>${words.secret}</h2>
${hasSecret && inset(words.kept)}
${textarea({ locale, name: 'privateKeyPem', label: words.privateKeyPem, value: '', optional: true, spellcheck: false, error: faultOf(locale, faults, 'privateKeyPem') })}
${textarea({ locale, name: 'certificatePem', label: words.certificatePem, value: typed.certificatePem, optional: true, spellcheck: false, error: faultOf(locale, faults, 'certificatePem') })}
${textInput({ locale, name: 'keyId', label: words.keyId, value: typed.keyId, optional: true, width: 20, spellcheck: false, error: faultOf(locale, faults, 'keyId') })}`,
  });
}

/** The form of the scopes of an API; `offered` are the fields that its document describes, `unknown` those it does not. */
export function scopesFormPage(
  locale: Locale,
  view: FormView<readonly ScopeInput[]> & {
    readonly offered: readonly string[];
    readonly unknown: readonly string[];
  },
): Page {
  const { scopesForm: words } = catalogueMessages(locale);
  const { typed, faults, offered, unknown } = view;
  return formPage(locale, view, {
    title: words.title(view.api.name),
    path: '/scopes',
    save: words.save,
    content: html`<p>${words.lead}</p>
${unknown.length > 0 && inset(words.unknown(unknown.join(', ')))}
${offered.length > 0 && details({ summary: words.offered, content: codeBlock(words.offered, offered.join('\n')) })}
${typed.map((scope, at) => scopeFields(locale, scope, at, faults))}`,
  });
}

function scopeFields(locale: Locale, scope: ScopeInput, at: number, faults: readonly FieldError[]): Html {
  const { scopesForm: words } = catalogueMessages(locale);
  const name = (field: string) => `scopes.${at}.${field}`;
  const error = (field: string) => faultOf(locale, faults, name(field));
  return html`<h2>${words.nth(formatNumber(locale, at + 1))}</h2>
${textInput({ locale, name: name('name'), label: words.name, value: scope.name, width: 20, spellcheck: false, error: error('name') })}
${textInput({ locale, name: name('title'), label: words.scopeTitle, value: scope.title, error: error('title') })}
${textarea({ locale, name: name('fields'), label: words.fields, value: scope.fields, rows: 4, spellcheck: false, error: error('fields') })}
${checkbox({ locale, name: name('isSensitive'), label: words.isSensitive, checked: scope.isSensitive })}`;
}
