// Why a measure is refused, in words, and the field of the form that it is about.
import type { FieldError } from '#platform/errors.ts';
import type { MeasureRefusal } from './indicators.types.ts';

/** The words for each reason. */
export const REFUSALS: Readonly<Record<MeasureRefusal, FieldError>> = {
  'not-a-number': {
    field: 'value',
    text: { fr: 'Donnez un nombre fini, tel que 12,5.', en: 'Give a finite number, such as 12.5.' },
  },
  'not-a-day': {
    field: 'day',
    text: { fr: 'Donnez un jour, tel que 2026-03-31.', en: 'Give a day, such as 2026-03-31.' },
  },
  future: {
    field: 'day',
    text: { fr: 'Ce jour n’est pas encore venu.', en: 'This day has not come yet.' },
  },
  segment: {
    field: 'segment',
    text: { fr: 'Au plus 80 caractères, tous lisibles.', en: 'At most 80 characters, all readable.' },
  },
  'contradicts-another-line': {
    field: 'value',
    text: {
      fr: 'Une autre ligne donne une autre valeur pour ce jour.',
      en: 'Another line gives another value for this day.',
    },
  },
};
