// What can be wrong with a log, in words. Which of them applies is decided in verify.ts and verify-database.ts.
import type { Translated } from '../i18n/locale.ts';

const among = (first: number, last: number): Translated =>
  first === last
    ? { fr: `l’entrée ${first}`, en: `entry ${first}` }
    : { fr: `l’une des entrées ${first} à ${last}`, en: `one of the entries ${first} to ${last}` };

/** The sentences, each in both languages. */
export const FAULTS = {
  noHeader: {
    fr: 'Le fichier n’est pas un export du registre : sa première ligne n’est pas l’en-tête attendu.',
    en: 'The file is no export of the ledger: its first line is not the header expected.',
  },
  otherKey: {
    fr: 'Le registre est signé par une autre clé que celle indiquée.',
    en: 'The ledger is signed with another key than the one given.',
  },
  keptSignature: {
    fr: 'Le point de contrôle que vous avez gardé n’est pas signé par la clé de ce registre.',
    en: 'The checkpoint that you kept is not signed with this ledger’s key.',
  },
  badLine: {
    fr: 'La ligne n’est pas écrite comme un export l’écrit.',
    en: 'The line is not written as an export writes it.',
  },
  order: {
    fr: 'L’entrée n’est pas à sa place : une entrée manque, a été ajoutée ou déplacée.',
    en: 'The entry is not in its place: an entry is missing, was added or was moved.',
  },
  data: {
    fr: 'Le contenu de l’entrée n’est pas celui qui a été inscrit.',
    en: 'The content of the entry is not what was recorded.',
  },
  fields: {
    fr: 'La date, la nature, le sujet, l’auteur ou l’empreinte de l’entrée n’est pas ce qui a été inscrit.',
    en: 'The date, kind, subject, author or hash of the entry is not what was recorded.',
  },
  erasedSilently: {
    fr: 'Le contenu de l’entrée a disparu sans qu’aucune entrée n’enregistre son effacement.',
    en: 'The content of the entry is gone, and no entry records that it was erased.',
  },
  unsigned: {
    fr: 'Des entrées ne sont couvertes par aucun point de contrôle signé : la fin du registre manque.',
    en: 'Entries are covered by no signed checkpoint: the end of the ledger is missing.',
  },
  shorter: {
    fr: 'Le registre est plus court que le point de contrôle que vous avez gardé : sa fin a été retirée.',
    en: 'The ledger is shorter than the checkpoint that you kept: its end was removed.',
  },
  storedHash: {
    fr: 'Une empreinte gardée dans la base n’est pas celle des entrées qu’elle résume : des preuves seraient fausses.',
    en: 'A hash kept in the database is not that of the entries that it sums up: proofs would be false.',
  },
  signature: (size: number): Translated => ({
    fr: `Le point de contrôle de ${size} entrées n’est pas signé par la clé du registre.`,
    en: `The checkpoint of ${size} entries is not signed with the ledger’s key.`,
  }),
  checkpointPlace: (size: number): Translated => ({
    fr: `Le point de contrôle de ${size} entrées n’est pas à sa place.`,
    en: `The checkpoint of ${size} entries is not in its place.`,
  }),
  checkpointRow: (size: number): Translated => ({
    fr: `La ligne du point de contrôle de ${size} entrées ne dit pas ce qui a été signé.`,
    en: `The row of the checkpoint of ${size} entries does not say what was signed.`,
  }),
  root: (first: number, last: number): Translated => ({
    fr: `Le point de contrôle suivant a signé autre chose : ${among(first, last).fr} a été modifiée avec son empreinte.`,
    en: `The next checkpoint signed something else: ${among(first, last).en} was changed together with its hash.`,
  }),
  fork: (first: number, last: number): Translated => ({
    fr: `Le registre ne prolonge pas le point de contrôle que vous avez gardé : ${among(first, last).fr} a été réécrite.`,
    en: `The ledger does not extend the checkpoint that you kept: ${among(first, last).en} was rewritten.`,
  }),
};
