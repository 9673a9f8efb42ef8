// From the text of an OpenAPI document, JSON or YAML, to the document; or why it is none. Pure.

import { parseDocument } from 'yaml';
import type { Translated } from '#platform/i18n/locale.ts';
import type { OpenApiDocument } from './catalogue.types.ts';
import { isObject } from './openapi.rules.ts';

/** Most bytes of a document. */
export const LARGEST_DOCUMENT = 2 * 1024 * 1024;

/** Deepest nesting of a document: deeper ones are no description that a person reads. */
const DEEPEST = 100;

/** What reading a text gives. */
export type ReadDocument =
  | { readonly document: OpenApiDocument; readonly fault: null }
  | { readonly document: null; readonly fault: Translated };

function refused(fr: string, en: string): ReadDocument {
  return { document: null, fault: { fr, en } };
}

/** What is said of a text that is neither JSON nor YAML, or takes too long to be read. */
export const UNREADABLE: ReadDocument = refused(
  'Envoyez un document en JSON ou en YAML\u00A0: celui-ci ne se lit pas.',
  'Send a document in JSON or YAML: this one cannot be read.',
);

/**
 * Reads an OpenAPI 3 document. YAML aliases are bounded (a small text must not become a huge document), keys are texts, and
 * what PostgreSQL cannot hold (a NUL, half a surrogate pair) is refused.
 */
export function readOpenApi(text: string): ReadDocument {
  if (Buffer.byteLength(text) > LARGEST_DOCUMENT) {
    return refused('Envoyez un document de 2\u00A0Mo au plus.', 'Send a document of at most 2 MB.');
  }
  const parsed = parsedText(text);
  if (parsed === undefined) return UNREADABLE;
  return checkedOpenApi(parsed);
}

function parsedText(text: string): unknown {
  const content = text.replace(/^\uFEFF/, '');
  try {
    if (/^\s*\{/.test(content)) return JSON.parse(content);
  } catch {
    // A flow mapping of YAML starts like JSON.
  }
  try {
    const yaml = parseDocument(content, { version: '1.2', schema: 'core', merge: false, logLevel: 'silent' });
    if (yaml.errors.length > 0) return undefined;
    return yaml.toJS({ maxAliasCount: 100 }) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Checks that a value is an OpenAPI 3 document with paths. */
export function checkedOpenApi(value: unknown): ReadDocument {
  if (!isObject(value) || typeof value.openapi !== 'string' || !/^3\.[01]\.\d+$/.test(value.openapi)) {
    return refused(
      'Envoyez un document OpenAPI 3.0 ou 3.1\u00A0: son champ «\u00A0openapi\u00A0» dit sa version.',
      'Send an OpenAPI 3.0 or 3.1 document: its field “openapi” tells the version.',
    );
  }
  const { info, paths } = value;
  if (
    !isObject(info) ||
    typeof info.title !== 'string' ||
    !isObject(paths) ||
    Object.keys(paths).length === 0
  ) {
    return refused(
      'Ajoutez au document un titre (info.title) et au moins un chemin (paths).',
      'Add a title (info.title) and at least one path (paths) to the document.',
    );
  }
  if (Object.keys(paths).some((path) => !path.startsWith('/') || path.length > 500)) {
    return refused(
      'Commencez chaque chemin du document par «\u00A0/\u00A0».',
      'Start every path of the document with “/”.',
    );
  }
  if (!isStorable(value, 0)) {
    return refused(
      'Retirez du document les caractères de contrôle et les niveaux au-delà de 100.',
      'Remove control characters, and levels beyond 100, from the document.',
    );
  }
  if (Buffer.byteLength(JSON.stringify(value)) > 2 * LARGEST_DOCUMENT) {
    return refused('Envoyez un document plus court.', 'Send a shorter document.');
  }
  return { document: value, fault: null };
}

function isStorable(value: unknown, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === 'string') return isPlainText(value);
  if (Array.isArray(value)) return value.every((item) => isStorable(item, depth + 1));
  if (!isObject(value)) return true;
  return Object.entries(value).every(([key, item]) => isPlainText(key) && isStorable(item, depth + 1));
}

function isPlainText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
