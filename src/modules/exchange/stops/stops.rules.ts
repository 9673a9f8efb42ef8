// Who stops what and until when. Pure: the actor's roles are those that count at this moment, `now` is given.
import type { Actor } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { hasControlCharacterInLines, tidiedLines } from '#platform/typed-text.ts';
import type { Stop, StopInput, StopReach, StopSide, StopState } from './stops.types.ts';

/** Longest duration of a stop that has an end: beyond it, it is one without an end. */
export const LONGEST_STOP_DAYS = 366;

const DAY_MS = 86_400_000;

/** The producers whose accesses and stops the actor sees: all for the distributor, else the organisations that they act for. */
export function producersOverseenBy(actor: Actor): StopReach {
  if (actor.roles.some(({ role }) => role === 'auditor')) return 'all';
  const ids = actor.roles.flatMap(({ role, organisationId }) =>
    role === 'data-producer' && organisationId !== null ? [organisationId] : [],
  );
  return [...new Set(ids)];
}

/** In whose name the actor acts on an API of this producer: the producer's own where they act for it. */
export function sideOf(actor: Actor, producerId: string): StopSide {
  const isProducer = actor.roles.some(
    ({ role, organisationId }) => role === 'data-producer' && organisationId === producerId,
  );
  return isProducer ? 'producer' : 'distributor';
}

/** Who did it, for the ledger. */
export function stopperInLedger(actor: Actor, side: StopSide): LedgerActor {
  return {
    kind: 'person',
    personId: actor.personId,
    role: side === 'producer' ? 'data-producer' : 'auditor',
  };
}

/** How a stop stands at `now`. One whose end has come is over, told to the gateways or not: they let go of it by themselves. */
export function stopStateAt(
  { resumedAt, resumedBy, endsAt }: Pick<Stop, 'resumedAt' | 'resumedBy' | 'endsAt'>,
  now: Date,
): StopState {
  if (resumedAt !== null && resumedBy !== null) return 'resumed';
  if (resumedAt !== null || (endsAt !== null && endsAt <= now)) return 'ended';
  return 'in-force';
}

/** A reason, for an order or its resumption, without spaces around it. */
export function reasonOf(typed: string): string {
  return tidiedLines(typed);
}

/** What is wrong with a reason. */
export function faultsOfReason(reason: string): FieldError[] {
  const fits =
    reason.length >= 3 && reason.length <= 2000 && !hasControlCharacterInLines(reason.replaceAll('\n', ''));
  if (fits) return [];
  return [
    {
      field: 'reason',
      text: {
        fr: 'Dites pourquoi, en 3 à 2\u00A0000 caractères\u00A0: toutes les personnes concernées le liront.',
        en: 'Say why, in 3 to 2,000 characters: everyone concerned will read it.',
      },
    },
  ];
}

/** What is wrong with an order, before it is looked whether what it names exists. */
export function faultsOfStop(
  { reason, endsAt, organisationId, accreditationId }: StopInput,
  now: Date,
): FieldError[] {
  const faults = faultsOfReason(reason);
  if (organisationId !== null && accreditationId !== null) {
    faults.push({
      field: 'accreditation',
      text: {
        fr: 'Choisissez un consommateur ou une habilitation, pas les deux.',
        en: 'Choose a consumer or an accreditation, not both.',
      },
    });
  }
  if (endsAt !== null && !(endsAt > now)) {
    faults.push({
      field: 'endsAt',
      text: { fr: 'Choisissez une fin à venir.', en: 'Choose an end that is to come.' },
    });
  } else if (endsAt !== null && endsAt.getTime() > now.getTime() + LONGEST_STOP_DAYS * DAY_MS) {
    faults.push({
      field: 'endsAt',
      text: {
        fr: 'Choisissez une fin dans l’année, ou un arrêt jusqu’à reprise.',
        en: 'Choose an end within a year, or a stop until it is resumed.',
      },
    });
  }
  return faults;
}

const OFFSETS = new Map<string, Intl.DateTimeFormat>();

/** Minutes that a time zone is ahead of UTC at a moment. */
function offsetMinutes(moment: number, timeZone: string): number {
  let format = OFFSETS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    OFFSETS.set(timeZone, format);
  }
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * The moment of a day (YYYY-MM-DD) and an hour (HH:MM) on the clocks of `timeZone`; null when they are none. An hour that
 * clocks skip is read as the one after.
 */
export function momentOnClock(day: string, hour: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(hour)) return null;
  const asUtc = Date.parse(`${day}T${hour}:00Z`);
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return null;
  const first = asUtc - offsetMinutes(asUtc, timeZone) * 60_000;
  return new Date(asUtc - offsetMinutes(first, timeZone) * 60_000);
}

/** How long a form lets a stop last: until it is resumed, for some hours, or until a moment of its own. */
export const DURATIONS = [
  'until-resumed',
  'one-hour',
  'four-hours',
  'one-day',
  'one-week',
  'moment',
] as const;

/** One of them. */
export type Duration = (typeof DURATIONS)[number];

const HOURS: Readonly<Partial<Record<Duration, number>>> = {
  'one-hour': 1,
  'four-hours': 4,
  'one-day': 24,
  'one-week': 168,
};

/** The end that a form asks for; the faults when it names none. */
export function endAsTyped(
  { duration, endDay, endHour }: { duration: string; endDay: string; endHour: string },
  now: Date,
  timeZone: string,
): { endsAt: Date | null } | { faults: FieldError[] } {
  if (duration === 'until-resumed') return { endsAt: null };
  const hours = Object.hasOwn(HOURS, duration) ? HOURS[duration as Duration] : undefined;
  if (hours !== undefined) return { endsAt: new Date(now.getTime() + hours * 3_600_000) };
  const endsAt =
    duration === 'moment' ? momentOnClock(endDay.trim(), endHour.trim().replace('h', ':'), timeZone) : null;
  if (endsAt !== null) return { endsAt };
  return {
    faults: [
      duration === 'moment'
        ? {
            field: 'endDay',
            text: {
              fr: 'Donnez le jour et l’heure de la fin, comme 14:30.',
              en: 'Give the day and the hour of the end, such as 14:30.',
            },
          }
        : {
            field: 'duration',
            text: { fr: 'Choisissez une durée.', en: 'Choose a duration.' },
          },
    ],
  };
}
