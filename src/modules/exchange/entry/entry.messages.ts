// The words of the entry page, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words in `locale`. */
export const entryMessages = defineMessages('exchange.entry', {
  fr: {
    title: 'Échanges de données',
    lead: 'Les administrations s’échangent les données qu’elles détiennent déjà, pour ne plus les redemander aux personnes.',
    how: 'Une passerelle se tient entre celle qui demande et celle qui fournit. Elle ne laisse passer que ce qu’une habilitation accorde, champ par champ.',
    principles: [
      'Habiliter une fois\u00A0: une seule demande vaut pour toutes les API qu’elle nomme.',
      'Tracer toujours\u00A0: aucune réponse ne part avant que sa trace soit écrite, accordée ou refusée.',
      'Arrêter aussitôt\u00A0: le fournisseur ferme un flux, et toutes les passerelles le refusent.',
    ],
    glance: {
      title: 'Échanges de données',
      explanation: 'Appels entre administrations en trente jours, accordés et refusés, tous tracés.',
      link: 'Voir les échanges de données',
    },
    openApis: 'API ouvertes',
    openApisText: 'Offertes au catalogue et servies par les passerelles.',
    accreditations: 'Habilitations en vigueur',
    accreditationsText: 'Accordées, et ni échues ni révoquées.',
    calls: 'Appels en 24 heures',
    callsText: 'Accordés et refusés, tous tracés.',
    register: 'registre de Socle',
    records: 'traces des passerelles',
    signIn:
      'Connectez-vous pour entrer dans votre espace\u00A0: personne, consommateur, fournisseur ou distributeur.',
  },
  en: {
    title: 'Data exchange',
    lead: 'Administrations exchange the data that they already hold, so as not to ask people for them again.',
    how: 'A gateway stands between the one that asks and the one that provides. It lets through only what an accreditation grants, field by field.',
    principles: [
      'Accredit once: one request is good for all the APIs that it names.',
      'Trace always: no answer leaves before its record is written, allowed or denied.',
      'Stop at once: the producer closes a flow, and every gateway refuses it.',
    ],
    glance: {
      title: 'Data exchange',
      explanation: 'Calls between administrations in thirty days, allowed and denied, all of them recorded.',
      link: 'Open the data exchange',
    },
    openApis: 'Open APIs',
    openApisText: 'On offer in the catalogue and served by the gateways.',
    accreditations: 'Accreditations in force',
    accreditationsText: 'Granted, and neither expired nor revoked.',
    calls: 'Calls in 24 hours',
    callsText: 'Allowed and denied, all of them recorded.',
    register: 'Socle’s register',
    records: 'records of the gateways',
    signIn: 'Sign in to enter your room: person, consumer, producer or distributor.',
  },
});
