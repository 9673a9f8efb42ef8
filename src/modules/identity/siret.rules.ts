// The SIRET, number of an establishment in the French register of companies: shape and key. Pure.

/** La Poste's SIREN, the one whose establishments do not follow the common key. */
const LA_POSTE = '356000000';

/** The sum of Luhn's key (ISO/IEC 7812-1, annex B): every second digit from the right counts double. */
function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** A SIRET as typed, without the spaces, dots and hyphens that people put between its groups. */
export function siretAsStored(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s.-]/gu, '');
}

/**
 * Tells whether `siret` (14 digits) carries a right key: Luhn's over the SIREN's 9 digits and over all 14
 * (INSEE, "Numéro Siret"). La Poste's establishments outnumber the NICs that Luhn's key leaves: theirs are right
 * when the sum of the 14 digits is a multiple of 5 (decided for SIREN 356 000 000 at its change of status, see the
 * French Wikipedia's "Système d'identification du répertoire des établissements"); its head office keeps Luhn's.
 */
export function isSiret(siret: string): boolean {
  if (!/^\d{14}$/.test(siret)) return false;
  if (luhnSum(siret.slice(0, 9)) % 10 !== 0) return false;
  if (luhnSum(siret) % 10 === 0) return true;
  return siret.startsWith(LA_POSTE) && [...siret].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
}

/** The digit that, put after `digits`, makes Luhn's key right. Throws when something else than digits is given. */
export function luhnKey(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new Error('A key is made of digits.');
  return String((10 - (luhnSum(`${digits}0`) % 10)) % 10);
}

/** A SIRET in the groups in which it is read: 732 829 320 00074. */
export function siretAsRead(siret: string): string {
  return siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1\u00A0$2\u00A0$3\u00A0$4');
}
