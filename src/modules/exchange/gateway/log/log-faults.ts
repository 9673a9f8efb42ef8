// What can be wrong with a gateway's log or a producer's slice of it, in words. What of it applies is decided by the verifiers.
import type { Translated } from '#platform/i18n/locale.ts';

/** The sentences, each in both languages. */
export const LOG_FAULTS = {
  noVerifier: {
    fr: 'La clé de vérification du journal manque ou n’en est pas une : indiquez-la avec --key.',
    en: 'The verifier key of the log is missing or is none: give it with --key.',
  },
  otherKey: {
    fr: 'Le journal est signé par une autre clé que celle indiquée.',
    en: 'The log is signed with another key than the one given.',
  },
  checkpoint: {
    fr: 'Le point de contrôle manque, ou n’est pas signé par la clé du journal.',
    en: 'The checkpoint is missing, or is not signed with the log’s key.',
  },
  keptCheckpoint: {
    fr: 'Le point de contrôle que vous avez gardé n’est pas signé par la clé de ce journal.',
    en: 'The checkpoint that you kept is not signed with this log’s key.',
  },
  shorter: {
    fr: 'Le journal est plus court que le point de contrôle que vous avez gardé : sa fin a été retirée.',
    en: 'The log is shorter than the checkpoint that you kept: its end was removed.',
  },
  fork: {
    fr: 'Le journal ne prolonge pas le point de contrôle que vous avez gardé : ce qui précède a été réécrit.',
    en: 'The log does not extend the checkpoint that you kept: what came before was rewritten.',
  },
  otherCheckpoint: {
    fr: 'La tranche a été faite à un autre point de contrôle que celui que vous avez gardé : seules les tuiles du journal permettent de comparer les deux.',
    en: 'The slice was made at another checkpoint than the one that you kept: the tiles of the log alone allow to compare both.',
  },
  root: {
    fr: 'Les empreintes des tuiles ne donnent pas la racine signée : une tuile a été modifiée.',
    en: 'The hashes of the tiles do not give the signed root: a tile was changed.',
  },
  noTile: (path: string): Translated => ({
    fr: `La tuile ${path} manque ou est trop courte.`,
    en: `The tile ${path} is missing or too short.`,
  }),
  tile: (path: string): Translated => ({
    fr: `La tuile ${path} ne contient pas les empreintes attendues.`,
    en: `The tile ${path} does not hold the hashes expected.`,
  }),
  strange: (path: string): Translated => ({
    fr: `Le fichier ${path} n’est pas celui d’un journal.`,
    en: `The file ${path} is none of a log’s.`,
  }),
  entry: {
    fr: 'L’entrée n’est pas celle qui a été inscrite.',
    en: 'The entry is not the one that was recorded.',
  },
  chain: {
    fr: 'L’entrée ne suit pas la précédente du même fournisseur : une entrée manque, a été ajoutée ou modifiée.',
    en: 'The entry does not follow the one before it of the same producer: an entry is missing, was added or changed.',
  },
  head: (producer: string): Translated => ({
    fr: `La fin de chaîne du fournisseur ${producer || '(aucun)'} n’est pas signée par la clé du journal, ou ne dit pas ce qu’il contient.`,
    en: `The end of the chain of producer ${producer || '(none)'} is not signed with the log’s key, or does not say what the log holds.`,
  }),
  noHeader: {
    fr: 'Le fichier n’est ni un export du registre, ni une tranche de journal : sa première ligne n’est pas l’en-tête attendu.',
    en: 'The file is neither an export of the ledger nor a slice of a log: its first line is not the header expected.',
  },
  line: {
    fr: 'La ligne n’est pas écrite comme un export l’écrit.',
    en: 'The line is not written as an export writes it.',
  },
  inclusion: {
    fr: 'La preuve d’inclusion de l’entrée manque, ou ne mène pas à la racine signée.',
    en: 'The inclusion proof of the entry is missing, or does not lead to the signed root.',
  },
  truncated: {
    fr: 'La tranche n’est pas complète : sa fin manque.',
    en: 'The slice is not whole: its end is missing.',
  },
} as const;
