// The expertises that brigades lend, in the order in which lists show them (roadmap of the directorate, digital brigades).

/** Every expertise. */
export const EXPERTISES = [
  'accessibility',
  'cloud',
  'ux',
  'devops',
  'eco-design',
  'security',
  'data',
  'product',
  'agile-coaching',
] as const;

/** One of them. */
export type Expertise = (typeof EXPERTISES)[number];
