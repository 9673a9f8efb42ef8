// What each rule of the technical doctrine asks to mend, in both languages. The rules themselves are in doctrine.rules.ts.
import type { Translated } from '#platform/i18n/locale.ts';

/** What to mend, by rule. */
export const DOCTRINE_MESSAGES: Readonly<Record<string, Translated>> = {
  'valid-structure': {
    fr: 'Corrigez la structure\u00A0: le document ne suit pas la spécification OpenAPI.',
    en: 'Mend the structure: the document does not follow the OpenAPI specification.',
  },
  'readable-title': {
    fr: 'Donnez à l’API un titre que ses usagers comprennent.',
    en: 'Give the API a title that its users understand.',
  },
  description: {
    fr: 'Décrivez en quelques phrases ce que l’API fournit et à qui.',
    en: 'Describe in a few sentences what the API provides and to whom.',
  },
  contact: {
    fr: 'Ajoutez un contact (adresse électronique ou page) dans info.contact.',
    en: 'Add a contact (email address or page) in info.contact.',
  },
  'https-servers': {
    fr: 'Déclarez des serveurs en https.',
    en: 'Declare servers over https.',
  },
  'versioned-address': {
    fr: 'Mettez la version majeure dans l’adresse, comme /v1.',
    en: 'Put the major version into the address, such as /v1.',
  },
  'readable-paths': {
    fr: 'Écrivez le chemin en minuscules, sans accent, les mots séparés par des tirets.',
    en: 'Write the path in lower case, without accents, words separated by hyphens.',
  },
  'no-identifier-in-path': {
    fr: 'Retirez l’identifiant de la personne du chemin\u00A0: les adresses restent dans les journaux. Passez-le dans un paramètre ou un en-tête.',
    en: 'Take the person’s identifier out of the path: addresses stay in logs. Pass it in a parameter or a header.',
  },
  'stable-operation-ids': {
    fr: 'Donnez à l’opération un operationId unique et stable.',
    en: 'Give the operation a unique and stable operationId.',
  },
  'explained-operations': {
    fr: 'Résumez ce que fait l’opération (summary ou description).',
    en: 'Summarise what the operation does (summary or description).',
  },
  'explained-parameters': {
    fr: 'Décrivez chaque paramètre de l’opération.',
    en: 'Describe each parameter of the operation.',
  },
  'explained-fields': {
    fr: 'Décrivez ce champ de la réponse.',
    en: 'Describe this field of the answer.',
  },
  examples: {
    fr: 'Ajoutez un exemple de réponse\u00A0: le bac à sable le servira.',
    en: 'Add an example of the answer: the sandbox will serve it.',
  },
  'problem-errors': {
    fr: 'Décrivez les réponses d’erreur en application/problem+json (RFC 9457).',
    en: 'Describe the error answers in application/problem+json (RFC 9457).',
  },
  'declared-security': {
    fr: 'Déclarez comment les appels sont authentifiés (securitySchemes et security).',
    en: 'Declare how calls are authenticated (securitySchemes and security).',
  },
  pagination: {
    fr: 'Paginez cette liste\u00A0: ajoutez un paramètre de limite et un curseur ou un numéro de page.',
    en: 'Page this list: add a limit parameter and a cursor or a page number.',
  },
  'rfc3339-dates': {
    fr: 'Écrivez cette date selon la RFC 3339\u00A0: type string, format date ou date-time.',
    en: 'Write this date as RFC 3339 has it: type string, format date or date-time.',
  },
  'self-contained': {
    fr: 'Incluez dans le document ce vers quoi mène cette référence\u00A0: un document se lit sans en chercher d’autres.',
    en: 'Include in the document what this reference leads to: a document is read without fetching others.',
  },
};
