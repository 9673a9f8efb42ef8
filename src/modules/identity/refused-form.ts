// A refused form is shown again with what was typed and what to do; anything else that was thrown goes on its way.
import { type FieldError, isSocleError, type SocleError } from '#platform/errors.ts';

/** What a form's page needs to show that it was refused: a fault on a field, or (field '') on the whole. */
export type FormFaults = readonly FieldError[];

function faultsOf(refusal: SocleError): FormFaults {
  return refusal.fields.length > 0 ? refusal.fields : [{ field: '', text: refusal.text }];
}

/**
 * Does `work` for a form. @returns its result, or the faults to show in the form again (status 422).
 * Refusals that no other typing mends (not found, forbidden, too many, unavailable) and faults are thrown on.
 */
export async function attemptForm<T>(
  work: () => Promise<T>,
): Promise<{ done: true; result: T } | { done: false; faults: FormFaults }> {
  try {
    return { done: true, result: await work() };
  } catch (error) {
    if (isSocleError(error) && ['invalid', 'unprocessable', 'conflict'].includes(error.kind)) {
      return { done: false, faults: faultsOf(error) };
    }
    throw error;
  }
}
