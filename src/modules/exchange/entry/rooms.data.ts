// THE list of the rooms of the data exchange that the entry page leads to, in the order in which it shows them.
import type { Guarded } from '#platform/http/open-rooms.ts';
import type { Room } from '#ui/components/rooms.ts';

/** The rooms. */
export const ROOMS: readonly (Room & Guarded)[] = [
  {
    href: '/exchange/my-data',
    group: 'yours',
    title: { fr: 'Qui a obtenu mes données', en: 'Who obtained my data' },
    text: {
      fr: 'Chaque accès à vos données\u00A0: qui, pour quoi, quand\u00A0; poser une question ou contester.',
      en: 'Each access to your data: who, what for, when; ask a question or contest.',
    },
    allows: ['citizen'],
  },
  {
    href: '/exchange/requests/queue',
    group: 'yours',
    title: { fr: 'Demandes à instruire', en: 'Requests to examine' },
    text: {
      fr: 'La file d’attente, la plus ancienne d’abord.',
      en: 'The queue, the oldest first.',
    },
    allows: ['auditor', 'administrator'],
  },
  {
    href: '/exchange/producer',
    group: 'yours',
    title: { fr: 'Accès aux données', en: 'Accesses to data' },
    text: {
      fr: 'Qui appelle les API, les volumes et les anomalies, et l’arrêt d’un flux.',
      en: 'Who calls APIs, volumes and anomalies, and stopping a flow.',
    },
    allows: ['data-producer', 'auditor'],
  },
  {
    href: '/exchange/producer/stops',
    group: 'yours',
    title: { fr: 'Arrêts', en: 'Stops' },
    text: {
      fr: 'Les flux arrêtés, par qui, jusqu’à quand, et ce qui le prouve.',
      en: 'Flows that are stopped, by whom, until when, and what proves it.',
    },
    allows: ['data-producer', 'auditor'],
  },
  {
    href: '/exchange/producer/apis',
    group: 'yours',
    title: { fr: 'Mes API', en: 'My APIs' },
    text: {
      fr: 'Décrire vos API, leurs versions et les périmètres de données qu’elles laissent sortir.',
      en: 'Describe your APIs, their versions and the scopes of data that they let out.',
    },
    allows: ['data-producer', 'administrator'],
  },
  {
    href: '/exchange/producer/questions',
    group: 'yours',
    title: { fr: 'Questions des personnes', en: 'Questions of people' },
    text: {
      fr: 'Ce que des personnes demandent ou contestent à propos d’un accès, à répondre en un mois.',
      en: 'What people ask or contest about an access, to be answered within a month.',
    },
    allows: ['data-producer'],
  },
  {
    href: '/exchange/requests',
    group: 'yours',
    title: { fr: 'Demandes d’habilitation', en: 'Requests for accreditation' },
    text: {
      fr: 'Déposer une demande, la suivre, l’instruire.',
      en: 'File a request, follow it, examine it.',
    },
    allows: ['api-consumer', 'product-team', 'data-producer', 'auditor', 'administrator'],
  },
  {
    href: '/exchange/accreditations',
    group: 'yours',
    title: { fr: 'Habilitations', en: 'Accreditations' },
    text: {
      fr: 'Ce qui a été accordé\u00A0: finalité, périmètres, durée, services appelants.',
      en: 'What was granted: purpose, scopes, duration, calling services.',
    },
    allows: ['api-consumer', 'product-team', 'data-producer', 'auditor', 'administrator'],
  },
  {
    href: '/exchange/consumer',
    group: 'yours',
    title: { fr: 'Mes appels', en: 'My calls' },
    text: {
      fr: 'Clés, environnements, usage, erreurs expliquées, quota, et un client prêt à copier.',
      en: 'Keys, environments, usage, errors explained, quota, and a client ready to copy.',
    },
    allows: ['api-consumer', 'product-team'],
  },
  {
    href: '/exchange/webhooks',
    group: 'yours',
    title: { fr: 'Webhooks', en: 'Webhooks' },
    text: {
      fr: 'Prévenir vos logiciels de ce qui arrive à vos demandes et habilitations.',
      en: 'Tell your software what happens to your requests and accreditations.',
    },
    allows: ['api-consumer', 'product-team', 'administrator'],
  },
  {
    href: '/apis',
    group: 'open',
    title: { fr: 'Catalogue des API', en: 'Catalogue of APIs' },
    text: {
      fr: 'Les données offertes, leurs conditions, et un bac à sable pour les essayer.',
      en: 'The data on offer, their terms, and a sandbox to try them.',
    },
    allows: 'everyone',
  },
  {
    href: '/exchange/open-data',
    group: 'open',
    title: { fr: 'Habilitations en données ouvertes', en: 'Accreditations as open data' },
    text: {
      fr: 'Les habilitations en vigueur, publiées chaque mois.',
      en: 'The accreditations in force, published each month.',
    },
    allows: 'everyone',
  },
  {
    href: '/exchange/requests/times',
    group: 'open',
    title: { fr: 'Délais d’instruction', en: 'Processing times' },
    text: {
      fr: 'Le temps que prennent les demandes, mesuré.',
      en: 'How long requests take, as measured.',
    },
    allows: 'everyone',
  },
  {
    href: '/exchange/logs',
    group: 'open',
    title: { fr: 'Journaux et preuves', en: 'Logs and proofs' },
    text: {
      fr: 'Les journaux des passerelles, leurs points de contrôle signés, et comment les vérifier.',
      en: 'The gateways’ logs, their signed checkpoints, and how to verify them.',
    },
    allows: 'everyone',
  },
  {
    href: '/exchange/errors',
    group: 'open',
    title: { fr: 'Refus de la passerelle', en: 'Refusals of the gateway' },
    text: {
      fr: 'Chaque refus expliqué\u00A0: ce qu’il veut dire et que faire.',
      en: 'Each refusal explained: what it means and what to do.',
    },
    allows: 'everyone',
  },
];
