// What is published of accreditations as open data. Nothing of people is ever in it.

/** The files of an edition. */
export const EDITION_FORMATS = ['csv', 'json'] as const;

/** One of them. */
export type EditionFormat = (typeof EDITION_FORMATS)[number];

/** An accreditation as it is published. */
export interface PublishedAccreditation {
  readonly number: number;
  readonly organisation: string;
  readonly siret: string | null;
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly apis: readonly {
    readonly slug: string;
    readonly name: string;
    readonly producer: string;
    readonly scopes: readonly string[];
  }[];
}

/** A month's edition, frozen. */
export interface Edition {
  /** YYYY-MM: what was in force when that month began (UTC). */
  readonly month: string;
  readonly frozenAt: Date;
  readonly accreditations: number;
  readonly files: readonly EditionFile[];
}

/** A file of an edition. */
export interface EditionFile {
  readonly format: EditionFormat;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}
