// The only door of the impact module.

export { contractTag, decisionTag } from './contracts/contract-parts.pages.ts';
export { contractIsSigned, findContract, listContractsOf } from './contracts/contract-reads.ts';
export { findContractResults, listContractOutcomes } from './contracts/contracts.repository.ts';
export type {
  Contract,
  ContractOutcome,
  ContractResult,
  ContractState,
  Decision,
  NamedContract,
} from './contracts/contracts.types.ts';
export { latestVerdictOf } from './contracts/reviews.repository.ts';
export type { ContractReview, Judgement } from './contracts/reviews.types.ts';
export { onVerdict, type VerdictNews, type VerdictWatcher } from './contracts/verdict-watchers.ts';
export { impactCrumb } from './entry/entry.crumb.ts';
export { createIndicator } from './indicators/indicators.actions.ts';
export {
  findIndicator,
  findIndicators,
  listIndicators,
  readSeries,
} from './indicators/indicators.repository.ts';
export type {
  Indicator,
  IndicatorFilter,
  IntakeResult,
  MeasureLine,
  SeriesPoint,
} from './indicators/indicators.types.ts';
export { takeMeasures } from './indicators/measures.actions.ts';
export { lastMeasuresOf } from './indicators/measures.repository.ts';
export { offerMeasures } from './sources/offered-measures.ts';
