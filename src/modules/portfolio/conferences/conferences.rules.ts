// What goes on an agenda and in which order, what a conference may hold, what may be done when. Pure: `today` is given.
import { daysBetween } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, isDay, tidiedLines } from '#platform/typed-text.ts';
import { difficultyOf } from '../watch/watch.rules.ts';
import type { AgendaCandidate, AgendaReason, Conference } from './conferences.types.ts';

/** How many projects an agenda is proposed with, and how many it may hold. */
export const PROPOSED_ITEMS = 12;
const MOST_ITEMS = 40;
/** Full cost from which a project is large, in cents: twice the threshold of opinions when none is set (9 M€). */
const LARGE_FACTOR = 2;

/**
 * The agenda proposed from the watch: projects in difficulty first (the deepest first), then those with overdue
 * recommendations (those escalated to the conference first), then large costs.
 */
export function proposedAgenda(
  candidates: readonly AgendaCandidate[],
  { thresholdCents, most = PROPOSED_ITEMS }: { readonly thresholdCents: number; readonly most?: number },
): { readonly fileId: string; readonly why: AgendaReason }[] {
  const dearest = (a: AgendaCandidate, b: AgendaCandidate) =>
    b.fullCostCents - a.fullCostCents || (a.fileName < b.fileName ? -1 : 1);
  const isInDifficulty = ({ rules }: AgendaCandidate) =>
    rules.some((rule) => rule !== 'overdue-recommendations');
  const difficult = candidates
    .filter(isInDifficulty)
    .sort((a, b) => difficultyOf(b.rules) - difficultyOf(a.rules) || dearest(a, b));
  const rest = candidates.filter((one) => !isInDifficulty(one));
  const overdue = rest
    .filter(({ overdue: count }) => count > 0)
    .sort((a, b) => b.escalated - a.escalated || b.overdue - a.overdue || dearest(a, b));
  const large = rest
    .filter(
      ({ overdue: count, fullCostCents }) => count === 0 && fullCostCents >= LARGE_FACTOR * thresholdCents,
    )
    .sort(dearest);
  return [
    ...difficult.map(({ fileId, rules }) => ({ fileId, why: { kind: 'difficulty', rules } as const })),
    ...overdue.map(({ fileId, overdue: count }) => ({ fileId, why: { kind: 'overdue', count } as const })),
    ...large.map(({ fileId }) => ({ fileId, why: { kind: 'cost' } as const })),
  ].slice(0, most);
}

/** How somebody changes the agenda by hand. */
export const AGENDA_MOVES = ['add', 'remove', 'up', 'down'] as const;
/** One of them. */
export type AgendaMove = (typeof AGENDA_MOVES)[number];

/** The agenda after a move; as it was where the move leads nowhere. */
export function movedAgenda(fileIds: readonly string[], move: AgendaMove, fileId: string): string[] {
  const at = fileIds.indexOf(fileId);
  if (move === 'add') return at === -1 ? [...fileIds, fileId] : [...fileIds];
  if (move === 'remove') return fileIds.filter((one) => one !== fileId);
  const to = move === 'up' ? at - 1 : at + 1;
  const other = fileIds[to];
  if (at === -1 || other === undefined) return [...fileIds];
  return fileIds.map((one, place) => (place === at ? other : place === to ? fileId : one));
}

/** What is wrong with an agenda: more than it holds, a project twice, or one that is not of the ministry. */
export function faultsOfAgenda(fileIds: readonly string[], known: readonly string[]): FieldError[] {
  const isRight =
    fileIds.length <= MOST_ITEMS &&
    new Set(fileIds).size === fileIds.length &&
    fileIds.every((id) => known.includes(id));
  if (isRight) return [];
  return [
    {
      field: 'fileId',
      text: {
        fr: `Choisissez des projets en cours du ministère, chacun une fois, ${MOST_ITEMS} au plus.`,
        en: `Choose live projects of the ministry, each once, ${MOST_ITEMS} at most.`,
      },
    },
  ];
}

/** What is wrong with a new conference: its organisation, or its day (from today on, within two years). */
export function faultsOfConference(
  { organisationId, heldOn }: { readonly organisationId: string; readonly heldOn: string },
  { today, organisations }: { readonly today: string; readonly organisations: readonly string[] },
): FieldError[] {
  const faults: FieldError[] = [];
  if (!organisations.includes(organisationId))
    faults.push({
      field: 'organisationId',
      text: { fr: 'Choisissez un ministère dans la liste.', en: 'Choose a ministry from the list.' },
    });
  if (!isDay(heldOn) || heldOn < today || daysBetween(today, heldOn) > 731)
    faults.push({
      field: 'heldOn',
      text: {
        fr: 'Donnez le jour de la conférence, à partir d’aujourd’hui et d’ici deux ans.',
        en: 'Give the day of the conference, from today on and within two years.',
      },
    });
  return faults;
}

/** A text of the conference as typed, tidied, with what is wrong with it under its field's name. */
export function textTyped(
  field: string,
  typed: string,
  { least, most }: { readonly least: number; readonly most: number },
): { readonly text: string; readonly faults: FieldError[] } {
  const text = tidiedLines(typed);
  if (text.length >= least && text.length <= most && !hasControlCharacterInLines(text))
    return { text, faults: [] };
  return {
    text,
    faults: [
      {
        field,
        text: {
          fr:
            least === 0 ? `Écrivez ${most} caractères au plus.` : `Écrivez de ${least} à ${most} caractères.`,
          en:
            least === 0 ? `Write at most ${most} characters.` : `Write from ${least} to ${most} characters.`,
        },
      },
    ],
  };
}

/** Tells whether the session can be recorded: its day has come, and the minutes are not frozen. */
export function isInSession({ state, heldOn }: Pick<Conference, 'state' | 'heldOn'>, today: string): boolean {
  return state !== 'closed' && heldOn <= today;
}
