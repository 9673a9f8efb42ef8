// The refusals of accreditations, each with its code and public text. Faults of fields are beside the rules.
import { defineError } from '#platform/errors.ts';

/** What was asked is done to an accreditation in force alone, or was done already. */
export const accreditationIsElsewhere = defineError(
  'exchange.accreditation-is-in-another-state',
  'conflict',
  {
    fr: 'L’état de cette habilitation ne permet pas cette action. Rechargez la page pour la voir telle qu’elle est.',
    en: 'The state of this accreditation does not allow this. Load the page again to see it as it is.',
  },
);

/** A scope that was to be granted is no longer in the catalogue. */
export const scopeIsGone = defineError('exchange.scope-is-gone', 'conflict', {
  fr: 'Un périmètre de données à accorder n’existe plus au catalogue. Demandez que la demande soit modifiée.',
  en: 'A scope to be granted is no longer in the catalogue. Ask for the request to be changed.',
});

/** The client is revoked already, or not at all, or by somebody else whose decision it is. */
export const clientIsElsewhere = defineError('exchange.client-is-in-another-state', 'conflict', {
  fr: 'L’état de ce client ne permet pas cette action\u00A0: s’il a été révoqué par le distributeur, lui seul le rétablit.',
  en: 'The state of this client does not allow this: where the distributor revoked it, the distributor alone restores it.',
});
