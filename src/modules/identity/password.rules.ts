// Which passwords are accepted. Pure. How they are kept is in password-hash.ts.
import type { FieldError } from '#platform/errors.ts';

/** Shortest password accepted, in characters: NIST SP 800-63B asks for 8, ASVS for 12 where nothing else is asked. */
export const SHORTEST_PASSWORD = 12;
/** Longest password accepted, in characters (ASVS 6.2.9: at least 64 must be). */
export const LONGEST_PASSWORD = 128;

/**
 * Passwords of 12 characters or more that guessers try first, folded to lower case. Shorter ones are refused for
 * their length; repeated and counted ones are refused by rule.
 */
const COMMON = new Set([
  'motdepasse123',
  'motdepasse1234',
  'motdepasse12345',
  'monmotdepasse',
  'motdepassemotdepasse',
  'administrateur',
  'administrateur1',
  'administrator',
  'administrator1',
  'administration',
  'administration1',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'password123!',
  'p@ssw0rd1234',
  'p@ssword1234',
  'azertyuiopqs',
  'azertyuiopqsdfghjklm',
  'azertyuiop123',
  'azerty123456',
  'azerty1234567',
  'azerty12345678',
  'qwertyuiopas',
  'qwertyuiop123',
  'qwertyuiopasdfghjkl',
  'qwerty123456',
  'qwerty1234567',
  'qwerty12345678',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'zaq12wsxcde3',
  'jetaimejetaime',
  'iloveyou1234',
  'doudoudoudou',
  'loulouloulou',
  'bonjourbonjour',
  'bonjour12345',
  'soleil123456',
  'bienvenue123',
  'bienvenue1234',
  'welcome12345',
  'letmein12345',
  'changemoi123',
  'changeme1234',
  'changezmoi123',
  'socleadmin123',
  'soclesocle12',
  'republique123',
  'ministere123',
  'ministere1234',
  'vivelafrance',
  'allezlesbleus',
  'football1234',
  'superman1234',
  'trustno1trustno1',
  'correcthorsebatterystaple',
]);

const LINES = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
];

/** A password in Unicode's composed form (NFC), so that it is the same from every keyboard (RFC 8265, section 4.2). */
export function passwordAsCompared(typed: string): string {
  return typed.normalize('NFC');
}

/** Tells whether a guesser tries `password` among the first: listed, one piece repeated, or a row of keys. */
export function isCommonPassword(password: string): boolean {
  const folded = password.toLowerCase();
  if (COMMON.has(folded)) return true;
  if (/^(.{1,4})\1+.{0,3}$/su.test(folded)) return true;
  return LINES.some((line) => {
    const reversed = [...line].reverse().join('');
    return [line + line, reversed + reversed].some((keys) => keys.includes(folded));
  });
}

/** Tells whether the person's own name or address stands for most of `password`. */
function restsOn(password: string, words: readonly string[]): boolean {
  const folded = password.toLowerCase();
  return words.some((word) => {
    const part = word.toLowerCase();
    return part.length >= 6 && folded.includes(part) && folded.length - part.length < 6;
  });
}

/**
 * What is wrong with a new password, in words that say what to do; null when it is accepted (ASVS 6.2.1 to 6.2.12:
 * length counts, no rule on kinds of characters, common ones refused).
 * @param own the person's name and address, which the password must not rest on.
 */
export function faultOfPassword(typed: string, own: readonly string[]): FieldError | null {
  const password = passwordAsCompared(typed);
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
    return {
      field: 'password',
      text: {
        fr: `Choisissez un mot de passe de ${SHORTEST_PASSWORD} à ${LONGEST_PASSWORD} caractères, par exemple quatre mots sans lien entre eux.`,
        en: `Choose a password of ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters, for example four unrelated words.`,
      },
    };
  }
  const words = own.flatMap((word) => [word, ...word.split(/[@\s]/u)]);
  if (isCommonPassword(password) || restsOn(password, words)) {
    return {
      field: 'password',
      text: {
        fr: 'Choisissez un mot de passe plus difficile à deviner\u00A0: celui-ci est courant ou reprend votre nom.',
        en: 'Choose a password that is harder to guess: this one is common or repeats your name.',
      },
    };
  }
  return null;
}
