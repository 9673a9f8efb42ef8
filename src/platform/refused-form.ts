// A refused form is shown again with what was typed and what to do; anything else that was thrown goes on its way.
import { type FieldError, isSocleError } from './errors.ts';

/** What a form's page needs to show that it was refused: a fault on a field, or (field '') on the whole. */
export type FormFaults = readonly FieldError[];

/**
 * Does `work` for a form. @returns its result, or the faults to show in the form again (status 422): those of fields, or
 * one (field '') on the whole. Refusals that no other typing mends (not found, forbidden) and faults are thrown on.
 */
export async function attemptForm<T>(
  work: () => Promise<T>,
): Promise<{ done: true; result: T } | { done: false; faults: FormFaults }> {
  try {
    return { done: true, result: await work() };
  } catch (error) {
    if (!isSocleError(error) || !['invalid', 'unprocessable', 'conflict'].includes(error.kind)) throw error;
    return {
      done: false,
      faults: error.fields.length > 0 ? error.fields : [{ field: '', text: error.text }],
    };
  }
}
