// What is refused of indicators and their measures.
import { defineError } from '#platform/errors.ts';

/** An indicator with measures, or that something else stands on, is closed and not deleted. */
export const indicatorInUse = defineError('impact.indicator-in-use', 'conflict', {
  fr: 'Cet indicateur a des mesures ou sert à un contrat. Fermez-le au lieu de le supprimer.',
  en: 'This indicator has measures or a contract uses it. Close it instead of deleting it.',
});

/** A closed indicator takes nothing more. */
export const indicatorClosed = defineError('impact.indicator-closed', 'conflict', {
  fr: 'Cet indicateur est fermé\u00A0: il ne reçoit plus ni mesure ni définition.',
  en: 'This indicator is closed: it takes neither measures nor definitions any more.',
});
