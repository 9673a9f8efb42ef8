// The short forms on a contract: sign, return, abandon, judge, check a guardrail, record savings.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { PROPOSALS } from '../verdicts/verdicts.types.ts';
import { contractFacts } from './contract-facts.pages.ts';
import { contractAddress, contractCrumbs, verdictWords } from './contract-parts.pages.ts';
import { versionDifferences } from './contract-versions.pages.ts';
import { contractsMessages } from './contracts.messages.ts';
import {
  type ContractVersion,
  GUARDRAIL_STATES,
  GUARDRAILS,
  type NamedContract,
  type SavingKind,
} from './contracts.types.ts';
import type { ContractReview } from './reviews.types.ts';

/** What may be asked about a contract; each is the last part of an address. */
export const ASKS = ['sign', 'return', 'abandon', 'judge', 'guardrails', 'savings'] as const;

/** One of them. */
export type Ask = (typeof ASKS)[number];

/** What a short form needs. */
export interface AskView {
  readonly csrf: Html;
  readonly contract: NamedContract;
  readonly ask: Ask;
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly FieldError[];
  readonly versions: readonly ContractVersion[];
  /** Of the people and indicators that any version names, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Units of those indicators, by id. */
  readonly units: ReadonlyMap<string, string>;
  /** The last review. */
  readonly review: ContractReview | null;
  /** The kinds of savings that the reader may record. */
  readonly savingKinds: readonly SavingKind[];
}

/** A short form. */
export function askPage(locale: Locale, view: AskView): Page {
  const { contract, ask, faults } = view;
  const words = contractsMessages(locale);
  const { title, text, submit } = words.asks[ask];
  return {
    title: `${title} – ${contract.terms.title}`,
    hasErrors: faults.length > 0,
    breadcrumbs: contractCrumbs(locale, contract),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${contract.terms.title}</p>
<p>${text}</p>
${form({
  action: contractAddress(contract.id, `/${ask}`),
  csrf: view.csrf,
  content: html`${fields(locale, view)}
${buttonGroup([
  button({ text: submit, kind: ask === 'abandon' || ask === 'return' ? 'warning' : 'primary' }),
  html`<a href="${contractAddress(contract.id)}">${words.cancel}</a>`,
])}`,
})}`,
  };
}

function fields(locale: Locale, view: AskView): Html {
  const words = contractsMessages(locale);
  const { typed, faults, contract } = view;
  const common = (name: string, label: string) => ({
    locale,
    name,
    label,
    error: faultOf(locale, faults, name),
    value: typed[name] ?? '',
  });
  const evidence = textarea({ ...common('evidence', words.evidence), rows: 3, limit: 1000 });
  switch (view.ask) {
    case 'sign':
      return waitingTerms(locale, view);
    case 'return':
    case 'abandon':
      return textarea({ ...common('reason', words.reason), hint: words.reasonHint, rows: 4, limit: 1000 });
    case 'judge':
      return html`${
        view.review !== null &&
        inset(html`${verdictWords(locale, view.review.verdict, contract.indicatorUnit)}
<p><strong>${words.proposes(words.decisions[view.review.proposal], words.grounds[view.review.because])}</strong></p>`)
      }
<input type="hidden" name="reviewId" value="${view.review?.id ?? ''}">
${radios({
  ...common('decision', words.decision),
  items: PROPOSALS.filter((one) => one !== 'extend-once' || !contract.wasExtended).map((value) => ({
    value,
    text: words.decisions[value],
  })),
})}
${textarea({ ...common('reason', words.reasonJudge), hint: words.reasonJudgeHint, rows: 4, limit: 1000 })}
${!contract.wasExtended && textInput({ ...common('extendedUntil', words.until), hint: words.untilHint, type: 'date', width: 10 })}`;
    case 'guardrails':
      return html`${radios({
        ...common('guardrail', words.guardrail),
        items: GUARDRAILS.map((value) => ({
          value,
          text: words.guardrails[value],
          hint: contract.terms.guardrails[value],
        })),
      })}
${radios({
  ...common('state', words.state),
  items: GUARDRAIL_STATES.map((value) => ({ value, text: words.guardrailStates[value] })),
})}
${evidence}`;
    case 'savings':
      return html`${radios({
        ...common('kind', words.kind),
        // One choice alone is made already.
        ...(view.savingKinds.length === 1 ? { value: view.savingKinds[0] } : {}),
        items: view.savingKinds.map((value) => ({ value, text: words.savings[value] })),
      })}
${textInput({ ...common('amountEuros', words.amount), inputMode: 'decimal', width: 10, suffix: '€' })}
${evidence}`;
  }
}

/** What is signed, in full: nobody signs a hash alone. */
function waitingTerms(locale: Locale, { contract, versions, names, units }: AskView): Html {
  const words = contractsMessages(locale);
  const proposed = versions.find(({ state }) => state === 'proposed');
  const before = versions.findLast(({ state }) => state === 'in-force');
  if (!proposed) return html`<p>${words.nothingToSign}</p>`;
  const { terms, termsHash, reason } = proposed;
  const { organisationName } = contract;
  return html`${
    before &&
    html`<h2>${words.amendTitle}</h2>
<p>${reason}</p>
${versionDifferences(locale, before, proposed, names)}`
  }
<h2>${words.facts}</h2>
${contractFacts(locale, { terms, deadline: terms.deadline, organisationName, names, units })}
<h2>${words.guardrailsTitle}</h2>
${summaryList({ rows: GUARDRAILS.map((one) => ({ key: words.guardrails[one], value: terms.guardrails[one] })) })}
${inset(html`${words.hash}<br><code class="socle-wrap">${termsHash}</code>`)}
<input type="hidden" name="termsHash" value="${termsHash}">`;
}
