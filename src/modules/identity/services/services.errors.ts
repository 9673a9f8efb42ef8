// The refusals of the partners' space, each with its code and public text. Faults of fields are beside the rules.
import { defineError } from '#platform/errors.ts';

/** The service was closed: nothing of it changes any more. */
export const serviceIsClosed = defineError('identity.service-is-closed', 'conflict', {
  fr: 'Ce service est fermé. Enregistrez-en un nouveau s’il reprend.',
  en: 'This service is closed. Register a new one if it starts again.',
});

/** What was asked does not fit the state that the service is in. */
export const serviceIsElsewhere = defineError('identity.service-is-in-another-state', 'conflict', {
  fr: 'L’état de ce service ne permet pas cette action. Rechargez la page pour le voir tel qu’il est.',
  en: 'The state of this service does not allow this. Load the page again to see it as it is.',
});

/** Two secrets are live. */
export const tooManySecrets = defineError('identity.too-many-secrets', 'conflict', {
  fr: 'Deux secrets sont déjà valables. Révoquez celui qui ne sert plus, puis créez le nouveau.',
  en: 'Two secrets are already valid. Revoke the one that is no longer used, then make the new one.',
});

/** Twenty keys are live. */
export const tooManyKeys = defineError('identity.too-many-keys', 'conflict', {
  fr: 'Vingt clés sont déjà valables. Révoquez celles qui ne servent plus, puis ajoutez la nouvelle.',
  en: 'Twenty keys are already valid. Revoke those that are no longer used, then add the new one.',
});

/** The service lacks something that production asks for; `fields` name each. */
export const notReadyForProduction = defineError('identity.not-ready-for-production', 'unprocessable', {
  fr: 'Il manque encore quelque chose pour aller en production.',
  en: 'Something is still missing to go into production.',
});

/** A review waits already. */
export const reviewWaitsAlready = defineError('identity.review-waits-already', 'conflict', {
  fr: 'Une demande attend déjà une décision pour ce service.',
  en: 'A request already waits for a decision on this service.',
});

/** The service is in production and every claim that it asks for is granted. */
export const nothingToReview = defineError('identity.nothing-to-review', 'conflict', {
  fr: 'Ce service est en production et toutes ses données lui sont accordées\u00A0: il n’y a rien à demander.',
  en: 'This service is in production and was granted all its claims: there is nothing to ask for.',
});

/** The review was decided or withdrawn before. */
export const reviewIsDecided = defineError('identity.review-is-decided', 'conflict', {
  fr: 'Cette demande a déjà été décidée ou retirée.',
  en: 'This request was already decided or withdrawn.',
});

/** Nobody decides on what they asked for. */
export const ownReview = defineError('identity.own-review', 'forbidden', {
  fr: 'Vous avez fait cette demande\u00A0: une autre personne doit en décider.',
  en: 'You made this request: another person must decide on it.',
});

/** The service changed after the person who decides had read it. */
export const changedSinceRead = defineError('identity.service-changed-since-read', 'conflict', {
  fr: 'Le service a changé depuis que vous l’avez lu. Relisez-le, puis décidez.',
  en: 'The service has changed since you read it. Read it again, then decide.',
});

/** The resource is not granted to that service. */
export const notGranted = defineError('identity.resource-not-granted', 'not-found', {
  fr: 'Cette ressource n’est pas accordée à ce service.',
  en: 'This resource is not granted to this service.',
});
