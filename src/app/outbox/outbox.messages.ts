// The words of the demonstration's outbox. The messages' own words come from whoever wrote them.
import { defineMessages } from '#platform/i18n/locale.ts';

/** Reads the words of the outbox in a language. */
export const outboxMessages = defineMessages('outbox', {
  fr: {
    title: 'Boîte d’envoi de la démonstration',
    lead: 'Les courriels que Socle écrirait à ces personnes fictives. Cette page n’existe que dans la démonstration.',
    none: 'Aucun courriel pour l’instant.',
    columns: { subject: 'Objet', to: 'Destinataire', written: 'Écrit le', state: 'État' },
    states: { waiting: 'En attente', sent: 'Envoyé', abandoned: 'Abandonné' },
    text: 'Texte',
  },
  en: {
    title: 'The demonstration’s outbox',
    lead: 'The messages that Socle would write to these fictitious people. This page exists in the demonstration only.',
    none: 'No message yet.',
    columns: { subject: 'Subject', to: 'Recipient', written: 'Written on', state: 'State' },
    states: { waiting: 'Waiting', sent: 'Sent', abandoned: 'Abandoned' },
    text: 'Text',
  },
});
