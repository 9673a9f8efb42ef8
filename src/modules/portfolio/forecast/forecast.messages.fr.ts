// Les mots des prévisions, en français.
import type { ForecastOccasion, NewJudgement } from './kept-forecasts.types.ts';
import type { Lever } from './outcomes.types.ts';

const n = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`;

/** Les mots. */
export const fr = {
  title: 'Justesse des prévisions',
  lead: 'Chaque prévision et chaque avis de la direction est daté, gardé tel quel, puis noté quand le projet se termine ou sort.',
  waiting: (forecasts: number, judgements: number) =>
    `${n(forecasts, 'prévision et', 'prévisions et')} ${n(judgements, 'avis attendent', 'avis attendent')} encore leur issue.`,
  none: 'Aucun projet prévu ne s’est encore terminé. La première note paraîtra ici le lendemain de la première issue.',
  costTitle: 'Prévisions de coût et de date',
  costLead: (forecasts: number, projects: number) =>
    `${n(forecasts, 'prévision', 'prévisions')} de ${n(projects, 'projet terminé ou sorti', 'projets terminés ou sortis')}. Les prévisions d’un même projet ne sont pas indépendantes\u00A0: lisez d’abord le nombre de projets.`,
  measure: 'Mesure',
  value: 'Valeur',
  reading: 'Comment la lire',
  crpsCost: 'CRPS du coût',
  crpsDuration: 'CRPS de la durée',
  crpsReading:
    'Distance entre ce qui était prévu et ce qui est arrivé, sur le logarithme du rapport. 0 est parfait.',
  coverageCost: 'Coûts dans l’intervalle à 80\u00A0%',
  coverageDuration: 'Durées dans l’intervalle à 80\u00A0%',
  coverageReading: 'Un peu plus de 80\u00A0% est juste\u00A0; moins, la direction est trop sûre d’elle.',
  above90: 'Coûts dans le dixième le plus haut',
  above90Reading: '10\u00A0% est juste\u00A0; plus, les dépassements sont sous-estimés.',
  over25: 'Risque d’un dépassement de plus de 25\u00A0%',
  over50: 'Risque d’un dépassement de plus de 50\u00A0%',
  judgementsTitle: 'Avis de la direction',
  judgementsLead: (count: number) =>
    `${n(count, 'avis noté', 'avis notés')}\u00A0: la probabilité, dite avec l’avis, que le projet finisse dans son cadre de coût et de date.`,
  judgementsNone: 'Aucun avis n’a encore connu son issue.',
  brier: 'Score de Brier',
  brierReading:
    'Erreur quadratique moyenne. 0 est parfait\u00A0; 0,25 est ce que donne «\u00A050\u00A0%\u00A0» à chaque fois.',
  baseRate: 'Fréquence observée',
  baseRateReading: 'Combien de fois c’est vraiment arrivé.',
  skill: 'Gain sur la fréquence observée',
  skillReading: 'Au-dessus de 0, les probabilités apprennent plus que la fréquence seule.',
  skillNone: 'sans objet',
  reliability: 'Ce qui était dit, et ce qui est arrivé',
  reliabilityCaption: (what: string) => `${what}\u00A0: probabilité dite et fréquence observée`,
  reliabilityHint:
    'Par groupes de probabilités voisines. Sur la diagonale, ce qui est dit arrive aussi souvent que dit.',
  said: 'Probabilité dite',
  observed: 'Fréquence observée',
  perfect: 'Accord parfait',
  groupSizes: (sizes: string) => `Taille des groupes, de gauche à droite\u00A0: ${sizes}.`,
  method: 'Comment c’est compté',
  methodText:
    'Une prévision porte sur le rapport entre le final et le premier cadre approuvé\u00A0: historique de l’État mêlé à la littérature, dont la queue est lourde, selon le temps qui reste. Un projet abandonné garde son dernier état, et compte comme sorti de son cadre. Les projets classifiés ne sont pas comptés ici.',
  source: 'Prévisions et avis gardés par Socle, au jour où ils ont été faits',
  dataForecasts: 'prévisions notées',
  dataJudgements: 'avis notés',
  forecastTitle: 'Prévision',
  forecastLead: (cost: string, end: string) =>
    `Huit chances sur dix de finir à ${cost} au plus, et avant le ${end}\u00A0: deux lectures séparées, chacune à 80\u00A0%.`,
  forecastNone:
    'Ce dossier ne donne pas encore de coût\u00A0: il n’y a rien à prévoir. Remplissez le tableau des coûts, puis déposez le dossier.',
  frame: 'Cadre',
  frameFirst: 'premier référentiel',
  median: 'Médiane',
  p80: 'À 80\u00A0%',
  cost: 'Coût complet',
  end: 'Fin',
  ratio: 'Contre le cadre',
  chanceOver25: 'Risque de dépasser de plus de 25\u00A0%',
  chanceOver50: 'Risque de dépasser de plus de 50\u00A0%',
  fanTitle: 'Le coût, année après année',
  fanSubtitle: 'Rapport au premier coût approuvé (1 = sans écart)\u00A0; l’affichage s’arrête à 10',
  band60: '6 cas sur 10',
  band80: '8 cas sur 10',
  tailTitle: 'Si la queue est plus ou moins lourde',
  tailLead:
    'L’exposant de la queue n’est pas connu avec certitude\u00A0: plus il est bas, plus les grands dépassements sont fréquents. À 1, la moyenne est infinie\u00A0: c’est pourquoi aucune moyenne n’est montrée.',
  exponent: 'Exposant',
  p95: 'À 95\u00A0%',
  leversTitle: 'Ce qui changerait la prévision',
  leversLead: 'Le coût à 80\u00A0% si le projet était ailleurs\u00A0; ce qui compte le plus vient d’abord.',
  lever: 'Si…',
  change: 'Écart',
  levers: {
    phase: 'il passait à la phase suivante',
    're-baseline': 'il était recalé sur sa médiane',
    scope: 'un dixième du périmètre, et de son coût, était retiré',
    'elapsed-time': 'un an passait sans nouvel écart',
  } satisfies Record<Lever['input'], string>,
  made: (projects: number, weight: string) =>
    `D’après ${n(projects, 'projet', 'projets')} de l’État (poids ${weight}), la littérature pour le reste.`,
  historyTitle: 'Prévisions gardées',
  historyLead: 'Chacune telle qu’elle a été faite\u00A0; elles seront notées à la fin du projet.',
  historyNone: 'Aucune n’est encore gardée\u00A0: la première le sera cette nuit.',
  date: 'Date',
  why: 'Occasion',
  occasions: {
    schedule: 'suivi',
    opinion: 'avis',
    recommendation: 'recommandation',
    decision: 'décision',
  } satisfies Record<ForecastOccasion, string>,
  judgementKinds: {
    opinion: 'avis',
    audit: 'audit',
    conference: 'conférence',
  } satisfies Record<NewJudgement['kind'], string>,
  calibrationLink: 'Les prévisions de la direction tombent-elles juste\u00A0?',
  more: 'Voir la prévision',
  notShown: 'plus de 10',
  job: ({
    kept,
    unchanged,
    scored,
    judgements,
  }: {
    kept: number;
    unchanged: number;
    scored: number;
    judgements: number;
  }) =>
    `${n(kept, 'prévision gardée', 'prévisions gardées')}, ${n(unchanged, 'projet inchangé', 'projets inchangés')}, ${n(scored, 'prévision notée', 'prévisions notées')}, ${n(judgements, 'avis noté', 'avis notés')}.`,
};
