// Who holds which role when, and which memberships may be added or ended. Pure: `now` and the others are given.
import { type ActorRole, ROLES, type Role } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import { isDay, isUuid } from '#platform/typed-text.ts';
import type { Membership, MembershipInput } from './memberships.types.ts';

const A_DAY = 24 * 60 * 60 * 1000;

/** Tells whether `value` names a role. */
export function isRole(value: string): value is Role {
  return (ROLES as readonly string[]).includes(value);
}

/** Tells whether the membership gives its role at `now`: from its first moment on, and before its end. */
export function givesItsRole(membership: Pick<Membership, 'startsAt' | 'endsAt'>, now: Date): boolean {
  return membership.startsAt <= now && (membership.endsAt === null || now < membership.endsAt);
}

/** Roles whose holders decide over others or over public money: they sign in with a second factor. */
const GUARDED_ROLES: readonly Role[] = ['administrator', 'auditor'];

/** Tells whether one of `roles` asks for a second factor in a real installation. */
export function needsSecondFactor(roles: readonly Pick<ActorRole, 'role'>[]): boolean {
  return roles.some(({ role }) => GUARDED_ROLES.includes(role));
}

/** The roles that count: those that need a second factor only when the person has one (or it is a demonstration). */
export function rolesThatCount(roles: readonly ActorRole[], secondFactorIsSettled: boolean): ActorRole[] {
  return roles.filter((held) => secondFactorIsSettled || !needsSecondFactor([held]));
}

/** The period that was typed, as moments: whole days in UTC; from `now` when no first day is given. */
export function periodAsTyped(input: MembershipInput, now: Date): { startsAt: Date; endsAt: Date | null } {
  const startsAt = input.from === '' ? now : new Date(`${input.from}T00:00:00Z`);
  const endsAt = input.until === '' ? null : new Date(new Date(`${input.until}T00:00:00Z`).getTime() + A_DAY);
  return { startsAt, endsAt };
}

/** Every fault of a membership as typed, in words that say what to do. */
export function faultsOfMembership(input: MembershipInput, now: Date): FieldError[] {
  const faults: FieldError[] = [];
  const { role, organisationId, from, until } = input;
  if (!isRole(role))
    faults.push({ field: 'role', text: { fr: 'Choisissez un rôle.', en: 'Choose a role.' } });
  if (role === 'citizen' && organisationId !== '') {
    faults.push({
      field: 'organisationId',
      text: {
        fr: 'Laissez l’organisation vide\u00A0: un usager n’agit que pour lui-même.',
        en: 'Leave the organisation empty: a citizen acts for nobody but themselves.',
      },
    });
  } else if (organisationId === '' ? !['citizen', 'administrator'].includes(role) : !isUuid(organisationId)) {
    faults.push({
      field: 'organisationId',
      text: {
        fr: 'Choisissez l’organisation dans laquelle ce rôle est tenu.',
        en: 'Choose the organisation in which this role is held.',
      },
    });
  }
  for (const [field, day] of [['from', from] as const, ['until', until] as const]) {
    if (day !== '' && !isDay(day)) {
      faults.push({ field, text: { fr: 'Saisissez un jour qui existe.', en: 'Enter a day that exists.' } });
    }
  }
  if (faults.length > 0) return faults;
  const { startsAt, endsAt } = periodAsTyped(input, now);
  if (endsAt !== null && endsAt <= startsAt) {
    faults.push({
      field: 'until',
      text: {
        fr: 'Saisissez un dernier jour qui ne précède pas le premier.',
        en: 'Enter a last day that is not before the first.',
      },
    });
  }
  return faults;
}

/** Tells whether `wanted` repeats a role that the person already holds in that organisation for part of its period. */
export function overlapsOneHeld(wanted: Omit<Membership, 'id'>, held: readonly Membership[]): boolean {
  return held.some(
    (other) =>
      other.role === wanted.role &&
      other.organisationId === wanted.organisationId &&
      (other.endsAt === null || wanted.startsAt < other.endsAt) &&
      (wanted.endsAt === null || other.startsAt < wanted.endsAt),
  );
}

/**
 * Tells whether ending `membership` now would leave the installation without an administrator.
 * `administrators` are all open accounts' memberships of that role.
 */
export function isLastAdministrator(
  membership: Membership,
  administrators: readonly Membership[],
  now: Date,
): boolean {
  return (
    membership.role === 'administrator' &&
    givesItsRole(membership, now) &&
    !administrators.some((other) => other.id !== membership.id && givesItsRole(other, now))
  );
}
