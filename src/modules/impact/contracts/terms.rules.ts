// What must hold of a contract's terms, as they are typed. Pure: the indicator and the people are given.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { decimalAsTyped, hasControlCharacter, isDay, tidied } from '#platform/typed-text.ts';
import { DEFAULT_RULE } from '../verdicts/proposal.rules.ts';
import { type DecisionRule, type Direction, METHODS, type Method } from '../verdicts/verdicts.types.ts';
import { type ContractTerms, GUARDRAILS, type Guardrail } from './contracts.types.ts';
import { faultsOfUnits, unitsAsTyped } from './typed-units.rules.ts';

/** The name of a guardrail's field in a form. */
export function guardrailField(guardrail: Guardrail): TermsField {
  return `guardrail_${guardrail}`;
}

/** The fields of the terms' form that hold a line or more of words, with the most characters of each. */
const WORDS = { title: 200, subject: 200, problem: 2000, population: 1000, baselineEvidence: 1000 } as const;

const NUMBERS = [
  'baselineValue',
  'target',
  'minimumEffect',
  'costEuros',
  'costCeilingEuros',
  'pScale',
  'pStop',
  'reviews',
] as const;

/** Every field of the terms' form. */
export const TERMS_FIELDS = [
  ...(Object.keys(WORDS) as (keyof typeof WORDS)[]),
  ...NUMBERS,
  'indicatorId',
  'origin',
  'baselineOn',
  'deadline',
  'counterfactual',
  'units',
  'guardrail_accessibility',
  'guardrail_ecoDesign',
  'guardrail_security',
  'guardrail_totalCost',
  'ownerPersonId',
  'reviewerPersonId',
] as const;

/** A field of the terms' form. */
export type TermsField = (typeof TERMS_FIELDS)[number];

/** The terms as they are typed in a form, or put into an API call: nothing of them is checked yet. */
export type TermsInput = Readonly<Record<TermsField, string>>;

/** An empty form with the default rule. */
export function emptyTerms(): TermsInput {
  const empty = Object.fromEntries(TERMS_FIELDS.map((field) => [field, ''])) as Record<TermsField, string>;
  return {
    ...empty,
    origin: 'measured',
    counterfactual: 'before-after',
    pScale: String(DEFAULT_RULE.pScale),
    pStop: String(DEFAULT_RULE.pStop),
    reviews: String(DEFAULT_RULE.reviewsToStop),
  };
}

/** Terms as a form shows them to be changed. */
export function termsAsInput(terms: ContractTerms): TermsInput {
  return {
    title: terms.title,
    subject: terms.subject,
    problem: terms.problem,
    population: terms.population,
    baselineEvidence: terms.baselineEvidence,
    baselineValue: String(terms.baselineValue),
    target: String(terms.target),
    minimumEffect: String(terms.minimumEffect),
    costEuros: String(terms.costEuros),
    costCeilingEuros: String(terms.costCeilingEuros),
    pScale: String(terms.rule.pScale),
    pStop: String(terms.rule.pStop),
    reviews: String(terms.rule.reviewsToStop),
    indicatorId: terms.indicatorId,
    origin: terms.origin,
    baselineOn: terms.baselineOn,
    deadline: terms.deadline,
    counterfactual: terms.counterfactual,
    units: terms.units
      .map(({ indicatorId, controlId, startsOn }) => `${indicatorId} ${controlId ?? startsOn ?? '-'}`)
      .join('\n'),
    guardrail_accessibility: terms.guardrails.accessibility,
    guardrail_ecoDesign: terms.guardrails.ecoDesign,
    guardrail_security: terms.guardrails.security,
    guardrail_totalCost: terms.guardrails.totalCost,
    ownerPersonId: terms.ownerPersonId,
    reviewerPersonId: terms.reviewerPersonId,
  };
}

/** The terms as typed, tidied; to be kept only if `faultsOfTerms` finds none. */
export function termsAsTyped(input: TermsInput): ContractTerms {
  const counterfactual = input.counterfactual as Method;
  return {
    title: tidied(input.title),
    subject: tidied(input.subject),
    problem: tidied(input.problem),
    population: tidied(input.population),
    indicatorId: input.indicatorId.trim().toLowerCase(),
    origin: input.origin as ContractTerms['origin'],
    baselineValue: decimalAsTyped(input.baselineValue),
    baselineOn: input.baselineOn.trim(),
    baselineEvidence: tidied(input.baselineEvidence),
    target: decimalAsTyped(input.target),
    deadline: input.deadline.trim(),
    minimumEffect: decimalAsTyped(input.minimumEffect),
    counterfactual,
    units: unitsAsTyped(counterfactual, input.units),
    guardrails: {
      accessibility: tidied(input.guardrail_accessibility),
      ecoDesign: tidied(input.guardrail_ecoDesign),
      security: tidied(input.guardrail_security),
      totalCost: tidied(input.guardrail_totalCost),
    },
    costEuros: decimalAsTyped(input.costEuros),
    costCeilingEuros: decimalAsTyped(input.costCeilingEuros),
    ownerPersonId: input.ownerPersonId.trim().toLowerCase(),
    reviewerPersonId: input.reviewerPersonId.trim().toLowerCase(),
    rule: {
      pScale: decimalAsTyped(input.pScale),
      pStop: decimalAsTyped(input.pStop),
      reviewsToStop: decimalAsTyped(input.reviews),
    },
  };
}

/** Every indicator that terms read. */
export function indicatorsOf({ indicatorId, units }: ContractTerms): string[] {
  const compared = units.flatMap((unit) => [unit.indicatorId, ...(unit.controlId ? [unit.controlId] : [])]);
  return [...new Set([indicatorId, ...compared])];
}

/** What terms are checked against. */
export interface TermsContext {
  /** Which way is better of the indicators that the terms name and that exist; by id. */
  readonly directions: ReadonlyMap<string, Direction>;
  /** Who may be the owner: people of a team of the organisation. */
  readonly ownerIds: readonly string[];
  /** Who may review: never anybody of the owner's organisation. */
  readonly reviewerIds: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

const say = (field: string, fr: string, en: string): FieldError => ({ field, text: { fr, en } });

/** Every fault of terms, each in words that say what to do; empty when they may be kept. */
export function faultsOfTerms(terms: ContractTerms, context: TermsContext): FieldError[] {
  return [
    ...faultsOfWords(terms),
    ...faultsOfMeasure(terms, context),
    ...faultsOfGuardrails(terms),
    ...faultsOfCost(terms),
    ...faultsOfPeople(terms, context),
    ...faultsOfRule(terms.rule),
  ];
}

const WORD_FAULTS: Readonly<Record<keyof typeof WORDS, Translated>> = {
  title: { fr: 'Donnez un titre au contrat', en: 'Give the contract a title' },
  subject: { fr: 'Nommez le projet ou le produit', en: 'Name the project or product' },
  problem: { fr: 'Dites quel problème est à résoudre', en: 'Say which problem is to be solved' },
  population: { fr: 'Dites qui est concerné', en: 'Say who is concerned' },
  baselineEvidence: {
    fr: 'Dites d’où vient la valeur de départ',
    en: 'Say where the baseline value comes from',
  },
};

/** Tells whether words are there, within `limit` characters, and printable. */
export function areWords(text: string, limit: number): boolean {
  return text !== '' && text.length <= limit && text.isWellFormed() && !hasControlCharacter(text);
}

function faultsOfWords(terms: ContractTerms): FieldError[] {
  return (Object.keys(WORDS) as (keyof typeof WORDS)[])
    .filter((field) => !areWords(terms[field], WORDS[field]))
    .map((field) => {
      const { fr, en } = WORD_FAULTS[field];
      return say(
        field,
        `${fr}, en ${WORDS[field]} caractères au plus.`,
        `${en}, in at most ${WORDS[field]} characters.`,
      );
    });
}

function faultsOfMeasure(terms: ContractTerms, { directions, today }: TermsContext): FieldError[] {
  const faults: FieldError[] = [];
  const direction = directions.get(terms.indicatorId);
  const { baselineValue, target, minimumEffect, baselineOn, deadline } = terms;
  if (!direction)
    faults.push(
      say('indicatorId', 'Choisissez un indicateur de la liste.', 'Choose an indicator from the list.'),
    );
  if (terms.origin !== 'measured' && terms.origin !== 'declared') {
    faults.push(say('origin', 'Choisissez quelles mesures comptent.', 'Choose which measures count.'));
  }
  if (Number.isNaN(baselineValue)) {
    faults.push(notANumber('baselineValue', { fr: 'Valeur de départ', en: 'Baseline value' }));
  }
  if (!isDay(baselineOn) || baselineOn > today) {
    faults.push(
      say(
        'baselineOn',
        'Saisissez le jour de la valeur de départ, qui est passé.',
        'Enter the day of the baseline value, which is past.',
      ),
    );
  }
  if (Number.isNaN(minimumEffect) || minimumEffect <= 0) {
    faults.push(
      say('minimumEffect', 'Saisissez un changement plus grand que zéro.', 'Enter a change above zero.'),
    );
  }
  if (Number.isNaN(target)) faults.push(notANumber('target', { fr: 'Cible', en: 'Target' }));
  else if (direction && !Number.isNaN(baselineValue)) {
    const gain = direction === 'up' ? target - baselineValue : baselineValue - target;
    if (gain <= 0 || gain < minimumEffect) {
      faults.push(
        say(
          'target',
          'Fixez une cible meilleure que la valeur de départ, d’au moins le changement minimal.',
          'Set a target that is better than the baseline by the minimum change at least.',
        ),
      );
    }
  }
  if (!isDay(deadline) || deadline <= today || (isDay(baselineOn) && deadline <= baselineOn)) {
    faults.push(say('deadline', 'Fixez une échéance à venir.', 'Set a deadline that is to come.'));
  }
  return [...faults, ...faultsOfCounterfactual(terms, directions)];
}

function notANumber(field: string, { fr, en }: Translated): FieldError {
  return say(
    field,
    `${fr}\u00A0: saisissez un nombre, par exemple 12,5.`,
    `${en}: enter a number, such as 12.5.`,
  );
}

function faultsOfCounterfactual(terms: ContractTerms, directions: TermsContext['directions']): FieldError[] {
  const { counterfactual, units } = terms;
  if (!METHODS.includes(counterfactual)) {
    return [say('counterfactual', 'Choisissez une méthode.', 'Choose a method.')];
  }
  return faultsOfUnits(counterfactual, units, directions);
}

const GUARDRAIL_NAMES: Readonly<Record<Guardrail, Translated>> = {
  accessibility: { fr: 'Accessibilité', en: 'Accessibility' },
  ecoDesign: { fr: 'Écoconception', en: 'Eco-design' },
  security: { fr: 'Sécurité', en: 'Security' },
  totalCost: { fr: 'Coût complet', en: 'Total cost' },
};

function faultsOfGuardrails({ guardrails }: ContractTerms): FieldError[] {
  return GUARDRAILS.filter((one) => !areWords(guardrails[one], 300)).map((one) => {
    const { fr, en } = GUARDRAIL_NAMES[one];
    return say(
      guardrailField(one),
      `${fr}\u00A0: écrivez le seuil à tenir, en 300 caractères au plus.`,
      `${en}: write the threshold to keep to, in at most 300 characters.`,
    );
  });
}

function faultsOfCost({ costEuros, costCeilingEuros }: ContractTerms): FieldError[] {
  const faults: FieldError[] = [];
  const isCost = (euros: number) => euros > 0 && euros <= 1e12;
  if (!isCost(costEuros)) {
    faults.push(say('costEuros', 'Saisissez le coût complet en euros.', 'Enter the whole cost in euros.'));
  }
  if (!isCost(costCeilingEuros)) {
    faults.push(
      say(
        'costCeilingEuros',
        'Saisissez le coût à ne pas dépasser pour une unité d’effet, en euros.',
        'Enter the most that one unit of effect may cost, in euros.',
      ),
    );
  }
  return faults;
}

function faultsOfPeople(
  { ownerPersonId, reviewerPersonId }: ContractTerms,
  { ownerIds, reviewerIds }: TermsContext,
): FieldError[] {
  const faults: FieldError[] = [];
  if (!ownerIds.includes(ownerPersonId)) {
    faults.push(
      say(
        'ownerPersonId',
        'Choisissez la personne de votre organisation qui porte le contrat.',
        'Choose the person of your organisation who owns the contract.',
      ),
    );
  }
  if (reviewerPersonId === ownerPersonId || !reviewerIds.includes(reviewerPersonId)) {
    faults.push(
      say(
        'reviewerPersonId',
        'Choisissez quelqu’un d’une autre organisation\u00A0: qui porte le contrat ne le juge pas.',
        'Choose somebody of another organisation: whoever owns the contract does not judge it.',
      ),
    );
  }
  return faults;
}

function faultsOfRule({ pScale, pStop, reviewsToStop: reviews }: DecisionRule): FieldError[] {
  const faults: FieldError[] = [];
  if (!(pScale >= 0.5 && pScale < 1)) {
    faults.push(
      say('pScale', 'Saisissez une probabilité de 0,5 à 0,99.', 'Enter a probability from 0.5 to 0.99.'),
    );
  }
  if (!(pStop > 0 && pStop < 0.5)) {
    faults.push(
      say('pStop', 'Saisissez une probabilité de 0,01 à 0,49.', 'Enter a probability from 0.01 to 0.49.'),
    );
  }
  if (!(Number.isInteger(reviews) && reviews >= 1 && reviews <= 10)) {
    faults.push(
      say('reviews', 'Saisissez un nombre de revues de 1 à 10.', 'Enter a number of reviews from 1 to 10.'),
    );
  }
  return faults;
}

/** The fields in which two versions of the terms differ, each with its text before and after. */
export function differencesOf(
  before: ContractTerms,
  after: ContractTerms,
): { field: TermsField; before: string; after: string }[] {
  const [old, now] = [termsAsInput(before), termsAsInput(after)];
  return TERMS_FIELDS.filter((field) => old[field] !== now[field]).map((field) => ({
    field,
    before: old[field],
    after: now[field],
  }));
}
