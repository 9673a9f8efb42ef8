// The refusals of the catalogue, each with its code and public text. Faults of fields are beside the rules.
import { defineError } from '#platform/errors.ts';

/** What was asked does not fit the state that the API is in. */
export const apiIsElsewhere = defineError('exchange.api-is-in-another-state', 'conflict', {
  fr: 'L’état de cette API ne permet pas cette action. Rechargez la page pour la voir telle qu’elle est.',
  en: 'The state of this API does not allow this. Load the page again to see it as it is.',
});

/** The API lacks something that it needs to be opened; `fields` name each. */
export const apiIsNotReady = defineError('exchange.api-is-not-ready', 'unprocessable', {
  fr: 'Il manque encore quelque chose pour ouvrir cette API.',
  en: 'Something is still missing to open this API.',
});

/** The version was retired: it does not come back under the same name. */
export const versionIsRetired = defineError('exchange.version-is-retired', 'conflict', {
  fr: 'Cette version est retirée\u00A0: ajoutez-en une nouvelle.',
  en: 'This version is retired: add a new one.',
});

/** A scope is asked for or granted: it cannot be taken away. */
export const scopeIsUsed = defineError('exchange.scope-is-used', 'conflict', {
  fr: 'Un périmètre que vous retirez est demandé ou accordé. Gardez-le, ou abaissez d’abord les habilitations.',
  en: 'A scope that you remove is requested or granted. Keep it, or lower the accreditations first.',
});

/** The document could not be fetched. */
export const documentNotFetched = defineError('exchange.openapi-not-fetched', 'unprocessable', {
  fr: 'Le document n’a pas pu être lu à cette adresse. Vérifiez-la, ou envoyez le fichier.',
  en: 'The document could not be read at this address. Check it, or send the file.',
});

/** The upload was cut or is no form. */
export const uploadIsBroken = defineError('exchange.upload-is-broken', 'invalid', {
  fr: 'L’envoi a été interrompu ou n’est pas un formulaire. Recommencez.',
  en: 'The upload was interrupted or is not a form. Try again.',
});

/** The doctrine check was queued for a version that is no longer there. */
export const versionIsGone = defineError('exchange.version-is-gone', 'not-found', {
  fr: 'Cette version n’existe plus.',
  en: 'This version no longer exists.',
});

/** The sandbox has no such API or version. */
export const sandboxHasNoApi = defineError('exchange.sandbox-has-no-api', 'not-found', {
  fr: 'Le bac à sable ne connaît pas cette API dans cette version. Voyez le catalogue, /apis.',
  en: 'The sandbox knows no such API in this version. See the catalogue, /apis.',
});

/** The sandbox has the version, but no example for what was asked. */
export const sandboxHasNoExample = defineError('exchange.sandbox-has-no-example', 'not-found', {
  fr: 'Le bac à sable n’a pas d’exemple pour cet appel. Les appels possibles sont sur la page de l’API.',
  en: 'The sandbox has no example for this call. The possible calls are on the page of the API.',
});

/** The check of a document took too long or too much memory. */
export const documentIsTooIntricate = defineError('exchange.openapi-too-intricate', 'unprocessable', {
  fr: 'Le document est trop imbriqué pour être contrôlé. Simplifiez ses schémas, puis ajoutez une nouvelle version.',
  en: 'The document is too intricate to be checked. Simplify its schemas, then add a new version.',
});
