// What the pages of contracts share: their address, the way back up, how states, amounts and verdicts are said.
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { impactCrumb } from '../entry/entry.crumb.ts';
import { verdictSentences } from '../verdicts/verdict.messages.ts';
import type { Verdict } from '../verdicts/verdicts.types.ts';
import { contractsMessages } from './contracts.messages.ts';
import type { ComparedUnit, ContractState, Decision, NamedContract } from './contracts.types.ts';

/** The address of a contract's page, or of one under it. */
export function contractAddress(id: string, path = ''): string {
  return `/impact/contracts/${id}${path}`;
}

/** The way back up: to the module, to the list, to a contract. */
export function contractCrumbs(
  locale: Locale,
  contract?: Pick<NamedContract, 'id' | 'number'>,
): { text: string; href: string }[] {
  const words = contractsMessages(locale);
  return [
    impactCrumb(locale),
    { text: words.title, href: '/impact/contracts' },
    ...(contract
      ? [{ text: words.numbered(String(contract.number)), href: contractAddress(contract.id) }]
      : []),
  ];
}

const STATE_TONES: Record<ContractState, TagTone> = {
  draft: 'neutral',
  signed: 'info',
  amended: 'info',
  extended: 'warning',
  measured: 'info',
  unmeasured: 'bad',
  judged: 'good',
  abandoned: 'neutral',
};

// Stopping on evidence is a result, not a failure: it has no tone of fault.
const DECISION_TONES: Record<Decision, TagTone> = {
  scale: 'good',
  'extend-once': 'warning',
  reorient: 'warning',
  stop: 'neutral',
};

/** The state of a contract, as a tag. */
export function contractTag(locale: Locale, state: ContractState): Html {
  return tag({ text: contractsMessages(locale).states[state], tone: STATE_TONES[state] });
}

/** What was decided, as a tag. */
export function decisionTag(locale: Locale, decision: Decision): Html {
  return tag({ text: contractsMessages(locale).decisions[decision], tone: DECISION_TONES[decision] });
}

/** Euros, without cents. */
export function writtenEuros(locale: Locale, euros: number): string {
  return `${formatNumber(locale, euros, 2)}\u00A0€`;
}

/** A value in the indicator's unit. */
export function writtenValue(locale: Locale, value: number, unit: string): string {
  return `${formatNumber(locale, value, 2)}\u00A0${unit}`;
}

/** A verdict in plain sentences, and how many measures it stands on; or why there is none. */
export function verdictWords(locale: Locale, verdict: Verdict, unit: string): Html {
  const sentences = verdictSentences(locale, verdict, differenceUnit(locale, unit));
  return html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}
${
  verdict.kind === 'told' &&
  html`<p>${contractsMessages(locale).basedOn(
    formatNumber(locale, verdict.n.before),
    formatNumber(locale, verdict.n.after),
  )}</p>`
}`;
}

/** The unit of a difference: one of percentages is told in points. */
export function differenceUnit(locale: Locale, unit: string): string {
  return unit === '%' ? contractsMessages(locale).points : unit;
}

/** A verdict in one short line, for lists. */
export function shortVerdict(locale: Locale, verdict: Verdict | undefined, unit: string): string {
  const words = contractsMessages(locale);
  if (!verdict) return words.noVerdict;
  if (verdict.kind === 'cannot-be-told') return verdictSentences(locale, verdict, unit)[0] ?? '';
  const { effect, low, high } = verdict;
  return `${writtenValue(locale, effect, differenceUnit(locale, unit))} [${formatNumber(locale, low, 2)}\u00A0; ${formatNumber(locale, high, 2)}]`;
}

/** The places that terms compare, a line each, by the names of their indicators. */
export function unitsInWords(
  locale: Locale,
  units: readonly ComparedUnit[],
  names: ReadonlyMap<string, string>,
): Html {
  const words = contractsMessages(locale).places;
  const named = (id: string) => names.get(id) ?? id;
  return html`<ul class="govuk-list">${units.map(({ indicatorId, controlId, startsOn }) => {
    if (controlId !== null) return html`<li>${words.pair(named(indicatorId), named(controlId))}</li>`;
    const start = startsOn === null ? words.never : words.from(formatDay(locale, startsOn));
    return html`<li>${named(indicatorId)}, ${start}</li>`;
  })}</ul>`;
}
