// What a request's schema found wrong, in words that say what to do, in both languages.
import type { FastifySchemaValidationError } from 'fastify';
import type { FieldError } from '../errors.ts';
import type { Translated } from '../i18n/locale.ts';

function sentence(keyword: string, parameters: Record<string, unknown>): Translated {
  const limit = String(parameters.limit ?? '');
  switch (keyword) {
    case 'required':
      return { fr: 'Cette information est obligatoire.', en: 'This is required.' };
    case 'minLength':
      return { fr: `Au moins ${limit} caractères.`, en: `At least ${limit} characters.` };
    case 'maxLength':
      return { fr: `Au plus ${limit} caractères.`, en: `At most ${limit} characters.` };
    case 'minimum':
      return { fr: `La valeur la plus basse est ${limit}.`, en: `The lowest value is ${limit}.` };
    case 'maximum':
      return { fr: `La valeur la plus haute est ${limit}.`, en: `The highest value is ${limit}.` };
    case 'type':
      return {
        fr: `Le type attendu est ${parameters.type}.`,
        en: `The type expected is ${parameters.type}.`,
      };
    case 'enum':
    case 'const':
    case 'anyOf':
      return { fr: 'Choisissez une des valeurs proposées.', en: 'Choose one of the values offered.' };
    case 'pattern':
    case 'format':
      return { fr: 'La forme n’est pas celle attendue.', en: 'The form is not what is expected.' };
    case 'additionalProperties':
      return { fr: 'Cette information n’est pas attendue.', en: 'This is not expected.' };
    default:
      return { fr: 'Cette valeur n’est pas acceptée.', en: 'This value is not accepted.' };
  }
}

/** The field that a validation error is about, such as `query.limit`, with what to do. `context` is the part of the request. */
export function fieldErrorOf(error: FastifySchemaValidationError, context: string): FieldError {
  const parameters = error.params as Record<string, unknown>;
  const missing = parameters.missingProperty ?? parameters.additionalProperty;
  const path = error.instancePath.split('/').filter(Boolean);
  if (typeof missing === 'string') path.push(missing);
  return {
    field: [context === 'querystring' ? 'query' : context, ...path].join('.'),
    text: sentence(error.keyword, parameters),
  };
}
