// The English words of a verdict. Amounts come with their unit, probabilities with their sign.
import type { fr } from './verdict.messages.fr.ts';

/** In English. */
export const en: typeof fr = {
  rise: (low, high) => `a rise of between ${low} and ${high}`,
  fall: (low, high) => `a fall of between ${low} and ${high}`,
  between: (fall, rise) => `between a fall of ${fall} and a rise of ${rise}`,
  effect: (range, confidence) => `The measured effect is ${range}, with ${confidence} confidence.`,
  minimum: (amount, probability) =>
    `The minimum worth having (${amount}) is reached with a probability of ${probability}.`,
  target: (amount, probability) => `The target (${amount}) is reached with a probability of ${probability}.`,
  noCounterfactual:
    'It is compared with the stated baseline alone: nothing says what would have happened without the project.',
  cannotBeTold: (reason) => `This cannot be told: ${reason}.`,
  over: (share) => `more than ${share}`,
  under: (share) => `less than ${share}`,
  reasons: {
    'no-measure': () => 'no measure came in after the start',
    'too-few-measures': (needed, had) =>
      `at least ${needed} measures are needed on each side, and there are ${had}`,
    'too-few-units': (needed, had) =>
      `at least ${needed} sites that started and ${needed} that still wait are needed, and there are ${had}`,
    'too-few-pairs': (needed, had) => `at least ${needed} pairs are needed, and there are ${had}`,
    'not-finite': () => 'a measure is not a usable number',
    'objective-unsound': () =>
      'the target does not go the wanted way, or the minimum effect is not above zero',
    'no-variation': () => 'the measures do not vary, and nothing allows a margin of error to be estimated',
    'too-correlated': (needed, had) =>
      `the measures resemble each other so much from one step to the next that they are worth only ${had}, and ${needed} are needed`,
    'season-not-covered': (needed, had) =>
      `the measures before do not cover a whole season: ${needed} are needed, and there are ${had}`,
    'trend-before': () =>
      'the indicator was already moving before the start, and the measures are too few to tell that movement from the effect',
    'unequal-series': () => 'the sites were not measured on the same dates',
    'nobody-started': () => 'no site has started',
    'no-comparison': () => 'all sites started together or from the first measure on',
    'not-parallel': () =>
      'before they started, the sites were already moving differently from those they are compared with',
  },
  estimators: {
    welch: 'Difference of the means before and after (Welch)',
    'same-season': 'Difference before and after, seasons held equal',
    segmented: 'Interrupted series: the trend before, continued (segmented regression)',
    'against-baseline': 'Mean after, against the stated baseline (Student)',
    'group-time': 'Difference in differences between staggered starts (Callaway and Sant’Anna)',
    'paired-t': 'Mean difference between pairs (Student)',
    'hodges-lehmann': 'Median difference between pairs (Hodges and Lehmann)',
  },
};
