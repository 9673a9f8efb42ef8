// The SCIM library, loaded at the first request that needs it so that the start does not wait for it. Its own stores of
// resources and settings, which are global, are not used.
import type * as Library from 'scimmy';
import { ATTRIBUTES_LEFT_OUT, ATTRIBUTES_OF_SEVERAL, ENTERPRISE_SCHEMA } from './scim-attributes.rules.ts';

/** The parts of the library that are used, with the schema of users as it is kept here. */
export type ScimLibrary = Pick<typeof Library, 'Messages' | 'Schemas' | 'Types'>;

let loaded: Promise<ScimLibrary> | null = null;

/** The library, its schema of users narrowed to what is kept and with the enterprise extension. */
export function scimLibrary(): Promise<ScimLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ScimLibrary> {
  const { Messages, Schemas, Types } = await import('scimmy');
  Schemas.User.truncate([...ATTRIBUTES_LEFT_OUT]);
  Schemas.User.extend(Schemas.EnterpriseUser as never);
  return { Messages, Schemas, Types };
}

/**
 * A resource as plain data, under its attributes' own names; without the extension's place where nothing is in it, and
 * without nulls among several values, which stand for no value (RFC 7643, 2.5) and which the library keeps as values.
 */
export function plainResource(resource: object): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(resource)) as Record<string, unknown>;
  const extension = plain[ENTERPRISE_SCHEMA];
  if (typeof extension === 'object' && extension !== null && Object.keys(extension).length === 0) {
    delete plain[ENTERPRISE_SCHEMA];
  }
  for (const name of ATTRIBUTES_OF_SEVERAL) {
    const values = plain[name];
    if (Array.isArray(values)) plain[name] = values.filter((value) => value !== null);
  }
  return plain;
}
