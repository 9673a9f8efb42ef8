// What a resource server is (RFC 8707): an API that tokens of the machines' realm may be for. No query and no page.

/** A resource: an API under an address of its own, with the scopes that it knows. */
export interface Resource {
  readonly id: string;
  /** Its name in the protocol, an absolute https address without a fragment (RFC 8707, section 2). */
  readonly identifier: string;
  readonly name: string;
  readonly organisationId: string;
  readonly scopes: readonly string[];
  /** How long a token for it lives, in seconds. */
  readonly tokenSeconds: number;
  readonly createdAt: Date;
}

/** A service that serves a resource or was granted it, as a resource's page shows it. */
export interface ResourceParty {
  readonly serviceId: string;
  readonly clientId: string;
  readonly name: string;
  readonly organisationName: string;
}

/** A service that may ask for a token for a resource. */
export interface ResourceGrant extends ResourceParty {
  readonly scopes: readonly string[];
  readonly grantedAt: Date;
}

/** A resource with who serves it, for lists and pages. */
export interface NamedResource extends Resource {
  readonly organisationName: string;
  readonly servers: readonly ResourceParty[];
}

/** What a form or an API call says of a resource, as typed: nothing of it is checked yet. */
export interface ResourceInput {
  readonly identifier: string;
  readonly name: string;
  readonly organisationId: string;
  readonly scopes: readonly string[];
  readonly tokenSeconds: string;
  /** Client id of the service that serves it; empty for none yet. */
  readonly servedBy: string;
}

/** How a list of resources is narrowed. */
export interface ResourceFilter {
  /** Words of its name or identifier. */
  readonly search?: string;
}

/** A resource that a service was granted, as the service's page shows it. */
export interface GrantOfService {
  readonly resourceId: string;
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly string[];
}
