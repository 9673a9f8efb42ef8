// Which addresses a service may register. Pure: nothing is fetched.
import type { Translated } from '#platform/i18n/locale.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Most characters of an address. */
export const LONGEST_ADDRESS = 500;

/** What is wrong with an address, in words that say what to do. */
export type AddressFault = Translated;

/**
 * What is wrong with an address to send people or messages to; null when it may be registered. It is compared
 * character by character later (RFC 9700, section 2.1), so it must be in its normal form, without a wildcard, a
 * fragment (RFC 6749, section 3.1.2) or a user's name. `https` save, where `loopbackMayBeHttp`, to this machine itself
 * (RFC 8252, section 8.3).
 */
export function addressFault(
  address: string,
  { loopbackMayBeHttp }: { loopbackMayBeHttp: boolean },
): AddressFault | null {
  const shown = address.length > 80 ? `${address.slice(0, 79)}…` : address;
  if (address.length > LONGEST_ADDRESS) {
    return {
      fr: `Raccourcissez «\u00A0${shown}\u00A0»\u00A0: une adresse compte ${LONGEST_ADDRESS} caractères au plus.`,
      en: `Shorten “${shown}”: an address has at most ${LONGEST_ADDRESS} characters.`,
    };
  }
  if (address.includes('*')) {
    return {
      fr: `Écrivez «\u00A0${shown}\u00A0» en entier\u00A0: le joker * n’est pas accepté, chaque adresse est comparée caractère par caractère.`,
      en: `Write “${shown}” in full: the wildcard * is not accepted, each address is compared character by character.`,
    };
  }
  const url = URL.parse(address);
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.hostname === '') {
    return {
      fr: `Écrivez «\u00A0${shown}\u00A0» comme une adresse complète, par exemple https://service.exemple/retour.`,
      en: `Write “${shown}” as a complete address, such as https://service.example/callback.`,
    };
  }
  if (address.includes('#')) {
    return {
      fr: `Retirez ce qui suit le # de «\u00A0${shown}\u00A0».`,
      en: `Remove what follows the # of “${shown}”.`,
    };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      fr: `Retirez le nom d’utilisateur et le mot de passe de «\u00A0${shown}\u00A0».`,
      en: `Remove the user name and the password from “${shown}”.`,
    };
  }
  if (url.href !== address && url.href !== `${address}/`) {
    return {
      fr: `Écrivez «\u00A0${shown}\u00A0» sous sa forme normale\u00A0: ${url.href}`,
      en: `Write “${shown}” in its normal form: ${url.href}`,
    };
  }
  const isLoopback = LOOPBACK.has(url.hostname);
  if (url.protocol === 'http:' && !(loopbackMayBeHttp && isLoopback)) {
    return loopbackMayBeHttp
      ? {
          fr: `Commencez «\u00A0${shown}\u00A0» par https://. En test, http n’est accepté que pour localhost et 127.0.0.1.`,
          en: `Start “${shown}” with https://. In test, http is accepted for localhost and 127.0.0.1 only.`,
        }
      : {
          fr: `Commencez «\u00A0${shown}\u00A0» par https://\u00A0: en production, tout passe par https.`,
          en: `Start “${shown}” with https://: in production, everything goes over https.`,
        };
  }
  return null;
}

/** Tells whether the address leads to the machine itself, which no service in production does. */
export function leadsToLoopback(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && LOOPBACK.has(url.hostname);
}
