// The errors of runs as their askers read them. No detail of a fault is ever put here.
import { defineError } from '../errors.ts';

/** A fault ended the run; what happened is in the log under the run's number. */
export const jobFailed = defineError('job-failed', 'unavailable', {
  fr: 'Le traitement a échoué à cause d’une erreur de notre part. Réessayez plus tard ; si l’erreur revient, signalez le numéro du traitement.',
  en: 'The job failed because of an error on our side. Try again later; if the error comes back, report the job’s number.',
});

/** The process died again and again while it ran this job. */
export const jobInterrupted = defineError('job-interrupted', 'unavailable', {
  fr: 'Le traitement a été interrompu trop souvent et a été abandonné. Signalez le numéro du traitement.',
  en: 'The job was interrupted too often and was given up. Report the job’s number.',
});
