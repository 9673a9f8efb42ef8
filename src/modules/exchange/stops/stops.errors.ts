// The refusals of stops, each with its code and public text.
import { defineError } from '#platform/errors.ts';

/** The same flow is stopped. */
export const flowIsStopped = defineError('exchange.flow-is-stopped', 'conflict', {
  fr: 'Ce flux est déjà arrêté. Reprenez d’abord l’arrêt en cours si vous voulez en changer la durée.',
  en: 'This flow is stopped already. Resume the stop in force first if you want another duration.',
});

/** There is nothing to stop: the API is not open. */
export const apiIsNotServed = defineError('exchange.api-is-not-served', 'conflict', {
  fr: 'Cette API n’est pas ouverte\u00A0: aucune passerelle ne la sert.',
  en: 'This API is not open: no gateway serves it.',
});

/** The stop is over. */
export const stopIsOver = defineError('exchange.stop-is-over', 'conflict', {
  fr: 'Cet arrêt est terminé\u00A0: le flux a repris.',
  en: 'This stop is over: the flow has resumed.',
});

/** The stop was ordered in another name. */
export const stopIsOfAnother = defineError('exchange.stop-is-of-another', 'forbidden', {
  fr: 'Seul celui qui a ordonné l’arrêt le lève\u00A0: le fournisseur le sien, le distributeur le sien.',
  en: 'Only the side that ordered a stop lifts it: the producer its own, the distributor its own.',
});
