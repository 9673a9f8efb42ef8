// The places that a contract compares, between a form's rows and the lines in which terms are typed. Pure.
import type { TermsInput } from './terms.rules.ts';

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
export function unitsOfRows(
  { unit, unitLike, unitStart }: UnitColumns,
  method: TermsInput['counterfactual'],
): string {
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
    const isDay = /^\d{4}-\d\d-/.test(second ?? '');
    return [
      {
        indicatorId: chosen(own),
        like: isDay ? '' : chosen(second),
        startsOn: isDay ? chosen(second) : '',
      },
    ];
  });
}
