// When a consumer departs from what it declared, or from its habit. Pure: what was counted is given.
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, tidiedLines } from '#platform/typed-text.ts';
import type { AccessPattern, FoundAnomaly } from './anomalies.types.ts';

/** Calls beyond twice what was declared are a departure, unless they are fewer than this many more. */
const LEAST_EXCESS = 50;
const VOLUME_FACTOR = 2;
/** Calls out of hours in a day that are no accident. */
const LEAST_OUT_OF_HOURS = 20;
/** Refusals in an hour that are worth a look, when they are this many times the usual and a fifth of the calls. */
const LEAST_DENIED = 20;
const DENIED_FACTOR = 5;
const DENIED_SHARE = 0.2;
/** Different people in an hour that may be an enumeration, when they are this many times the most of any usual hour. */
const LEAST_SUBJECTS = 100;
const SUBJECTS_FACTOR = 5;
/** The same where there is no habit yet. */
const LEAST_SUBJECTS_WITHOUT_HABIT = 1000;

/** Far more calls than the request declared. */
function departsFromVolume({ declaredCallsPerDay, callsToday }: AccessPattern): FoundAnomaly | null {
  if (declaredCallsPerDay === null) return null;
  const limit = Math.max(declaredCallsPerDay * VOLUME_FACTOR, declaredCallsPerDay + LEAST_EXCESS);
  return callsToday > limit ? { kind: 'volume', observed: callsToday, expected: declaredCallsPerDay } : null;
}

/** Whether an hour is within the declared ones, both included; they may go past midnight (22 to 5). */
export function isWithinHours(hour: number, from: number, to: number): boolean {
  return from <= to ? hour >= from && hour <= to : hour >= from || hour <= to;
}

/** Calls at hours that the request did not declare. */
function departsFromHours({
  callsByHour,
  declaredFromHour,
  declaredToHour,
}: AccessPattern): FoundAnomaly | null {
  let outside = 0;
  for (const [hour, calls] of Object.entries(callsByHour)) {
    if (!isWithinHours(Number(hour), declaredFromHour, declaredToHour)) outside += calls;
  }
  return outside >= LEAST_OUT_OF_HOURS ? { kind: 'hours', observed: outside, expected: 0 } : null;
}

/** A sudden rise of refusals. */
function isRefusedSuddenly({
  callsThisHour,
  deniedThisHour,
  usualDeniedPerHour,
}: AccessPattern): FoundAnomaly | null {
  if (deniedThisHour < LEAST_DENIED || deniedThisHour < callsThisHour * DENIED_SHARE) return null;
  if (deniedThisHour < usualDeniedPerHour * DENIED_FACTOR) return null;
  return { kind: 'denied', observed: deniedThisHour, expected: Math.ceil(usualDeniedPerHour) };
}

/** Far more different people or companies in an hour than ever: somebody may be going through them one by one. */
function enumerates({ subjectsThisHour, usualSubjectsPerHour }: AccessPattern): FoundAnomaly | null {
  const limit =
    usualSubjectsPerHour === null
      ? LEAST_SUBJECTS_WITHOUT_HABIT
      : Math.max(LEAST_SUBJECTS, usualSubjectsPerHour * SUBJECTS_FACTOR);
  return subjectsThisHour > limit
    ? { kind: 'enumeration', observed: subjectsThisHour, expected: usualSubjectsPerHour ?? 0 }
    : null;
}

/** All that is out of the ordinary in what an accreditation does on an API. */
export function anomaliesOf(pattern: AccessPattern): FoundAnomaly[] {
  return [
    departsFromVolume(pattern),
    departsFromHours(pattern),
    isRefusedSuddenly(pattern),
    enumerates(pattern),
  ].filter((found) => found !== null);
}

/** A note as typed on an anomaly, or what is wrong with it. */
export function noteAsTyped(typed: string): { note: string } | { faults: FieldError[] } {
  const note = tidiedLines(typed);
  if (note.length >= 3 && note.length <= 2000 && !hasControlCharacterInLines(note.replaceAll('\n', '')))
    return { note };
  return {
    faults: [
      {
        field: 'note',
        text: {
          fr: 'Dites en 3 à 2\u00A0000 caractères ce que vous en savez.',
          en: 'Say in 3 to 2,000 characters what you know of it.',
        },
      },
    ],
  };
}
