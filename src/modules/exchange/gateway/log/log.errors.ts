// What is wrong with a gateway's log on its disk, in words.
import { defineError } from '#platform/errors.ts';

/** A frame that is none although others follow it, or a log shorter than what was signed of it. */
export const logDamaged = defineError<[file: string]>('exchange.log-damaged', 'unavailable', {
  fr: (file) =>
    `${file} est abîmé : remettez-le d’une sauvegarde, ou ouvrez la passerelle sous un autre nom.`,
  en: (file) => `${file} is damaged: restore it from a backup, or open the gateway under another name.`,
});

/** PostgreSQL holds records of another log under this name. */
export const logForked = defineError<[origin: string]>('exchange.log-forked', 'conflict', {
  fr: (origin) =>
    `La base détient un autre journal sous le nom ${origin} : remettez le dossier de cette passerelle, ou ouvrez-la sous un autre nom.`,
  en: (origin) =>
    `The database holds another log under the name ${origin}: put this gateway’s folder back, or open it under another name.`,
});

/** Somebody else took over the same entries first. */
export const positionMoved = defineError('exchange.log-position-moved', 'conflict', {
  fr: 'Un autre processus a déjà repris ces traces.',
  en: 'Another process took these records over first.',
});
