// What people type of subjects, declarations, evidence and exemptions, tidied and judged. Pure.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { hasControlCharacter, isDay, tidied } from '#platform/typed-text.ts';
import { type CriterionFinding, type NewEvidence, OUTCOMES, type Outcome } from './assessments.types.ts';

/** What a refusal of a field says. */
export interface Judged<T> {
  readonly value: T;
  readonly faults: readonly FieldError[];
}

const LONGEST_EXEMPTION_DAYS = 3 * 365;

/** Paragraphs as typed, in Unicode's composed form, with one sort of line end and no other control character. */
function tidiedLines(text: string): string {
  return text
    .normalize('NFC')
    .split(/\r\n|\r|\n/u)
    .map(tidied)
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim();
}

function reasonFault(text: string, field: string): FieldError[] {
  const words: Translated = {
    fr: 'Donnez la raison, en 2\u00A0000 caractères au plus.',
    en: 'Give the reason, in at most 2,000 characters.',
  };
  return text === '' || text.length > 2000 ? [{ field, text: words }] : [];
}

/** A subject as typed. */
export interface SubjectInput {
  readonly name: string;
  readonly reference: string;
}

/** A subject as it is kept: no reference is null. A reference names a thing of a module: `portfolio/project/<id>`. */
export function subjectAsTyped(input: SubjectInput): Judged<{ name: string; reference: string | null }> {
  const name = tidied(input.name);
  const reference = input.reference.trim();
  const faults: FieldError[] = [];
  if (name.length < 2 || name.length > 200 || hasControlCharacter(name))
    faults.push({
      field: 'name',
      text: {
        fr: 'Donnez le nom du produit, en 2 à 200 caractères.',
        en: 'Give the product’s name, in 2 to 200 characters.',
      },
    });
  if (reference !== '' && (!isReference(reference) || reference.startsWith('support/')))
    faults.push({
      field: 'reference',
      text: {
        fr: 'Donnez la référence d’un projet ou d’un contrat, comme portfolio/project/12, ou laissez vide.',
        en: 'Give the reference of a project or contract, such as portfolio/project/12, or leave it empty.',
      },
    });
  return { value: { name, reference: reference || null }, faults };
}

function isReference(text: string): boolean {
  return text.length <= 120 && /^[a-z]+\/[a-z-]+\/[A-Za-z0-9._-]+$/.test(text);
}

/** What is typed of one criterion. */
export interface DeclarationInput {
  readonly criterion: string;
  readonly outcome: string;
  readonly reason: string;
}

/** A declaration that says something new. */
export interface NewSaying {
  readonly criterion: string;
  readonly outcome: Outcome;
  readonly reason: string;
}

/**
 * What is newly declared: criteria left unanswered and those that say what was said before are left out. A criterion that
 * does not apply needs its reason. Faults name the field `reason.<code>` or `outcome.<code>`.
 */
export function sayingsOf(
  known: readonly Pick<CriterionFinding, 'criterion' | 'declaration'>[],
  typed: readonly DeclarationInput[],
): Judged<NewSaying[]> {
  const value: NewSaying[] = [];
  const faults: FieldError[] = [];
  const byCode = new Map(known.map((one) => [one.criterion.code, one.declaration]));
  for (const { criterion, ...one } of typed) {
    if (one.outcome === '') continue;
    const outcome = OUTCOMES.find((each) => each === one.outcome);
    const before = byCode.get(criterion);
    if (!outcome || before === undefined) {
      faults.push({
        field: `outcome.${criterion}`,
        text: {
          fr: `Choisissez une des réponses proposées pour un critère de cette version (${criterion.slice(0, 10)}).`,
          en: `Choose one of the answers offered for a criterion of this version (${criterion.slice(0, 10)}).`,
        },
      });
      continue;
    }
    const reason = tidiedLines(one.reason);
    if (reason.length > 2000 || (outcome === 'not-applicable' && reason === ''))
      faults.push({
        field: `reason.${criterion}`,
        text: {
          fr: `Dites pourquoi ${criterion} ne s’applique pas, en 2\u00A0000 caractères au plus.`,
          en: `Say why ${criterion} does not apply, in at most 2,000 characters.`,
        },
      });
    else if (before?.outcome !== outcome || before.reason !== reason)
      value.push({ criterion, outcome, reason });
  }
  return { value, faults };
}

/** Evidence as it is kept, whoever hands it in; it must not come from the future. */
export function evidenceAsTyped(given: NewEvidence, now: Date): Judged<NewEvidence> {
  const value = {
    ...given,
    source: tidied(given.source),
    detail: tidiedLines(given.detail),
    criterion: given.criterion.trim(),
  };
  const faults: FieldError[] = [];
  const fault = (field: string, fr: string, en: string) => faults.push({ field, text: { fr, en } });
  if (!isReference(value.subjectRef))
    fault('subjectRef', 'Donnez la référence du produit.', 'Give the product’s reference.');
  if (!OUTCOMES.includes(value.outcome))
    fault('outcome', 'Choisissez un des résultats proposés.', 'Choose one of the outcomes offered.');
  if (value.source.length < 2 || value.source.length > 200 || hasControlCharacter(value.source))
    fault('source', 'Dites d’où vient la preuve.', 'Say where the evidence comes from.');
  if (value.url !== null && !isWebAddress(value.url))
    fault('url', 'Donnez une adresse http ou https.', 'Give an http or https address.');
  if (value.detail.length > 2000)
    fault('detail', 'Au plus 2\u00A0000 caractères.', 'At most 2,000 characters.');
  // A day of grace for the clocks of those who measure.
  if (Number.isNaN(value.at.getTime()) || value.at.getTime() > now.getTime() + 86_400_000)
    fault('at', 'Donnez une date passée.', 'Give a date in the past.');
  return { value, faults };
}

function isWebAddress(text: string): boolean {
  if (text.length > 2000 || !URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}

/** A request for an exemption, as typed; its last day is after `today` and at most three years away. */
export function exemptionAsTyped(
  input: { readonly reason: string; readonly until: string },
  today: string,
): Judged<{ reason: string; until: string }> {
  const reason = tidiedLines(input.reason);
  return {
    value: { reason, until: input.until.trim() },
    faults: [...reasonFault(reason, 'reason'), ...dayFaults(input.until.trim(), today)],
  };
}

function dayFaults(until: string, today: string): FieldError[] {
  const days = isDay(until) ? (Date.parse(until) - Date.parse(today)) / 86_400_000 : Number.NaN;
  if (days > 0 && days <= LONGEST_EXEMPTION_DAYS) return [];
  return [
    {
      field: 'until',
      text: {
        fr: 'Donnez le dernier jour de la dérogation, à venir et dans trois ans au plus.',
        en: 'Give the last day of the exemption, to come and at most three years from now.',
      },
    },
  ];
}

/** Why an exemption is withdrawn, as typed. */
export function withdrawalAsTyped(typed: string): Judged<string> {
  const reason = tidiedLines(typed);
  return { value: reason, faults: reasonFault(reason, 'reason') };
}

/** A decision on an exemption, as typed: the last day granted may be earlier than asked, never later. */
export function decisionAsTyped(
  input: { readonly decision: string; readonly reason: string; readonly until: string },
  { today, askedUntil }: { readonly today: string; readonly askedUntil: string },
): Judged<{ decision: 'granted' | 'refused'; reason: string; until: string | null }> {
  const reason = tidiedLines(input.reason);
  const decision = input.decision === 'granted' ? 'granted' : 'refused';
  const faults = [...reasonFault(reason, 'reason')];
  if (!['granted', 'refused'].includes(input.decision))
    faults.push({
      field: 'decision',
      text: { fr: 'Choisissez une décision.', en: 'Choose a decision.' },
    });
  const until = decision === 'granted' ? input.until.trim() : null;
  if (until !== null) {
    faults.push(...dayFaults(until, today));
    if (isDay(until) && until > askedUntil)
      faults.push({
        field: 'until',
        text: {
          fr: 'La dérogation ne peut durer plus que ce qui a été demandé.',
          en: 'The exemption cannot last longer than what was asked for.',
        },
      });
  }
  return { value: { decision, reason, until }, faults };
}
