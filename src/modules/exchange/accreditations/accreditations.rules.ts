// What must hold for what is done to accreditations. Pure: data and the moment are given.
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { hasControlCharacterInLines, tidiedLines } from '#platform/typed-text.ts';

const DAY_MS = 86_400_000;

/** Most clients under one accreditation. */
export const MOST_CLIENTS = 20;

/** How many days before its end an accreditation's contacts are reminded, the latest last. */
export const REMINDER_DAYS = [60, 15] as const;

/** A reason as typed: 3 to 2,000 characters. Throws `invalid-input` otherwise. */
export function reasonAsTyped(typed: string): string {
  const reason = tidiedLines(typed);
  if (reason.length < 3 || reason.length > 2000 || hasControlCharacterInLines(reason)) {
    const text = {
      fr: 'Dites pourquoi, en 3 à 2\u00A0000 caractères\u00A0: les personnes concernées le liront.',
      en: 'Say why, in 3 to 2,000 characters: those concerned will read it.',
    };
    throw invalidInput({ fields: [{ field: 'reason', text }] });
  }
  return reason;
}

/** Tells whether an accreditation is past its end at `now`. */
export function isOver({ validUntil }: { readonly validUntil: Date | null }, now: Date): boolean {
  return validUntil !== null && validUntil.getTime() <= now.getTime();
}

/**
 * The reminder that is due at `now`, in days before the end; null when none is: none is sent twice, and one that was
 * missed is not sent when a later one is due.
 */
export function dueReminder(
  { validUntil, remindedDays }: { readonly validUntil: Date | null; readonly remindedDays: number | null },
  now: Date,
): number | null {
  if (validUntil === null || isOver({ validUntil }, now)) return null;
  const left = validUntil.getTime() - now.getTime();
  const due = REMINDER_DAYS.findLast((days) => left <= days * DAY_MS);
  if (due === undefined) return null;
  return remindedDays === null || remindedDays > due ? due : null;
}

/** The contacts of the form as it was validated who are told of its end: the technical and the business one. */
export function contactsOf(form: Readonly<Record<string, unknown>>): string[] {
  const emails = [form.technicalEmail, form.businessEmail].filter((email) => typeof email === 'string');
  return [...new Set(emails.map((email) => email.trim()).filter((email) => /^[^\s@]+@[^\s@]+$/.test(email)))];
}

/** Tells whether `text` has the shape of a client id (RFC 6749, appendix A.1), so that it may be looked for. */
export function isClientId(text: string): boolean {
  return /^[\x20-\x7e]{1,200}$/.test(text);
}

/** The fault of a client that may not be put under an accreditation. */
export const clientFault: FieldError = {
  field: 'clientId',
  text: {
    fr: 'Choisissez un service de l’espace des machines de cette même organisation, qui n’est pas fermé.',
    en: 'Choose a service of the machines’ realm of the same organisation, that is not closed.',
  },
};

/** The fault of a client that is there already. */
export const clientIsThere: FieldError = {
  field: 'clientId',
  text: {
    fr: 'Ce client appelle déjà sous cette habilitation.',
    en: 'This client already calls under this accreditation.',
  },
};

/** The fault of one client too many. */
export const tooManyClients: FieldError = {
  field: 'clientId',
  text: {
    fr: `Une habilitation porte ${MOST_CLIENTS} clients au plus\u00A0: retirez-en un d’abord.`,
    en: `An accreditation has at most ${MOST_CLIENTS} clients: remove one first.`,
  },
};
