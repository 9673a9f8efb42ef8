// What the catalogue offers to indicators: the calls of an API, as gateways counted them. They are public on its page.
import type { MeasureDefinition } from '#platform/module.ts';
import { countCallsOfApi } from './api-days.repository.ts';

/** The measures of the catalogue. */
export const catalogueMeasures: readonly MeasureDefinition[] = [
  {
    name: 'exchange.api-calls',
    unit: 'calls',
    title: { fr: 'Appels d’une API par jour', en: 'Calls of an API a day' },
    read: countCallsOfApi,
  },
];
