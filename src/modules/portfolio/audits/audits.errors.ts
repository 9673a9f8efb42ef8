// The refusals of audits, each with its code and public text. Faults of fields are in the rules.
import { defineError } from '#platform/errors.ts';

/** What was asked does not go with where the audit stands. */
export const auditIsElsewhere = defineError('portfolio.audit-is-in-another-state', 'conflict', {
  fr: 'L’état de cet audit ne permet pas cette action. Rechargez la page pour le voir tel qu’il est.',
  en: 'The state of this audit does not allow this. Load the page again to see it as it is.',
});

/** Defence and internal security are outside the field of audits (decree, article 4). */
export const auditIsExcluded = defineError('portfolio.audit-is-excluded', 'unprocessable', {
  fr: 'La défense et la sécurité intérieure sont hors du champ de ces audits, comme tout projet classifié.',
  en: 'Defence and internal security are outside the field of these audits, and so is every classified project.',
});

/** A classified project's audit is never released. */
export const auditIsClassified = defineError('portfolio.audit-is-classified', 'conflict', {
  fr: 'Ce projet est classifié\u00A0: son audit ne se publie pas.',
  en: 'This project is classified: its audit is not released.',
});

/** No organisation is set as the head of government's office, in whose name an alert's audit is asked for. */
export const nobodyAsks = defineError('portfolio.audit-has-no-requester', 'conflict', {
  fr: 'Aucune organisation n’est réglée comme services du chef du gouvernement. Réglez-la, ou nommez qui demande l’audit.',
  en: 'No organisation is set as the office of the head of government. Set it, or name who asks for the audit.',
});
