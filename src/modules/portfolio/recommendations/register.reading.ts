// How the register is narrowed, as an address asks for it.
import { notFound } from '#platform/errors.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  RECOMMENDATION_SOURCES,
  RECOMMENDATION_STATES,
  type RecommendationFilter,
} from './recommendations.types.ts';
import type { RegisterNarrowing } from './register.pages.ts';

/** The filter that an address asks for; `today` says what is overdue. Throws `not-found` for what is no id. */
export function filterOf(query: Partial<RegisterNarrowing>, today: string): RecommendationFilter {
  const state = RECOMMENDATION_STATES.find((one) => one === query.state);
  const source = RECOMMENDATION_SOURCES.find((one) => one === query.source);
  const id = (value = '') => {
    if (value !== '' && !isUuid(value)) throw notFound();
    return value;
  };
  const [organisationId, fileId] = [id(query.organisation), id(query.project)];
  return {
    ...(state && { state }),
    ...(source && { source }),
    ...(organisationId !== '' && { organisationId }),
    ...(fileId !== '' && { fileId }),
    ...(query.overdue === 'yes' && { overdueOn: today }),
  };
}
