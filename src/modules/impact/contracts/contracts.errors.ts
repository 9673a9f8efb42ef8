// The refusals of contracts, each with its code and public text. Faults of fields are beside the rules.
import { defineError } from '#platform/errors.ts';

/** What was asked does not go with where the contract stands. */
export const contractIsElsewhere = defineError('impact.contract-is-in-another-state', 'conflict', {
  fr: 'L’état de ce contrat ne permet pas cette action. Rechargez la page pour le voir tel qu’il est.',
  en: 'The state of this contract does not allow this. Load the page again to see it as it is.',
});

/** Terms that somebody signed are frozen. */
export const termsAreFrozen = defineError('impact.contract-terms-are-frozen', 'conflict', {
  fr: 'Une partie a signé ces termes\u00A0: ils ne changent plus. Renvoyez le contrat à la rédaction pour les modifier.',
  en: 'One party has signed these terms: they no longer change. Return the contract to drafting to change them.',
});

/** The party signed already, or the terms are no longer those that were read. */
export const signatureIsRefused = defineError('impact.contract-signature-refused', 'conflict', {
  fr: 'Votre partie a déjà signé, ou les termes ont changé depuis que vous les avez lus. Relisez-les avant de signer.',
  en: 'Your party has signed already, or the terms changed since you read them. Read them again before you sign.',
});

/** The same person never signs for both parties. */
export const oneHandTwice = defineError('impact.contract-signed-by-one-hand', 'conflict', {
  fr: 'Vous avez signé pour l’autre partie\u00A0: quelqu’un d’autre doit signer pour celle-ci.',
  en: 'You signed for the other party: somebody else must sign for this one.',
});

/** A contract is reviewed once a day: two looks at the same measures are one. */
export const reviewedToday = defineError('impact.contract-reviewed-today', 'conflict', {
  fr: 'Une revue a déjà été faite aujourd’hui\u00A0: attendez de nouvelles mesures.',
  en: 'A review was taken today already: wait for new measures.',
});
