// The refusals of sources, each with its code and public text.
import { defineError } from '#platform/errors.ts';

/** The indicator has as many sources as it may. */
export const tooManySources = defineError('impact.too-many-sources', 'conflict', {
  fr: 'Cet indicateur a déjà vingt sources.',
  en: 'This indicator has twenty sources already.',
});

/** What was asked is for another kind of source, or for one that is active. */
export const sourceIsElsewhere = defineError('impact.source-does-not-allow', 'conflict', {
  fr: 'Cette source ne permet pas cette action\u00A0: elle est d’un autre genre, ou en pause.',
  en: 'This source does not allow this: it is of another kind, or paused.',
});

/** The token is of no source, was revoked, or its source is paused. */
export const tokenRefused = defineError('impact.token-refused', 'unauthenticated', {
  fr: 'Ce jeton n’est celui d’aucune source active.',
  en: 'This token is of no active source.',
});

/** The file or body cannot be read as measures. */
export const measuresUnreadable = defineError('impact.measures-unreadable', 'unprocessable', {
  fr: 'Ces mesures ne se lisent pas\u00A0: vérifiez les colonnes, la taille (60\u00A0Mo, un million de lignes) et le format.',
  en: 'These measures cannot be read: check the columns, the size (60 MB, a million lines) and the format.',
});
