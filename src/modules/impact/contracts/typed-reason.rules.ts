// Words that say why, or what proves something, as they are typed.
import { invalidInput } from '#platform/errors.ts';
import { tidied } from '#platform/typed-text.ts';
import { areWords } from './terms.rules.ts';

/** Words that must be there, tidied. Throws `invalid-input` on `field` when they say nothing or too much. */
export function wordsAsTyped(field: string, typed: string): string {
  const words = tidied(typed);
  if (areWords(words, 1000)) return words;
  throw invalidInput({
    fields: [
      {
        field,
        text: {
          fr: 'Expliquez, en 1\u00A0000 caractères au plus\u00A0: ce texte restera avec le contrat.',
          en: 'Explain, in at most 1,000 characters: this text stays with the contract.',
        },
      },
    ],
  });
}
