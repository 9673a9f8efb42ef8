// The technical doctrine in plain words: what each rule asks, and why. What to mend is in doctrine.messages.ts.
import type { Translated } from '#platform/i18n/locale.ts';

/** A rule for its readers. */
export interface ExplainedRule {
  readonly name: Translated;
  readonly why: Translated;
}

const rule = (
  [fr, en]: readonly [string, string],
  [whyFr, whyEn]: readonly [string, string],
): ExplainedRule => ({ name: { fr, en }, why: { fr: whyFr, en: whyEn } });

/** Every rule, in the order in which a reader learns them. */
export const EXPLAINED_RULES: Readonly<Record<string, ExplainedRule>> = {
  'valid-structure': rule(
    ['Le document suit la spécification OpenAPI', 'The document follows the OpenAPI specification'],
    [
      'Un document mal formé ne peut être ni lu par les outils, ni essayé dans le bac à sable.',
      'Tools cannot read a malformed document, and the sandbox cannot serve it.',
    ],
  ),
  'readable-title': rule(
    ['Le titre dit ce que l’API fournit', 'The title tells what the API provides'],
    [
      'C’est par le titre qu’une autre administration trouve l’API.',
      'The title is how another administration finds the API.',
    ],
  ),
  description: rule(
    [
      'Une description dit ce que l’API fournit et à qui',
      'A description tells what the API provides and to whom',
    ],
    [
      'Elle évite des semaines d’échanges avant de savoir si l’API convient.',
      'It saves weeks of letters before one knows whether the API fits.',
    ],
  ),
  contact: rule(
    ['Une équipe est joignable', 'A team can be reached'],
    [
      'Un incident sans contact se transforme en panne pour tous les consommateurs.',
      'Without a contact, an incident becomes an outage for every consumer.',
    ],
  ),
  'https-servers': rule(
    ['Les serveurs sont en https', 'Servers are reached over https'],
    [
      'Les données d’une personne ne circulent jamais en clair.',
      'The data of a person never travel in the clear.',
    ],
  ),
  'versioned-address': rule(
    ['L’adresse porte la version majeure', 'The address bears the major version'],
    [
      'Une nouvelle version n’oblige personne à changer le même jour.',
      'A new version forces nobody to change on the same day.',
    ],
  ),
  'readable-paths': rule(
    [
      'Les chemins s’écrivent en minuscules, avec des tirets',
      'Paths are written in lower case, with hyphens',
    ],
    [
      'Un chemin régulier se devine et ne se trompe pas de casse.',
      'A regular path can be guessed, and has no wrong case.',
    ],
  ),
  'no-identifier-in-path': rule(
    ['Aucun identifiant d’une personne dans le chemin', 'No identifier of a person in the path'],
    [
      'Les chemins restent dans les journaux, les historiques et les caches de chaque intermédiaire.',
      'Paths stay in the logs, histories and caches of everyone on the way.',
    ],
  ),
  'stable-operation-ids': rule(
    ['Chaque opération a un nom unique et stable', 'Each operation has a unique and stable name'],
    [
      'Les clients générés en tirent leurs noms de fonctions\u00A0: un nom qui change casse leur code.',
      'Generated clients take the names of functions from it: a name that changes breaks their code.',
    ],
  ),
  'explained-operations': rule(
    ['Chaque opération est résumée', 'Each operation is summarised'],
    [
      'Le lecteur choisit l’appel sans lire le schéma.',
      'The reader chooses a call without reading the schema.',
    ],
  ),
  'explained-parameters': rule(
    ['Chaque paramètre est décrit', 'Each parameter is described'],
    [
      'Un format mal compris donne des réponses vides que personne n’explique.',
      'A misunderstood format gives empty answers that nobody explains.',
    ],
  ),
  'explained-fields': rule(
    ['Chaque champ de la réponse est décrit', 'Each field of the answer is described'],
    [
      'Qui demande une habilitation doit savoir quels champs il demande.',
      'Whoever asks for an accreditation must know which fields they ask for.',
    ],
  ),
  examples: rule(
    ['Chaque réponse a un exemple', 'Each answer has an example'],
    [
      'Le bac à sable le sert, et l’intégration commence avant l’habilitation.',
      'The sandbox serves it, and integration starts before the accreditation.',
    ],
  ),
  'problem-errors': rule(
    ['Les erreurs sont décrites (RFC 9457)', 'Errors are described (RFC 9457)'],
    [
      'Une erreur de même forme partout se traite une fois pour toutes les API.',
      'An error of one shape everywhere is handled once for all APIs.',
    ],
  ),
  'declared-security': rule(
    ['L’authentification est déclarée', 'Authentication is declared'],
    [
      'Une API sans authentification déclarée est soit ouverte par erreur, soit mal documentée.',
      'An API without declared authentication is open by mistake, or badly documented.',
    ],
  ),
  pagination: rule(
    ['Les listes sont paginées', 'Lists are paged'],
    ['Une liste sans limite finit par ne plus répondre.', 'A list without a bound stops answering one day.'],
  ),
  'rfc3339-dates': rule(
    ['Les dates suivent la RFC 3339', 'Dates follow RFC 3339'],
    ['01/02/2026 n’est pas le même jour pour tout le monde.', '01/02/2026 is not the same day for everyone.'],
  ),
  'self-contained': rule(
    ['Le document se suffit à lui-même', 'The document is self-contained'],
    [
      'Une référence vers un autre serveur peut disparaître ou changer sans qu’on le voie.',
      'A reference to another server can vanish or change unseen.',
    ],
  ),
};
