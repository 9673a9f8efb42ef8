// The only door of the support module.
export { supportCrumb } from './entry/entry.pages.ts';
