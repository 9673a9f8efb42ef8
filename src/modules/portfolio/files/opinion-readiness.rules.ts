// Whether an opinion may be asked for on a file. Pure.
import type { FileFacts, OpinionObstacle } from './files.types.ts';

/**
 * Why no opinion may be asked for on the file; empty when it may. Minimum impact objectives come first: an indicator, a
 * baseline value, a target and a date (roadmap of the directorate); an objective cannot be kept without all four.
 */
export function mayAskForOpinion({
  state,
  fullCostCents,
  objectivesCount,
}: Pick<FileFacts, 'state' | 'fullCostCents' | 'objectivesCount'>): OpinionObstacle[] {
  return [
    ...(state === 'draft' ? ['is-draft' as const] : []),
    ...(state === 'finished' || state === 'exited' ? ['has-ended' as const] : []),
    ...(objectivesCount === 0 ? ['no-objective' as const] : []),
    ...(fullCostCents === 0 ? ['no-cost' as const] : []),
  ];
}
