// A user as SCIM writes it (RFC 7643), and what of it an answer holds. Pure.
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from './scim-attributes.rules.ts';
import { versionTag } from './scim-users.rules.ts';
import type { ScimUser } from './scim-users.types.ts';

/** Which attributes an answer holds (RFC 7644, 3.9); both empty: all of them. */
export interface WantedAttributes {
  readonly only: readonly string[];
  readonly without: readonly string[];
}

/** The names in `attributes` or `excludedAttributes`: top-level ones, a sub-attribute counts as its attribute. */
export function attributeNames(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)
    .map((name) => {
      const core = `${USER_SCHEMA.toLowerCase()}:`;
      const enterprise = ENTERPRISE_SCHEMA.toLowerCase();
      if (name.startsWith(enterprise)) return enterprise;
      return (name.startsWith(core) ? name.slice(core.length) : name).split('.')[0] as string;
    });
}

/** Attributes that every answer holds (returned: always). */
const ALWAYS = ['schemas', 'id'];

/** The user's resource. `base` is the address of the service, such as https://socle.example/scim/v2. */
export function asResource(
  user: ScimUser,
  base: string,
  { only, without }: WantedAttributes = { only: [], without: [] },
): Record<string, unknown> {
  const { id, externalId, userName, attributes, isActive, createdAt, changedAt } = user;
  const resource: Record<string, unknown> = {
    schemas: [USER_SCHEMA, ...(attributes[ENTERPRISE_SCHEMA] === undefined ? [] : [ENTERPRISE_SCHEMA])],
    id,
    ...(externalId === null ? {} : { externalId }),
    userName,
    ...attributes,
    active: isActive,
    meta: {
      resourceType: 'User',
      created: createdAt.toISOString(),
      lastModified: changedAt.toISOString(),
      location: `${base}/Users/${id}`,
      version: versionTag(user),
    },
  };
  if (only.length === 0 && without.length === 0) return resource;
  return Object.fromEntries(
    Object.entries(resource).filter(([name]) => {
      if (ALWAYS.includes(name)) return true;
      return only.length > 0 ? only.includes(name.toLowerCase()) : !without.includes(name.toLowerCase());
    }),
  );
}
