// The terms of a contract as facts, one a line: on its page, and under the eyes of who signs them.
import { formatDay, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { originTag } from '#ui/components/origin-tag.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { type Html, html } from '#ui/html.ts';
import { differenceUnit, unitsInWords, writtenEuros, writtenValue } from './contract-parts.pages.ts';
import { contractsMessages } from './contracts.messages.ts';
import type { ContractTerms } from './contracts.types.ts';

/** The facts of terms. `names` and `units` are those of the people and indicators that the terms name by id. */
export function contractFacts(
  locale: Locale,
  {
    terms,
    deadline,
    organisationName,
    names,
    units,
  }: {
    readonly terms: ContractTerms;
    /** YYYY-MM-DD: that of the terms, or the one that an extension set. */
    readonly deadline: string;
    readonly organisationName: string;
    readonly names: ReadonlyMap<string, string>;
    readonly units: ReadonlyMap<string, string>;
  },
): Html {
  const words = contractsMessages(locale);
  const unit = units.get(terms.indicatorId) ?? '';
  const value = (amount: number) => writtenValue(locale, amount, unit);
  const share = (probability: number) => formatPercent(locale, probability);
  const { rule } = terms;
  return summaryList({
    rows: [
      { key: words.problem, value: terms.problem },
      { key: words.population, value: terms.population },
      {
        key: words.primary,
        value: html`<a href="/impact/indicators/${terms.indicatorId}">${names.get(terms.indicatorId) ?? terms.indicatorId}</a> ${originTag(locale, terms.origin)}`,
      },
      {
        key: words.baseline,
        value: words.baselineOf(
          value(terms.baselineValue),
          formatDay(locale, terms.baselineOn),
          terms.baselineEvidence,
        ),
      },
      { key: words.target, value: value(terms.target) },
      {
        key: words.minimum,
        value: writtenValue(locale, terms.minimumEffect, differenceUnit(locale, unit)),
      },
      { key: words.deadline, value: formatDay(locale, deadline) },
      { key: words.method, value: words.methods[terms.counterfactual] },
      ...(terms.units.length === 0
        ? []
        : [{ key: words.fields.units.label, value: unitsInWords(locale, terms.units, names) }]),
      { key: words.cost, value: writtenEuros(locale, terms.costEuros) },
      { key: words.ceiling, value: writtenEuros(locale, terms.costCeilingEuros) },
      { key: words.ownerPerson, value: `${names.get(terms.ownerPersonId) ?? ''}, ${organisationName}` },
      { key: words.reviewer, value: names.get(terms.reviewerPersonId) ?? '' },
      {
        key: words.rule,
        value: words.ruleOf(share(rule.pScale), share(rule.pStop), String(rule.reviewsToStop)),
      },
    ],
  });
}
