// The only door of the support module.

export type { FinancingObstacle, NewEvidence } from './doctrines/assessments.types.ts';
export { recordEvidence } from './doctrines/evidence.actions.ts';
export { financingObstacles } from './doctrines/financing.reading.ts';
export { supportCrumb } from './entry/entry.crumb.ts';
export { type Award, listAwards } from './funding/awards.repository.ts';
