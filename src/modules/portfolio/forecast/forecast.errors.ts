// The forecasts' refusals.
import { defineError } from '#platform/errors.ts';

/** A panel has no column that says to which edition a row belongs. */
export const panelWithoutEditions = defineError('portfolio.panel-without-editions', 'unprocessable', {
  fr: 'Ce fichier n’a pas de colonne « edition ». Donnez un panel : une ligne par projet et par édition (AAAA-MM).',
  en: 'This file has no `edition` column. Give a panel: one row per project and edition (YYYY-MM).',
});

/** A panel holds too few editions: a first pair to learn from and another one to forecast. */
export const panelTooShort = defineError<[editions: number]>('portfolio.panel-too-short', 'unprocessable', {
  fr: (editions) =>
    `Ce panel compte ${editions} édition(s). Il en faut au moins trois : deux pour apprendre, une à prévoir.`,
  en: (editions) =>
    `This panel holds ${editions} edition(s). It takes at least three: two to learn from, one to forecast.`,
});
