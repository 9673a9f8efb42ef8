// The only door of the impact module.
export { impactCrumb } from './entry/entry.pages.ts';
export { offerMeasures } from './sources/offered-measures.ts';
