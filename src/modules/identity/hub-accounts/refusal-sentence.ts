// What a refusal's code means to the person whose sign-in it was, and what they can do.
import type { Locale } from '#platform/i18n/locale.ts';
import { hubMessages } from '../hub/hub.messages.ts';
import { hubAccountsMessages } from './hub-accounts.messages.ts';

/** The refusal in a sentence; a code that is none of ours is shown as it stands. */
export function refusalSentence(locale: Locale, code: string): string {
  const ours: Readonly<Record<string, string>> = hubAccountsMessages(locale).refusals.byCode;
  const atTheDoor: Readonly<Record<string, string>> = hubMessages(locale).refusal.byCode;
  const sentence = [ours, atTheDoor].find((known) => Object.hasOwn(known, code))?.[code];
  return sentence ?? `${hubAccountsMessages(locale).refusals.other} ${code}`;
}
