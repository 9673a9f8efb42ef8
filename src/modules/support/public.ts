// The only door of the support module.
export { supportCrumb } from './entry/entry.pages.ts';
export type { FinancingObstacle, NewEvidence } from './doctrines/assessments.types.ts';
export { recordEvidence } from './doctrines/evidence.actions.ts';
export { financingObstacles } from './doctrines/financing.reading.ts';
