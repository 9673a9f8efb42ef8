// What a directory's word may change: the person's details, their account. Pure: ties and moments are given.
import type { ScimUser, SentUser, TiesElsewhere } from './scim-users.types.ts';

/**
 * Tells whether a directory may change the person's name and e-mail address. It may only when the person was recorded
 * by SCIM, no other directory names them, and they hold no role outside the directory's organisation and what stands
 * under it: the address is how they sign in, so whoever changes it could take over what others gave them.
 */
export function mayChangePerson({
  wasRecordedByScim,
  otherDirectories,
  ties,
}: {
  wasRecordedByScim: boolean;
  otherDirectories: number;
  ties: Pick<TiesElsewhere, 'roles'>;
}): boolean {
  return wasRecordedByScim && otherDirectories === 0 && ties.roles === 0;
}

/**
 * Tells whether the account closes when the organisation's directory says that the person has left: nothing else holds
 * them, neither a role elsewhere (running or to come), nor another directory, nor a link confirmed at the hub. It closes
 * rather once too often: an account that an administrator recorded closes too, and an administrator opens it in a click.
 */
export function closesAccount(ties: TiesElsewhere): boolean {
  return ties.roles === 0 && ties.activeDirectories === 0 && ties.confirmedLinks === 0;
}

/**
 * Tells whether a directory that names the person as active opens their account again: only when it was a directory's
 * word that closed it. An account that an administrator closed, for whatever reason, stays closed.
 */
export function mayReopenAccount(closedAt: Date | null, closings: readonly Date[]): boolean {
  return closedAt !== null && closings.some((closing) => closing.getTime() === closedAt.getTime());
}

/** Whether the user is active after what was sent: what a directory does not say stays; a new user is active. */
export function isActiveAfter(
  before: Pick<ScimUser, 'isActive'> | null,
  sent: Pick<SentUser, 'active'>,
): boolean {
  return sent.active ?? before?.isActive ?? true;
}

/** The names of what changed, for the ledger, which gets no value of a person. */
export function changesBetween(
  before: ScimUser,
  after: Pick<ScimUser, 'userName' | 'externalId' | 'email' | 'isActive' | 'attributes'>,
): string[] {
  const changed = (['userName', 'externalId', 'email', 'isActive'] as const).filter(
    (field) => before[field] !== after[field],
  ) as string[];
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  for (const name of names) {
    if (canonical(before.attributes[name]) !== canonical(after.attributes[name])) changed.push(name);
  }
  return changed;
}

/** PostgreSQL's jsonb keeps no order of keys, so two values are compared without it. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
        : item,
    ) ?? ''
  );
}

/** The version as an entity tag (RFC 7643, 3.1; RFC 7644, 3.14). */
export function versionTag({ version }: Pick<ScimUser, 'version'>): string {
  return `W/"${version}"`;
}

/** Tells whether an If-Match or If-None-Match header names the version (RFC 9110, 13.1). */
export function namesVersion(header: string, user: Pick<ScimUser, 'version'>): boolean {
  const strong = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => strong(tag) === strong(versionTag(user)));
}
