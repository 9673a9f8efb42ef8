// The version of Socle, from package.json, its one source.
import { readFileSync } from 'node:fs';

/** Such as 0.1.0 (semver.org). */
export const version: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
