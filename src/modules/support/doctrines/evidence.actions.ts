// Evidence that is handed in: by another module through the public door, or by a person over the API.
import type { Trx } from '#platform/database/connection.ts';
import type { NewEvidence } from './assessments.types.ts';

/**
 * Hands in evidence about a subject's criterion in the caller's transaction; it waits for an assessment when there is none
 * yet. @returns its id. Throws `invalid-input` when the doctrine has no such criterion or a field is wrong.
 */
export async function recordEvidence(_trx: Trx, _evidence: NewEvidence): Promise<string> {
  return '';
}
