// Who may do what: roles, the person at the keyboard, and permissions that refuse by default.
// It knows no module: each module declares its own permissions with `definePermissions`.

/** The roles of Socle's users, as the design lists them. */
export const ROLES = [
  'citizen',
  'agent',
  'product-team',
  'digital-director',
  'auditor',
  'data-producer',
  'api-consumer',
  'hr-officer',
  'administrator',
] as const;

/** A role that a membership gives to a person. */
export type Role = (typeof ROLES)[number];

/** A role held in one organisation; a citizen's has no organisation. */
export interface ActorRole {
  readonly role: Role;
  readonly organisationId: string | null;
}

/** The person who acts, whichever way they signed in. */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly ActorRole[];
}

/** What a route asks of whoever calls it. `everyone` includes nobody (no one signed in). */
export interface Permission {
  /** Stable name, `<module>.<verb>`. */
  readonly name: string;
  readonly allows: 'everyone' | 'signed-in' | readonly Role[];
}

/** Declares a module's permissions; the keys become names such as `portfolio.import`. */
export function definePermissions<K extends string>(
  module: string,
  table: Record<K, Permission['allows']>,
): Record<K, Permission> {
  const entries = Object.entries<Permission['allows']>(table).map(([key, allows]) => [
    key,
    { name: `${module}.${key}`, allows },
  ]);
  return Object.fromEntries(entries);
}

/** Decides whether `actor` (null when nobody is signed in) holds `permission`. */
export function isAllowed(permission: Permission, actor: Actor | null): boolean {
  if (permission.allows === 'everyone') return true;
  // Not `=== null`: an actor that was never looked for must not pass either.
  if (!actor) return false;
  if (permission.allows === 'signed-in') return true;
  return actor.roles.some(({ role }) => permission.allows.includes(role));
}
