// Refusals of what is asked of doctrines and assessments, each in words that say what to do.
import { defineError } from '#platform/errors.ts';

/** There is no draft to write or publish, or there is one already. */
export const draftIsElsewhere = defineError('support.draft-is-elsewhere', 'conflict', {
  fr: 'Cette doctrine n’a plus de brouillon, ou en a déjà un. Rechargez sa page pour voir où elle en est.',
  en: 'This doctrine has no draft any more, or has one already. Reload its page to see where it is.',
});

/** The subject is already assessed against the version in force. */
export const alreadyAssessed = defineError('support.already-assessed', 'conflict', {
  fr: 'Ce produit est déjà évalué à la version en vigueur de cette doctrine\u00A0: reprenez cette évaluation.',
  en: 'This product is already assessed against the version of this doctrine in force: go on with that assessment.',
});

/** An exemption waits, or was decided. */
export const exemptionIsElsewhere = defineError('support.exemption-is-elsewhere', 'conflict', {
  fr: 'Une demande de dérogation attend déjà une décision, ou celle-ci vient d’être décidée. Rechargez la page.',
  en: 'A request for an exemption already waits for a decision, or this one was just decided. Reload the page.',
});

/** Whoever asked for an exemption does not decide on it. */
export const ownExemption = defineError('support.own-exemption', 'forbidden', {
  fr: 'Vous avez demandé cette dérogation\u00A0: un autre auditeur doit décider.',
  en: 'You asked for this exemption: another auditor must decide.',
});

/** The exemption was not granted, has ended or was withdrawn. */
export const exemptionIsNotInForce = defineError('support.exemption-is-not-in-force', 'conflict', {
  fr: 'Cette dérogation n’est pas, ou plus, en vigueur\u00A0: il n’y a rien à retirer.',
  en: 'This exemption is not in force, or no longer: there is nothing to withdraw.',
});
