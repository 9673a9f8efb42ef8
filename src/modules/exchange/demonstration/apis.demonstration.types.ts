// What an invented API of the demonstration State is: a compact description from which its catalogue entry, its OpenAPI
// documents, its sandbox and its producer's answers are made.
import type { ApiScope, ApiState, Sensitivity, VersionState } from '../catalogue/catalogue.types.ts';
import type { Fields } from './shapes.demonstration.ts';

/** How a document departs from the technical doctrine, as real ones do. */
export type Flaw =
  | 'no-contact'
  | 'short-description'
  | 'plain-http'
  | 'no-version-in-address'
  | 'no-operation-ids'
  | 'unexplained-parameters'
  | 'unexplained-fields'
  | 'no-examples'
  | 'no-problems'
  | 'no-security'
  | 'no-pagination'
  | 'french-dates';

/** A parameter beside those that name the subject. */
export interface InventedParameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly text: string;
  readonly example: string;
}

/** One call: what is asked and what is answered. */
export interface InventedCall {
  /** `/quotient`; names between braces are parameters of the path. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly parameters?: readonly InventedParameter[];
  /** The answer is a page of such things: `{resultats: [...], suivant}`. */
  readonly isList?: boolean;
  readonly fields: Fields;
}

/** A version of an invented API. */
export interface InventedVersion {
  readonly name: string;
  readonly state?: VersionState;
  /** YYYY-MM-DD. */
  readonly endsOn?: string;
  readonly flaws?: readonly Flaw[];
  /** Fields at the top of answers that this version does not have yet. */
  readonly lacks?: readonly string[];
}

/** An invented API. */
export interface InventedApi {
  readonly slug: string;
  /** Code of the demonstration organisation that offers it. */
  readonly producer: string;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly sensitivity: Sensitivity;
  readonly legalBasis: string | null;
  /** Whom its calls concern: a person by the pivot identity in the query, a company by its SIREN, or nobody. */
  readonly subject: 'person' | 'company' | null;
  readonly quotaPerMinute: number;
  /** Open unless told. */
  readonly state?: ApiState;
  readonly versions: readonly InventedVersion[];
  readonly calls: readonly InventedCall[];
  readonly scopes: readonly Pick<ApiScope, 'name' | 'title' | 'fields' | 'isSensitive'>[];
}
