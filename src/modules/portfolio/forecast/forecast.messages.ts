// The words of forecasts and of their calibration, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';
import { en } from './forecast.messages.en.ts';
import { fr } from './forecast.messages.fr.ts';

/** The words in `locale`. */
export const forecastMessages = defineMessages('portfolio.forecast', { fr, en });
