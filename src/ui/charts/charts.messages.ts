// The words that charts add to the interface's own: what a picture says to who does not see it.
import { defineMessages } from '#platform/i18n/locale.ts';

/** Reads the charts' words in a language. */
export const chartMessages = defineMessages('charts', {
  fr: {
    colon: '\u00A0: ',
    course: (name: string, first: string, from: string, last: string, to: string) =>
      `${name} : ${first} (${from}), puis ${last} (${to}).`,
    single: (name: string, value: string, at: string) => `${name} : ${value} (${at}).`,
    unknown: (name: string) => `${name} : non connu.`,
    item: (name: string, value: string) => `${name} : ${value}`,
    more: (count: number) => `Et ${count} de plus dans le tableau.`,
    reference: (label: string, value: string) => `${label} : ${value}`,
    fan: (median: string, low: string, high: string, at: string) =>
      `À la fin (${at}), la médiane est ${median}, entre ${low} et ${high} dans la bande la plus large.`,
    distribution: (count: string, low: string, high: string, peak: string) =>
      `${count} valeurs, de ${low} à ${high}. La classe la plus fournie : ${peak}.`,
    bandLow: (band: string) => `${band}, bas`,
    bandHigh: (band: string) => `${band}, haut`,
    share: 'Part',
    latest: 'Dernière valeur',
  },
  en: {
    colon: ': ',
    course: (name: string, first: string, from: string, last: string, to: string) =>
      `${name}: ${first} (${from}), then ${last} (${to}).`,
    single: (name: string, value: string, at: string) => `${name}: ${value} (${at}).`,
    unknown: (name: string) => `${name}: not known.`,
    item: (name: string, value: string) => `${name}: ${value}`,
    more: (count: number) => `And ${count} more in the table.`,
    reference: (label: string, value: string) => `${label}: ${value}`,
    fan: (median: string, low: string, high: string, at: string) =>
      `At the end (${at}), the median is ${median}, between ${low} and ${high} in the widest band.`,
    distribution: (count: string, low: string, high: string, peak: string) =>
      `${count} values, from ${low} to ${high}. The fullest class: ${peak}.`,
    bandLow: (band: string) => `${band}, low`,
    bandHigh: (band: string) => `${band}, high`,
    share: 'Share',
    latest: 'Latest value',
  },
});
