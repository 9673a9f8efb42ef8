// The French words of a verdict. Amounts come with their unit, probabilities with their sign.
import type { Estimator, Reason } from './verdicts.types.ts';

/** What a reason is told with: how many were needed, how many there were. */
type ReasonWords = Readonly<Record<Reason, (needed: string, had: string) => string>>;

const reasons: ReasonWords = {
  'no-measure': () => 'aucune mesure n’est arrivée après le début',
  'too-few-measures': (needed, had) =>
    `il faut au moins ${needed} mesures de chaque côté, et il y en a ${had}`,
  'too-few-units': (needed, had) =>
    `il faut au moins ${needed} sites qui ont commencé et ${needed} qui attendent encore, et il y en a ${had}`,
  'too-few-pairs': (needed, had) => `il faut au moins ${needed} paires, et il y en a ${had}`,
  'not-finite': () => 'une mesure n’est pas un nombre utilisable',
  'objective-unsound': () =>
    'la cible ne va pas dans le sens voulu, ou l’effet minimal n’est pas supérieur à zéro',
  'no-variation': () => 'les mesures ne varient pas, et rien ne permet d’estimer la marge d’erreur',
  'too-correlated': (needed, had) =>
    `les mesures se ressemblent tant d’un pas à l’autre qu’elles n’en valent que ${had}, et il en faut ${needed}`,
  'season-not-covered': (needed, had) =>
    `les mesures d’avant ne couvrent pas une saison entière\u00A0: il en faut ${needed}, et il y en a ${had}`,
  'trend-before': () =>
    'l’indicateur évoluait déjà avant le début, et les mesures ne suffisent pas à séparer cette évolution de l’effet',
  'unequal-series': () => 'les sites n’ont pas été mesurés aux mêmes dates',
  'nobody-started': () => 'aucun site n’a commencé',
  'no-comparison': () => 'tous les sites ont commencé en même temps ou dès la première mesure',
  'not-parallel': () =>
    'avant de commencer, les sites évoluaient déjà autrement que ceux auxquels on les compare',
};

const estimators: Readonly<Record<Estimator, string>> = {
  welch: 'Différence des moyennes avant et après (Welch)',
  'same-season': 'Différence avant et après, à saison égale',
  segmented: 'Série interrompue\u00A0: tendance d’avant prolongée (régression segmentée)',
  'against-baseline': 'Moyenne d’après, face à la valeur de départ (Student)',
  'group-time': 'Différence de différences entre départs échelonnés (Callaway et Sant’Anna)',
  'paired-t': 'Différence moyenne entre paires (Student)',
  'hodges-lehmann': 'Différence médiane entre paires (Hodges et Lehmann)',
};

/** In French. */
export const fr = {
  rise: (low: string, high: string) => `une hausse comprise entre ${low} et ${high}`,
  fall: (low: string, high: string) => `une baisse comprise entre ${low} et ${high}`,
  between: (fall: string, rise: string) => `entre une baisse de ${fall} et une hausse de ${rise}`,
  effect: (range: string, confidence: string) =>
    `L’effet mesuré est ${range}, avec une confiance de ${confidence}.`,
  minimum: (amount: string, probability: string) =>
    `Le minimum utile (${amount}) est atteint avec une probabilité de ${probability}.`,
  target: (amount: string, probability: string) =>
    `La cible (${amount}) est atteinte avec une probabilité de ${probability}.`,
  noCounterfactual:
    'La comparaison se fait avec la seule valeur de départ\u00A0: rien ne dit ce qui serait arrivé sans le projet.',
  cannotBeTold: (reason: string) => `On ne peut pas conclure\u00A0: ${reason}.`,
  over: (share: string) => `plus de ${share}`,
  under: (share: string) => `moins de ${share}`,
  reasons,
  estimators,
};
