// What may go wrong with a project file, in public words.
import { defineError } from '#platform/errors.ts';

/** Somebody else changed the file since it was read. */
export const fileWasChanged = defineError('portfolio.file-was-changed', 'conflict', {
  fr: 'Quelqu’un d’autre a modifié ce dossier depuis que vous l’avez ouvert. Rien n’a été enregistré\u00A0: relisez ce qui a changé, puis enregistrez de nouveau.',
  en: 'Somebody else changed this file since you opened it. Nothing was saved: read what changed, then save again.',
});

/** What is asked is not possible in the file's present state. */
export const fileIsElsewhere = defineError('portfolio.file-is-in-another-state', 'conflict', {
  fr: 'Ce n’est pas possible dans l’état présent du dossier. Rechargez sa page pour voir où il en est.',
  en: 'This is not possible in the present state of the file. Reload its page to see where it stands.',
});

/** A baseline was decided by somebody else in between. */
export const baselineIsDecided = defineError('portfolio.baseline-is-decided', 'conflict', {
  fr: 'Une décision a déjà été prise sur cette référence. Rechargez la page pour la lire.',
  en: 'This baseline was decided on already. Reload the page to read the decision.',
});

/** One proposed baseline at a time. */
export const baselineIsWaiting = defineError('portfolio.baseline-is-waiting', 'conflict', {
  fr: 'Une nouvelle référence attend déjà une décision pour ce dossier.',
  en: 'A new baseline already waits for a decision on this file.',
});

/** Nobody approves what they proposed. */
export const ownBaseline = defineError('portfolio.baseline-by-its-author', 'forbidden', {
  fr: 'Vous avez proposé cette référence\u00A0: quelqu’un d’autre doit décider.',
  en: 'You proposed this baseline: somebody else must decide.',
});

/** A file is submitted with its cost table. */
export const fileHasNoCost = defineError('portfolio.file-has-no-cost', 'unprocessable', {
  fr: 'Remplissez d’abord le tableau des coûts\u00A0: un dossier est remis avec son coût complet.',
  en: 'Fill in the cost table first: a file is submitted with its full cost.',
});

/** A file that holds no cost table, or too large a one. */
export const costTableUnreadable = defineError('portfolio.cost-table-unreadable', 'invalid', {
  fr: 'Ce fichier ne se lit pas comme un tableau des coûts. Envoyez un CSV de 1\u00A0Mo au plus, avec ses six colonnes.',
  en: 'This file cannot be read as a cost table. Send a CSV of 1 MB at most, with its six columns.',
});
