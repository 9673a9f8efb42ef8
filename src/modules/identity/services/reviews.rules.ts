// What production asks of a service, in the words in which it is told. Pure.
import type { Translated } from '#platform/i18n/locale.ts';
import type { ProductionNeed } from './production.rules.ts';

const NEEDS: Record<ProductionNeed, Translated> = {
  'redirect-address': {
    fr: 'Ajoutez au moins une adresse de retour.',
    en: 'Add at least one redirect address.',
  },
  https: {
    fr: 'Ne gardez que des adresses en https qui ne mènent pas à la machine de la personne.',
    en: 'Keep only https addresses, none of which leads to the person’s own machine.',
  },
  credential: {
    fr: 'Ajoutez une clé publique, ou créez un secret, selon le moyen de preuve choisi.',
    en: 'Add a public key, or make a secret, whichever the chosen way of proof asks for.',
  },
  contact: { fr: 'Indiquez l’adresse de contact de l’équipe.', en: 'Give the team’s contact address.' },
  'claims-reasons': {
    fr: 'Dites pour chaque donnée pourquoi le service en a besoin.',
    en: 'Say for each claim why the service needs it.',
  },
};

/** What to do about something that production asks for. */
export function needText(need: ProductionNeed): Translated {
  return NEEDS[need];
}
