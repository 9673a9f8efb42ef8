// The only door of the impact module.
export { impactCrumb } from './entry/entry.pages.ts';
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
export { offerMeasures } from './sources/offered-measures.ts';
