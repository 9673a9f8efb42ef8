// Finds the transitions of a panel's projects between editions that follow each other. Pure.
import type { ForecastFigure, PanelEdition, PanelState, Transition } from './panels.types.ts';

/** From one month to another (YYYY-MM), in months. */
export function monthsBetween(from: string, to: string): number {
  return monthNumber(to) - monthNumber(from);
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
}

/** The share of a project's planned duration that has passed in `month`; null where its start or duration is not known. */
export function elapsedShareIn(
  month: string,
  state: Pick<PanelState, 'startedOn' | 'duration'>,
): number | null {
  if (state.startedOn === null || state.duration === null || state.duration <= 0) return null;
  return Math.max(0, monthsBetween(state.startedOn.slice(0, 7), month)) / 12 / state.duration;
}

/**
 * The transitions of a figure from each edition to the next, oldest first, for the projects that both give a figure
 * above 0. The pairs stay apart, so that a forecast can be trained on those that had ended when it was made.
 */
export function transitionsOf(editions: readonly PanelEdition[], figure: ForecastFigure): Transition[][] {
  return editions.slice(1).map((later, index) => {
    const earlier = editions[index];
    if (!earlier) return [];
    const months = monthsBetween(earlier.month, later.month);
    const found: Transition[] = [];
    for (const [project, before] of earlier.states) {
      const value = before[figure];
      const after = later.states.get(project)?.[figure];
      if (value === null || after === null || after === undefined || value <= 0 || after <= 0) continue;
      found.push({
        project,
        value,
        months,
        phase: before.phase,
        elapsedShare: elapsedShareIn(later.month, before),
        from: earlier.month,
        to: later.month,
        logRatio: Math.log(after / value),
      });
    }
    return found;
  });
}
