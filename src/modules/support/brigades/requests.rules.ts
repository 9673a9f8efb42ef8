// What a request for help may hold and where each step leads. Pure: `today` is given.
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isDay, isUuid, tidied, tidiedLines } from '#platform/typed-text.ts';
import { EXPERTISES, type Expertise } from './expertises.data.ts';
import type { HelpInput, HelpRequest, HelpState, HelpStep, Need } from './requests.types.ts';

/** Which side takes a step. */
export type HelpSide = 'requester' | 'brigade';

interface Transition {
  readonly from: readonly HelpState[];
  readonly to: HelpState | 'same';
  readonly sides: readonly HelpSide[];
}

/** The longest period that a request may name, in days. */
const LONGEST_DAYS = 366;
const MOST_DAYS = 400;

/** What leads from one state to another; the rest is refused. */
export const HELP_TRANSITIONS: Readonly<Record<Exclude<HelpStep, 'submit'>, Transition>> = {
  change: { from: ['submitted', 'examined'], to: 'same', sides: ['requester'] },
  'attach-contract': {
    from: ['submitted', 'examined', 'proposed', 'accepted'],
    to: 'same',
    sides: ['requester', 'brigade'],
  },
  // Also what takes back a team proposed or accepted.
  examine: { from: ['submitted', 'proposed', 'accepted'], to: 'examined', sides: ['brigade'] },
  propose: { from: ['submitted', 'examined'], to: 'proposed', sides: ['brigade'] },
  decline: { from: ['proposed', 'accepted'], to: 'examined', sides: ['requester'] },
  accept: { from: ['proposed'], to: 'accepted', sides: ['requester'] },
  refuse: { from: ['submitted', 'examined', 'proposed'], to: 'refused', sides: ['brigade'] },
  withdraw: {
    from: ['submitted', 'examined', 'proposed', 'accepted'],
    to: 'withdrawn',
    sides: ['requester'],
  },
  start: { from: ['accepted'], to: 'under-way', sides: ['brigade'] },
  end: { from: ['under-way'], to: 'ended', sides: ['brigade'] },
};

/** Tells whether one of `sides` may take the step in the request's state. */
export function mayStep(
  step: Exclude<HelpStep, 'submit'>,
  { state }: Pick<HelpRequest, 'state'>,
  sides: readonly HelpSide[],
): boolean {
  const { from, sides: takers } = HELP_TRANSITIONS[step];
  return from.includes(state) && takers.some((side) => sides.includes(side));
}

/** Steps that must say why. */
export function needsReason(step: string): boolean {
  return step === 'refuse' || step === 'decline';
}

/** What was typed in the form of a request. */
export interface TypedHelp {
  readonly organisationId: string;
  readonly title: string;
  readonly problem: string;
  readonly subject: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly contractId: string;
  readonly days: Readonly<Partial<Record<Expertise, string>>>;
}

/** A number of days as typed, with a comma or a point; null when it is none. */
export function daysTyped(text: string): number | null {
  const clean = text.trim().replace(',', '.');
  return /^\d{1,4}(\.\d{1,2})?$/.test(clean) ? Number(clean) : null;
}

/** Tells whether days are whole or half ones. */
export function isHalfDays(days: number): boolean {
  return Number.isInteger(days * 2);
}

function textFaults(input: HelpInput): FieldError[] {
  const faults: FieldError[] = [];
  const check = (field: 'title' | 'problem' | 'subject', least: number, most: number) => {
    const text = input[field];
    if (text.length < least || text.length > most)
      faults.push({
        field,
        text: {
          fr: `Écrivez de ${least} à ${most} caractères.`,
          en: `Write from ${least} to ${most} characters.`,
        },
      });
    else if (hasControlCharacterInLines(text))
      faults.push({
        field,
        text: {
          fr: 'Retirez les caractères invisibles\u00A0: collez le texte sans mise en forme.',
          en: 'Remove the invisible characters: paste the text without formatting.',
        },
      });
  };
  check('title', 5, 150);
  check('subject', 2, 200);
  check('problem', 20, 4000);
  return faults;
}

function periodFaults({ startsOn, endsOn }: HelpInput, today: string): FieldError[] {
  const fault = (field: string, fr: string, en: string): FieldError[] => [{ field, text: { fr, en } }];
  if (!isDay(startsOn)) return fault('startsOn', 'Indiquez le premier jour.', 'Give the first day.');
  if (startsOn < today)
    return fault(
      'startsOn',
      'Choisissez un premier jour à partir d’aujourd’hui.',
      'Choose a first day from today on.',
    );
  if (startsOn > dayAfter(today, 2 * LONGEST_DAYS))
    return fault('startsOn', 'Choisissez un jour d’ici deux ans.', 'Choose a day within two years.');
  if (!isDay(endsOn)) return fault('endsOn', 'Indiquez le dernier jour.', 'Give the last day.');
  if (endsOn < startsOn)
    return fault('endsOn', 'Le dernier jour vient après le premier.', 'The last day comes after the first.');
  if (endsOn > dayAfter(startsOn, LONGEST_DAYS))
    return fault('endsOn', 'Une mission dure un an au plus.', 'A mission lasts a year at most.');
  return [];
}

function needFaults(needs: readonly Need[]): FieldError[] {
  if (needs.length === 0)
    return [
      {
        field: `days-${EXPERTISES[0]}`,
        text: {
          fr: 'Indiquez des jours pour une expertise au moins.',
          en: 'Give days for one expertise at least.',
        },
      },
    ];
  return needs
    .filter(({ days }) => !(days >= 0.5 && days <= MOST_DAYS && isHalfDays(days)))
    .map(({ expertise }) => ({
      field: `days-${expertise}`,
      text: {
        fr: 'Indiquez un nombre de jours ou de demi-journées, de 0,5 à 400.',
        en: 'Give a number of days or half days, from 0.5 to 400.',
      },
    }));
}

/** The request as typed, tidied: days that are no number become NaN, which `faultsOfHelp` tells. */
export function helpTyped(typed: TypedHelp): HelpInput {
  const needs = EXPERTISES.filter((expertise) => (typed.days[expertise] ?? '').trim() !== '').map(
    (expertise) => ({ expertise, days: daysTyped(typed.days[expertise] ?? '') ?? Number.NaN }),
  );
  return {
    organisationId: typed.organisationId,
    title: tidied(typed.title.toWellFormed()),
    problem: tidiedLines(typed.problem),
    subject: tidied(typed.subject.toWellFormed()),
    startsOn: typed.startsOn,
    endsOn: typed.endsOn,
    contractId: typed.contractId === '' ? null : typed.contractId,
    needs: needs.filter(({ days }) => days !== 0),
  };
}

/** What is wrong with a request, field by field; `organisations` are those for which the requester asks. */
export function faultsOfHelp(
  input: HelpInput,
  { today, organisations }: { readonly today: string; readonly organisations: readonly string[] },
): FieldError[] {
  const faults: FieldError[] = [];
  if (!organisations.includes(input.organisationId))
    faults.push({
      field: 'organisationId',
      text: { fr: 'Choisissez une de vos organisations.', en: 'Choose one of your organisations.' },
    });
  if (input.contractId !== null && !isUuid(input.contractId)) faults.push(unknownContract);
  return [...faults, ...textFaults(input), ...needFaults(input.needs), ...periodFaults(input, today)];
}

/** The contract is not one of the organisation. */
export const unknownContract: FieldError = {
  field: 'contractId',
  text: {
    fr: 'Choisissez un contrat de succès de votre organisation dans la liste.',
    en: 'Choose a success contract of your organisation from the list.',
  },
};

/** A reason as typed, and what is wrong with it: `isAsked` when it may not stay empty. */
export function reasonTyped(typed: string, isAsked: boolean): { text: string; faults: FieldError[] } {
  const text = tidiedLines(typed);
  const isWrong = text.length > 4000 || hasControlCharacterInLines(text) || (isAsked && text.length < 3);
  return {
    text,
    faults: isWrong
      ? [
          {
            field: 'text',
            text: {
              fr: 'Dites pourquoi, en 3 à 4\u00A0000 caractères.',
              en: 'Say why, in 3 to 4,000 characters.',
            },
          },
        ]
      : [],
  };
}
