// The refusals of anomalies, each with its code and public text.
import { defineError } from '#platform/errors.ts';

/** Somebody has looked at it. */
export const anomalyIsAcknowledged = defineError('exchange.anomaly-is-acknowledged', 'conflict', {
  fr: 'Quelqu’un a déjà pris acte de cette anomalie.',
  en: 'Somebody has already acknowledged this anomaly.',
});
