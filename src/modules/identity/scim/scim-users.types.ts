// What a person is to a directory that provisions by SCIM, as this module sees it. No query and no page lives here.

/** A person as one organisation's directory names them. */
export interface ScimUser {
  readonly id: string;
  readonly organisationId: string;
  readonly personId: string;
  /** The directory's name for the person: unique in it, whatever the capitals. */
  readonly userName: string;
  /** The directory's own identifier. */
  readonly externalId: string | null;
  /** The work address that the directory gives, in lower case. */
  readonly email: string;
  readonly isActive: boolean;
  /** The rest of the SCIM resource, as the directory sent it: name, emails, title, enterprise extension… */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** From 1, one more at each change. */
  readonly version: number;
  /** True when the person was recorded because this directory named them. */
  readonly recordedPerson: boolean;
  /** When this directory's word closed the person's account; null when it did not. */
  readonly accountClosedAt: Date | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** What a directory says of a person, tidied and checked. */
export interface SentUser {
  readonly userName: string;
  readonly externalId: string | null;
  readonly email: string;
  /** The name that people read. */
  readonly name: string;
  readonly locale: 'fr' | 'en';
  /** Null where the directory does not say. */
  readonly active: boolean | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One comparison of a filter (RFC 7644, 3.4.2.2). */
export interface ScimCondition {
  readonly field:
    | 'id'
    | 'userName'
    | 'externalId'
    | 'email'
    | 'active'
    | 'displayName'
    | 'created'
    | 'lastModified';
  readonly operator: 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le' | 'pr';
  /** Absent for `pr`; null asks for what is not there. */
  readonly value: string | boolean | Date | null;
  readonly isNegated: boolean;
}

/** A filter as alternatives, each of conditions that must all hold. */
export type ScimFilter = readonly (readonly ScimCondition[])[];

/** What holds a person to the State beside one organisation and what stands under it. */
export interface TiesElsewhere {
  /** Roles that they hold, or will hold, in other organisations or in none. */
  readonly roles: number;
  /** Other organisations' directories that name them as active. */
  readonly activeDirectories: number;
  /** Other organisations to which the agents' hub confirmed that they belong. */
  readonly confirmedLinks: number;
}

/** A change made by SCIM, for the list that administrators read. */
export interface ScimChange {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly organisationName: string;
  readonly userName: string;
  readonly isActive: boolean;
  readonly isDeleted: boolean;
  readonly changedAt: Date;
}
