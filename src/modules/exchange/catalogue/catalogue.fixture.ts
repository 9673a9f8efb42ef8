// A document for the tests of the catalogue: two calls, a schema that refers to another, one that is inside itself.
import type { OpenApiDocument } from './catalogue.types.ts';

/** An OpenAPI document with faults against the doctrine, and none of structure. */
export function sampleDocument(): OpenApiDocument {
  const answer = {
    description: 'Le foyer',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Foyer' } } },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Quotients', version: '1.0.0' },
    paths: {
      '/quotient': {
        get: { operationId: 'lireQuotient', summary: 'Lit un quotient', responses: { 200: answer } },
      },
      '/foyers/{id}': {
        get: {
          operationId: 'lireFoyer',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: '42' }],
          responses: { 200: answer },
        },
      },
    },
    components: {
      schemas: {
        Foyer: {
          type: 'object',
          properties: {
            quotient: { type: 'integer', description: 'Quotient familial' },
            enfants: { type: 'array', items: { $ref: '#/components/schemas/Enfant' } },
          },
        },
        Enfant: { type: 'object', properties: { prenom: { type: 'string', example: 'Lou' } } },
      },
    },
  };
}
