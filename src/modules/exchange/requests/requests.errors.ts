// Refusals of what is asked of a request for accreditation, each in words that say what to do.
import { defineError } from '#platform/errors.ts';

/** The request's state does not allow the step. */
export const requestIsElsewhere = defineError('exchange.request-is-elsewhere', 'conflict', {
  fr: 'La demande n’est plus dans un état qui permet cette action. Rechargez la page pour voir où elle en est.',
  en: 'The request is no longer in a state that allows this. Reload the page to see where it is.',
});

/** Somebody else saved the request since it was read. */
export const requestChangedSince = defineError('exchange.request-changed-since', 'conflict', {
  fr: 'Quelqu’un d’autre a modifié cette demande depuis que vous l’avez ouverte. Notez vos changements, rechargez la page, puis reprenez-les.',
  en: 'Somebody else changed this request since you opened it. Note your changes, reload the page, then make them again.',
});

/** The link to claim a draft was used, has expired, or is for another address. */
export const claimIsOver = defineError('exchange.claim-is-over', 'not-found', {
  fr: 'Ce lien ne sert plus, ou n’est pas pour vous\u00A0: il vaut une fois, pendant trente jours, pour la personne à qui il a été envoyé. Demandez-en un autre à l’instructeur.',
  en: 'This link no longer serves, or is not for you: it serves once, for thirty days, for the person to whom it was sent. Ask the instructor for another.',
});

/** The request cannot be decided by the one who asks. */
export const ownRequest = defineError('exchange.own-request', 'forbidden', {
  fr: 'Vous êtes le demandeur\u00A0: un autre instructeur doit décider.',
  en: 'You are the applicant: another instructor must decide.',
});
