// What an organisation is, as the module and its callers see it. No query and no page lives here.

/** The kinds of organisation that deal with the State's digital affairs. */
export const ORGANISATION_KINDS = [
  'state',
  'ministry',
  'directorate',
  'public-body',
  'local-authority',
  'company',
  'association',
] as const;

/** A kind of organisation. */
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** An organisation: public reference data. */
export interface Organisation {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  /** A short stable word by which files and commands name it, such as MEF. */
  readonly code: string | null;
  readonly siret: string | null;
  readonly parentId: string | null;
  /** First day that it existed, YYYY-MM-DD; null when unknown. */
  readonly existsFrom: string | null;
  /** Last day that it existed, YYYY-MM-DD; null while it goes on. */
  readonly existsUntil: string | null;
}

/** What a form or an API call says of an organisation, as typed: nothing of it is checked yet. */
export interface OrganisationInput {
  readonly kind: string;
  readonly name: string;
  readonly code: string;
  readonly siret: string;
  readonly parentId: string;
  readonly existsFrom: string;
  readonly existsUntil: string;
}

/** How a list of organisations is narrowed. */
export interface OrganisationFilter {
  readonly kind?: OrganisationKind;
  /** Words of the name or code, or the start of a SIRET. */
  readonly search?: string;
}
