// The forty invented APIs of the demonstration State: 36 open, two drafts, two closed; the same at every load.
import type { InventedApi } from './apis.demonstration.types.ts';
import { COMPANY_APIS } from './apis-companies.demonstration.data.ts';
import { FAMILY_APIS } from './apis-families.demonstration.data.ts';
import { PAPERS_APIS } from './apis-papers.demonstration.data.ts';
import { PUBLIC_APIS } from './apis-public.demonstration.data.ts';
import { WORK_APIS } from './apis-work.demonstration.data.ts';

/** Every invented API, by theme. */
export const INVENTED_APIS: readonly InventedApi[] = [
  ...FAMILY_APIS,
  ...WORK_APIS,
  ...PAPERS_APIS,
  ...COMPANY_APIS,
  ...PUBLIC_APIS,
];
