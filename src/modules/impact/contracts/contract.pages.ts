// The page of a contract: what it promises, what was measured, the verdict, the judgement, who signed, what it saved.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatShortMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { originTag } from '#ui/components/origin-tag.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { contractFacts } from './contract-facts.pages.ts';
import {
  contractAddress,
  contractCrumbs,
  contractTag,
  decisionTag,
  verdictWords,
  writtenEuros,
  writtenValue,
} from './contract-parts.pages.ts';
import { versionsSection } from './contract-versions.pages.ts';
import { contractsMessages } from './contracts.messages.ts';
import {
  type ContractSignature,
  type ContractVersion,
  GUARDRAILS,
  type NamedContract,
  SAVING_KINDS,
  type Saving,
} from './contracts.types.ts';
import type { ContractReview } from './reviews.types.ts';
import type { ContractSeries } from './verdict-input.rules.ts';

/** What the reader may do to a contract; each is a button. */
export interface ContractMoves {
  readonly edit: boolean;
  readonly amend: boolean;
  readonly sign: boolean;
  readonly return: boolean;
  readonly abandon: boolean;
  readonly review: boolean;
  readonly judge: boolean;
  readonly guardrails: boolean;
  readonly savings: boolean;
}

/** What the page of a contract shows. */
export interface ContractView {
  readonly contract: NamedContract;
  readonly versions: readonly ContractVersion[];
  readonly signatures: readonly ContractSignature[];
  /** The newest first. */
  readonly reviews: readonly ContractReview[];
  readonly savings: readonly Saving[];
  readonly series: ContractSeries;
  /** The cost of one unit of effect in the last review; null where it is not known. */
  readonly costPerOutcome: number | null;
  /** Of the people and indicators that any version names, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Units of those indicators, by id. */
  readonly units: ReadonlyMap<string, string>;
  readonly moves: ContractMoves;
  readonly csrf: Html;
}

/** The page of a contract. */
export function contractPage(locale: Locale, view: ContractView): Page {
  const { contract, moves } = view;
  const words = contractsMessages(locale);
  const { id, terms, state } = contract;
  return {
    title: terms.title,
    breadcrumbs: contractCrumbs(locale),
    main: html`<h1>${terms.title}</h1>
${tags([contractTag(locale, state), ...(contract.decision === null ? [] : [decisionTag(locale, contract.decision)])])}
<p class="socle-lead">${terms.subject}, ${contract.organisationName}</p>
${actions(locale, view)}
${contract.noMeasureAt !== null && warningText({ locale, text: words.noMeasureOn(formatDate(locale, contract.noMeasureAt)) })}
<h2 id="verdict">${words.verdictTitle}</h2>
${verdictSection(locale, view)}
<h2 id="measures">${words.measuresTitle}</h2>
${measures(locale, view)}
<h2 id="terms">${words.facts}</h2>
${contractFacts(locale, { ...view, ...contract })}
<h2 id="guardrails">${words.guardrailsTitle}</h2>
${guardrails(locale, contract)}
${moves.guardrails && button({ text: words.checkGuardrail, href: contractAddress(id, '/guardrails'), kind: 'secondary' })}
<h2 id="savings">${words.savingsTitle}</h2>
${savings(locale, view)}
${moves.savings && button({ text: words.recordSaving, href: contractAddress(id, '/savings'), kind: 'secondary' })}
<h2 id="versions">${words.versionsTitle}</h2>
${versionsSection(locale, view)}
${dataLinks({ locale, json: `/api/v1/impact/contracts/${id}` })}`,
  };
}

function actions(locale: Locale, { contract: { id }, moves, csrf }: ContractView): Html {
  const words = contractsMessages(locale);
  const to = (path: string, text: string, kind: 'primary' | 'secondary' | 'warning' = 'secondary') =>
    button({ text, href: contractAddress(id, path), kind });
  const shown = [
    moves.judge && to('/judge', words.judge, 'primary'),
    moves.sign && to('/sign', words.sign, 'primary'),
    moves.edit && to('/edit', words.edit),
    moves.amend && to('/amend', words.amend),
    moves.return && to('/return', words.returnIt),
    moves.review &&
      form({
        action: contractAddress(id, '/review'),
        csrf,
        content: button({ text: words.takeReview, kind: 'secondary' }),
      }),
    moves.abandon && to('/abandon', words.abandon, 'warning'),
  ].filter((one) => one !== false);
  return html`${shown.length > 0 && buttonGroup(shown)}`;
}

function verdictSection(locale: Locale, { contract, reviews, costPerOutcome }: ContractView): Html {
  const words = contractsMessages(locale);
  const [latest, ...earlier] = reviews;
  if (!latest) return html`<p>${words.noReview}</p>`;
  const day = (moment: Date) => formatDate(locale, moment);
  const { judgement } = latest;
  return html`<p>${words.reviewedOn(words.occasions[latest.occasion], day(latest.at))}</p>
${inset(html`${verdictWords(locale, latest.verdict, contract.indicatorUnit)}
${costPerOutcome !== null && html`<p>${words.costOf(writtenEuros(locale, Math.round(costPerOutcome)))}</p>`}
<p><strong>${words.proposes(words.decisions[latest.proposal], words.grounds[latest.because])}</strong></p>`)}
<h3>${words.judgeTitle}</h3>
${
  judgement === null
    ? html`<p>${words.notJudged}</p>`
    : html`<p><strong>${words.decided(words.decisions[judgement.decision], judgement.personName, day(judgement.at))}</strong>
${judgement.decision !== latest.proposal && words.departs}</p>
${judgement.reason !== '' && html`<p>${judgement.reason}</p>`}
${judgement.extendedUntil !== null && html`<p>${words.extendedUntil(formatDay(locale, judgement.extendedUntil))}</p>`}`
}
${
  earlier.length > 0 &&
  html`<h3>${words.historyTitle}</h3>
${earlier.map(
  (one) => html`<h4>${words.reviewedOn(words.occasions[one.occasion], day(one.at))}</h4>
${verdictWords(locale, one.verdict, contract.indicatorUnit)}
<p>${words.proposes(words.decisions[one.proposal], words.grounds[one.because])}</p>
${one.judgement !== null && html`<p>${words.decided(words.decisions[one.judgement.decision], one.judgement.personName, day(one.judgement.at))}${one.judgement.extendedUntil !== null && html` ${words.extendedUntil(formatDay(locale, one.judgement.extendedUntil))}`}</p>`}`,
)}`
}`;
}

function measures(locale: Locale, { contract, series }: ContractView): Html {
  const words = contractsMessages(locale);
  const { terms, indicatorUnit: unit } = contract;
  const { before, after } = series;
  if (before.length + after.length === 0) return html`<p>${words.noMeasures}</p>`;
  const days = [...before, ...after].map(({ day }) => new Date(`${day}T00:00:00Z`));
  const isDense = before.length + after.length > 1 && span(days) < 200 * 86_400_000;
  return lineChart({
    id: 'contract-measures',
    locale,
    title: contract.indicatorTitle,
    subtitle: unit,
    formatValue: (value) => writtenValue(locale, value, unit),
    positions: days,
    formatLabel: (at) =>
      isDense ? formatDate(locale, at) : formatShortMonth(locale, at.toISOString().slice(0, 7)),
    series: [
      { name: words.chartBefore, values: [...before.map(({ value }) => value), ...after.map(() => null)] },
      { name: words.chartAfter, values: [...before.map(() => null), ...after.map(({ value }) => value)] },
    ],
    fromZero: false,
    reference: { value: terms.target, label: words.targetLine },
    source: originTag(locale, terms.origin),
  });
}

function span(days: readonly Date[]): number {
  return (days.at(-1)?.getTime() ?? 0) - (days[0]?.getTime() ?? 0);
}

function guardrails(locale: Locale, { terms, guardrails: known }: NamedContract): Html {
  const words = contractsMessages(locale);
  const tones = { unknown: 'neutral', kept: 'good', broken: 'bad' } as const;
  return table({
    locale,
    caption: words.guardrailsTitle,
    captionHidden: true,
    stacked: true,
    columns: [
      { text: words.guardrail },
      { text: words.threshold },
      { text: words.state },
      { text: words.evidence },
    ],
    rows: GUARDRAILS.map((one) => {
      const state = known[one]?.state ?? 'unknown';
      return [
        words.guardrails[one],
        terms.guardrails[one],
        tag({ text: words.guardrailStates[state], tone: tones[state] }),
        known[one]?.evidence ?? '',
      ];
    }),
  });
}

function savings(locale: Locale, { savings: given }: ContractView): Html {
  const words = contractsMessages(locale);
  return html`<p>${words.savingsLead}</p>
${summaryList({
  rows: SAVING_KINDS.map((kind) => {
    const own = given.filter((one) => one.kind === kind);
    return {
      key: words.savings[kind],
      value:
        own.length === 0
          ? words.noSaving
          : html`${own.map(
              (one) =>
                html`<p><strong>${writtenEuros(locale, one.amountEuros)}</strong><br>${words.savingBy(one.personName, formatDate(locale, one.at))}<br>${one.evidence}</p>`,
            )}`,
    };
  }),
})}`;
}
