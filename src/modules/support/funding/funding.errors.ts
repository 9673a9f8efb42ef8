// The refusals of funding, each with its code and public text.
import { defineError } from '#platform/errors.ts';

/** The state of the window or application does not allow it (any more). */
export const notInThisState = defineError('support.funding-not-in-this-state', 'conflict', {
  fr: 'Ce n’est pas, ou plus, possible dans l’état présent\u00A0: relisez la page.',
  en: 'This is not possible, or no longer, in the present state: read the page again.',
});

/** The window takes no application today. */
export const windowIsNotOpen = defineError('support.window-is-not-open', 'conflict', {
  fr: 'Ce guichet ne reçoit pas de candidature aujourd’hui\u00A0: voyez ses dates.',
  en: 'This window takes no application today: see its dates.',
});

/** The budget, or what is committed or paid, does not hold the amount. */
export const moneyIsNotThere = defineError('support.money-is-not-there', 'conflict', {
  fr: 'Le montant dépasse ce qui reste\u00A0: choisissez-en un plus petit.',
  en: 'The amount is more than what is left: choose a smaller one.',
});

/** A jury has not scored everything. */
export const scoresAreMissing = defineError('support.scores-are-missing', 'conflict', {
  fr: 'Une candidature au moins n’a pas encore de note\u00A0: demandez au jury de noter.',
  en: 'At least one application has no score yet: ask the jury to score it.',
});

/** A doctrine stands in the way. */
export const doctrinesStandInTheWay = defineError('support.doctrines-stand-in-the-way', 'conflict', {
  fr: (which: string) => `Une doctrine n’est ni respectée ni couverte par une dérogation\u00A0: ${which}.`,
  en: (which: string) => `A doctrine is neither met nor covered by an exemption: ${which}.`,
});

/** The success contract must be signed first. */
export const contractMustBeSigned = defineError('support.contract-must-be-signed', 'conflict', {
  fr: 'Le contrat de succès doit d’abord être signé par les deux parties.',
  en: 'The success contract must first be signed by both parties.',
});

/** The member declared a conflict, or belongs to the organisation that applies. */
export const memberHasConflict = defineError('support.member-has-conflict', 'forbidden', {
  fr: 'Vous ne notez pas cette candidature\u00A0: vous y avez un intérêt.',
  en: 'You do not score this application: you have an interest in it.',
});

/** Whoever applied never verifies or pays. */
export const applicantMayNotVerify = defineError('support.applicant-may-not-verify', 'forbidden', {
  fr: 'Une personne étrangère à la candidature doit en décider.',
  en: 'Someone who has no part in the application must decide on it.',
});

/** The condition of the instalment does not hold. */
export const conditionDoesNotHold = defineError('support.condition-does-not-hold', 'conflict', {
  fr: 'La condition de cette tranche n’est pas vérifiée.',
  en: 'The condition of this instalment does not hold.',
});
