// What the public page of an API and its producer's share: its state, facts, scopes, and what the doctrine says.
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { details } from '#ui/components/details.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import type { Api, ApiScope, ApiState, ApiVersion, Sensitivity, VersionState } from './catalogue.types.ts';
import { DOCTRINE_PATH } from './doctrine.pages.ts';

const STATE_TONES: Record<ApiState, TagTone> = { draft: 'info', open: 'good', closed: 'neutral' };
const VERSION_TONES: Record<VersionState, TagTone> = {
  current: 'good',
  deprecated: 'warning',
  retired: 'neutral',
};
const SENSITIVITY_TONES: Record<Sensitivity, TagTone> = {
  public: 'good',
  internal: 'neutral',
  personal: 'warning',
  sensitive: 'bad',
};

/** The state of an API, as a tag. */
export function stateTag(locale: Locale, state: ApiState): Html {
  return tag({ text: catalogueMessages(locale).states[state], tone: STATE_TONES[state] });
}

/** The state of a version, as a tag. */
export function versionTag(locale: Locale, state: VersionState): Html {
  return tag({ text: catalogueMessages(locale).versionStates[state], tone: VERSION_TONES[state] });
}

/** The sensitivity of an API's data, as a tag. */
export function sensitivityTag(locale: Locale, sensitivity: Sensitivity): Html {
  return tag({
    text: catalogueMessages(locale).sensitivities[sensitivity],
    tone: SENSITIVITY_TONES[sensitivity],
  });
}

/** A block of code that the keyboard can scroll. */
export function codeBlock(label: string, text: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;
}

/** The facts of an API. */
export function apiFacts(
  locale: Locale,
  api: Api,
  more: readonly { key: string; value: Html | string }[] = [],
): Html {
  const words = catalogueMessages(locale);
  const { one } = words;
  return summaryList({
    rows: [
      { key: words.producerName, value: api.producerName },
      { key: words.sensitivity, value: words.sensitivityHints[api.sensitivity] },
      { key: one.legalBasis, value: api.legalBasisRequired ?? one.noLegalBasis },
      {
        key: one.subject,
        value:
          api.subject === null
            ? one.noSubject
            : html`${one.subjectOf(one.kinds[api.subject.kind], one.places[api.subject.in])}<br>${api.subject.names.map((name) => html`<code>${name}</code> `)}`,
      },
      { key: one.quota, value: one.quotaOf(formatNumber(locale, api.defaultQuotaPerMinute)) },
      { key: one.slug, value: html`<code>/${api.slug}</code>` },
      { key: one.contact, value: html`<a href="mailto:${api.contactEmail}">${api.contactEmail}</a>` },
      ...more,
    ],
  });
}

/** The scopes of an API with the fields that each lets out. */
export function scopesTable(locale: Locale, scopes: readonly ApiScope[]): Html {
  const { one } = catalogueMessages(locale);
  return table({
    locale,
    caption: one.scopes,
    captionHidden: true,
    columns: [{ text: one.scope }, { text: one.fields }],
    rows: scopes.map(({ name, title, fields, isSensitive }) => [
      html`${title}${isSensitive && html` ${tag({ text: one.sensitiveScope, tone: 'warning' })}`}<br><code>${name}</code>`,
      html`<ul class="govuk-list">${fields.map((field) => html`<li><code>${field}</code></li>`)}</ul>`,
    ]),
    empty: one.noScopes,
  });
}

/** What the technical doctrine says of a version. */
export function doctrineReport(locale: Locale, version: ApiVersion, timeZone: string): Html {
  const { one } = catalogueMessages(locale);
  const { name, doctrineScore, doctrineCheckedAt, doctrineFindings } = version;
  if (doctrineScore === null || doctrineCheckedAt === null) return html`<p>${one.doctrineWaits}</p>`;
  const text = html`<p><strong>${one.doctrineOf(name, formatNumber(locale, doctrineScore))}</strong> ${one.doctrineOn(formatDate(locale, doctrineCheckedAt, timeZone))}</p>`;
  const explained = html`<p><a href="${DOCTRINE_PATH}">${one.doctrineExplained}</a></p>`;
  if (doctrineFindings.length === 0) return html`${text}<p>${one.noFindings}</p>${explained}`;
  const findings = table({
    locale,
    caption: `${one.doctrine} (${name})`,
    captionHidden: true,
    columns: [{ text: one.finding }, { text: one.weight }, { text: one.where }],
    rows: doctrineFindings.map(({ rule, message, severity, path }) => [
      html`${message[locale]} <a href="${DOCTRINE_PATH}#${rule}">${one.whyRule}<span class="govuk-visually-hidden"> (${rule})</span></a>`,
      one.severities[severity],
      html`<code>${path === '' ? '/' : path}</code>`,
    ]),
  });
  return html`${text}${details({ summary: `${one.finding} (${formatNumber(locale, doctrineFindings.length)})`, content: findings, open: doctrineFindings.length <= 5 })}${explained}`;
}
