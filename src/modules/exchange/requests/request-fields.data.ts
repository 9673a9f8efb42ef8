// The fields of the form of a request, by blocks: which there are, and what each may hold. Data alone.

/** The blocks of the form, in the order in which they are filled. Scopes are a block of their own. */
export const REQUEST_BLOCKS = [
  'project',
  'scopes',
  'legal-basis',
  'personal-data',
  'volume',
  'security',
  'contacts',
] as const;

/** One of them. */
export type RequestBlock = (typeof REQUEST_BLOCKS)[number];

/** Whom a request names: data-protection officer, controller, technical and business contacts. */
export const CONTACTS = ['dpo', 'controller', 'technical', 'business'] as const;

/** One of them. */
export type Contact = (typeof CONTACTS)[number];

/** How an API is used: by a person's own procedure, by an agent in a tool, between systems. */
export const MODALITIES = ['online-procedure', 'agent-tool', 'automatic'] as const;

/** How far the security certification (RGS, art. 5 of décret n° 2010-112) of the system is. */
export const SECURITY_STATES = ['certified', 'planned', 'none'] as const;

/** What a field is and holds. */
export interface FieldRule {
  readonly block: RequestBlock;
  readonly kind: 'line' | 'lines' | 'email' | 'phone' | 'url' | 'number' | 'hour' | 'choice' | 'day';
  /** Least and most characters; of a number, least and most values. */
  readonly bounds: readonly [least: number, most: number];
  /** At which stage a submission must have it. */
  readonly asked: 'always' | 'production' | 'never';
  readonly choices?: readonly string[];
}

function contact<C extends Contact>(
  who: C,
  asked: FieldRule['asked'],
): Record<`${C}${'Name' | 'Email' | 'Phone'}`, FieldRule> {
  const fields: Record<string, FieldRule> = {
    [`${who}Name`]: { block: 'contacts', kind: 'line', bounds: [2, 120], asked },
    [`${who}Email`]: { block: 'contacts', kind: 'email', bounds: [3, 254], asked },
    [`${who}Phone`]: { block: 'contacts', kind: 'phone', bounds: [4, 30], asked: 'never' },
  };
  return fields as Record<`${C}${'Name' | 'Email' | 'Phone'}`, FieldRule>;
}

const rule = <F extends Record<string, FieldRule>>(fields: F): Record<keyof F, FieldRule> => fields;

/** Every field by its name. */
export const REQUEST_FIELDS = rule({
  title: { block: 'project', kind: 'line', bounds: [3, 150], asked: 'always' },
  // What calls say that they are for: it is recorded with each.
  purpose: { block: 'project', kind: 'line', bounds: [3, 300], asked: 'always' },
  description: { block: 'project', kind: 'lines', bounds: [20, 5000], asked: 'always' },
  legalBasis: { block: 'legal-basis', kind: 'lines', bounds: [3, 1000], asked: 'production' },
  legalBasisUrl: { block: 'legal-basis', kind: 'url', bounds: [10, 500], asked: 'never' },
  retention: { block: 'personal-data', kind: 'lines', bounds: [3, 500], asked: 'production' },
  recipients: { block: 'personal-data', kind: 'lines', bounds: [3, 1000], asked: 'production' },
  callsPerDay: { block: 'volume', kind: 'number', bounds: [1, 100_000_000], asked: 'always' },
  fromHour: { block: 'volume', kind: 'hour', bounds: [0, 23], asked: 'always' },
  toHour: { block: 'volume', kind: 'hour', bounds: [0, 23], asked: 'always' },
  modality: { block: 'volume', kind: 'choice', bounds: [0, 40], asked: 'always', choices: MODALITIES },
  securityState: {
    block: 'security',
    kind: 'choice',
    bounds: [0, 40],
    asked: 'production',
    choices: SECURITY_STATES,
  },
  certifiedOn: { block: 'security', kind: 'day', bounds: [10, 10], asked: 'never' },
  securityNote: { block: 'security', kind: 'lines', bounds: [3, 1000], asked: 'never' },
  ...contact('dpo', 'production'),
  ...contact('controller', 'production'),
  ...contact('technical', 'always'),
  ...contact('business', 'always'),
});

/** The name of a field. */
export type RequestField = keyof typeof REQUEST_FIELDS;

/** Their names, in order. */
export const REQUEST_FIELD_NAMES = Object.keys(REQUEST_FIELDS) as RequestField[];

/** The form as typed so far: a field that was never filled is absent. */
export type RequestForm = Readonly<Partial<Record<RequestField, string>>>;
