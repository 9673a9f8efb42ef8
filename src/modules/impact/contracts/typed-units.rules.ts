// The places that a contract compares: between a form’s rows and the lines in which terms are typed, and what must hold. Pure.
import type { FieldError } from '#platform/errors.ts';
import { isDay } from '#platform/typed-text.ts';
import type { Direction, Method } from '../verdicts/verdicts.types.ts';
import type { ComparedUnit } from './contracts.types.ts';

/** A row of the form; what is empty was not chosen. */
export interface UnitRow {
  readonly indicatorId: string;
  /** The indicator of its like, for pairs. */
  readonly like: string;
  /** YYYY-MM-DD, for a staggered start. */
  readonly startsOn: string;
}

/** The rows as a form sends them: one list for each column. */
export interface UnitColumns {
  readonly unit: readonly string[];
  readonly unitLike: readonly string[];
  readonly unitStart: readonly string[];
}

/** Stands in a line for an indicator that was not chosen, so that the line is told as a fault and not passed over. */
const NOT_CHOSEN = '?';

/** The lines of the rows that are not empty. A row without a first day never starts; a pair without its like is a fault. */
export function unitsOfRows({ unit, unitLike, unitStart }: UnitColumns, method: string): string {
  const clean = (text: string | undefined) => (text ?? '').replace(/\s+/gu, '');
  return Array.from({ length: Math.max(unit.length, unitLike.length, unitStart.length) }, (_, at) => {
    const [own, like, start] = [clean(unit[at]), clean(unitLike[at]), clean(unitStart[at])];
    if (own + like + start === '') return [];
    const second = method === 'matched' ? like || NOT_CHOSEN : start || '-';
    return [`${own || NOT_CHOSEN} ${second}`];
  })
    .flat()
    .join('\n');
}

/** The rows that show the lines of terms again. */
export function rowsOfUnits(lines: string): UnitRow[] {
  const chosen = (word = '') => (word === NOT_CHOSEN || word === '-' ? '' : word);
  return lines.split('\n').flatMap((line): UnitRow[] => {
    const [own, second] = line.trim().split(/\s+/u);
    if (!own) return [];
    const isFirstDay = /^\d{4}-\d\d-/.test(second ?? '');
    return [
      {
        indicatorId: chosen(own),
        like: isFirstDay ? '' : chosen(second),
        startsOn: isFirstDay ? chosen(second) : '',
      },
    ];
  });
}

/** Most units that a contract compares. */
const MOST_UNITS = 40;

/** Lines of two words: an indicator, then its like's (matched) or its first day, a hyphen for none (staggered). */
export function unitsAsTyped(method: Method, text: string): ComparedUnit[] {
  if (method !== 'staggered' && method !== 'matched') return [];
  const lines = text.split(/[\r\n]+/).map((line) => line.trim().toLowerCase());
  return lines
    .filter((line) => line !== '')
    .slice(0, MOST_UNITS + 1)
    .map((line) => {
      const [indicatorId = '', second = ''] = line.split(/\s+/);
      return method === 'matched'
        ? { indicatorId, controlId: second, startsOn: null }
        : { indicatorId, controlId: null, startsOn: second === '-' ? null : second };
    });
}

const fault = (fr: string, en: string): FieldError[] => [{ field: 'units', text: { fr, en } }];

/** What is wrong with the places that a method compares; `directions` holds the indicators that there are. */
export function faultsOfUnits(
  counterfactual: Method,
  units: readonly ComparedUnit[],
  directions: ReadonlyMap<string, Direction>,
): FieldError[] {
  if (counterfactual === 'staggered') {
    const isSound = ({ indicatorId, startsOn }: ComparedUnit) =>
      directions.has(indicatorId) && (startsOn === null || isDay(startsOn));
    if (areSound(units, isSound)) return [];
    return fault(
      'Donnez de 2 à 40 lieux, chacun avec un indicateur à lui\u00A0; le premier jour est une date, ou rien.',
      'Give 2 to 40 places, each with an indicator of its own; the first day is a date, or nothing.',
    );
  }
  if (counterfactual !== 'matched') return [];
  const isSound = ({ indicatorId, controlId }: ComparedUnit) =>
    directions.has(indicatorId) &&
    controlId !== null &&
    controlId !== indicatorId &&
    directions.has(controlId);
  if (areSound(units, isSound)) return [];
  return fault(
    'Donnez de 2 à 40 paires\u00A0: l’indicateur d’un lieu concerné et celui de son semblable, chacun une seule fois.',
    'Give 2 to 40 pairs: the indicator of a place concerned and that of its like, each once.',
  );
}

function areSound(units: readonly ComparedUnit[], isSound: (unit: ComparedUnit) => boolean): boolean {
  const ids = units.flatMap(({ indicatorId, controlId }) => [indicatorId, ...(controlId ? [controlId] : [])]);
  return (
    units.length >= 2 &&
    units.length <= MOST_UNITS &&
    units.every(isSound) &&
    new Set(ids).size === ids.length
  );
}
