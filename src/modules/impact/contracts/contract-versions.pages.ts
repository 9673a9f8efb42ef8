// The versions of a contract's terms, each with what it changes and who signed it.
import { formatDate, formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { type Html, type HtmlValue, html } from '#ui/html.ts';
import { unitsInWords } from './contract-parts.pages.ts';
import { contractsMessages } from './contracts.messages.ts';
import type { ContractSignature, ContractVersion } from './contracts.types.ts';
import { differencesOf, type TermsField } from './terms.rules.ts';

const NUMBERS: ReadonlySet<TermsField> = new Set([
  'baselineValue',
  'target',
  'minimumEffect',
  'costEuros',
  'costCeilingEuros',
]);

/** The versions, the newest first. `names` are those of the people and indicators that terms name by id. */
export function versionsSection(
  locale: Locale,
  {
    versions,
    signatures,
    names,
  }: {
    readonly versions: readonly ContractVersion[];
    readonly signatures: readonly ContractSignature[];
    readonly names: ReadonlyMap<string, string>;
  },
): Html {
  const words = contractsMessages(locale);
  const shown = versions.map((version, at) => {
    const before = versions[at - 1];
    return html`<h3>${words.version(String(version.version))} – ${words.versionStates[version.state]}</h3>
${version.reason !== '' && html`<p>${version.reason}</p>`}
${signaturesOf(locale, version, signatures)}
${before && versionDifferences(locale, before, version, names)}
<p><small>${words.hash}<br><code class="socle-wrap">${version.termsHash}</code></small></p>`;
  });
  return html`<p>${words.hashNote}</p>
${shown.reverse()}`;
}

function signaturesOf(
  locale: Locale,
  { version, state }: ContractVersion,
  signatures: readonly ContractSignature[],
): Html {
  const words = contractsMessages(locale);
  const given = signatures.filter((one) => one.version === version);
  const missing = (['owner', 'state'] as const).filter(
    (party) => state === 'proposed' && !given.some((one) => one.party === party && one.voidAt === null),
  );
  return html`<ul class="govuk-list">${given.map(
    ({ party, personName, signedAt, voidAt }) =>
      html`<li>${words.signedBy(words.parties[party], personName, formatDate(locale, signedAt))}${voidAt !== null && `, ${words.voidSince(formatDate(locale, voidAt))}`}</li>`,
  )}${missing.map((party) => html`<li>${words.unsigned(words.parties[party])}</li>`)}</ul>`;
}

/** What one version changes of another, a row for each term. */
export function versionDifferences(
  locale: Locale,
  before: ContractVersion,
  after: ContractVersion,
  names: ReadonlyMap<string, string>,
): Html {
  const words = contractsMessages(locale);
  const written = (field: TermsField, text: string, { terms }: ContractVersion): HtmlValue => {
    if (field === 'counterfactual') return words.methods[terms.counterfactual];
    if (field === 'origin') return words.origins[terms.origin];
    if (field === 'baselineOn' || field === 'deadline') return formatDay(locale, text);
    if (field === 'units') return unitsInWords(locale, terms.units, names);
    return names.get(text) ?? (NUMBERS.has(field) ? formatNumber(locale, Number(text), 2) : text);
  };
  return table({
    locale,
    caption: words.version(String(after.version)),
    captionHidden: true,
    stacked: true,
    columns: [{ text: words.field }, { text: words.before }, { text: words.after }],
    rows: differencesOf(before.terms, after.terms).map((one) => [
      words.fields[one.field].label,
      written(one.field, one.before, before),
      written(one.field, one.after, after),
    ]),
  });
}
