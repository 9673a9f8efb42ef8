// What an import says of itself, on its job's page and in the terminal.
import { defineMessages } from '#platform/i18n/locale.ts';

interface Counts {
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  readonly matched: number;
  readonly proposed: number;
  readonly accepted: number;
  readonly leftOut: readonly unknown[];
}

/** The words of imports. */
export const importMessages = defineMessages('portfolio-import', {
  fr: {
    imported: (c: Counts) =>
      `${c.read} lignes lues : ${c.written} enregistrées, ${c.unchanged} inchangées, ${c.leftOut.length} éléments écartés. ` +
      `${c.matched} projets reconnus, ${c.accepted} rapprochements acceptés, ${c.proposed} à décider.`,
    wouldImport: (c: Counts) =>
      `Essai, rien n’a été enregistré. ${c.read} lignes lues : ${c.written} seraient enregistrées, ${c.unchanged} sont inchangées, ` +
      `${c.leftOut.length} éléments écartés. ${c.matched} projets reconnus, ${c.accepted} rapprochements acceptés, ${c.proposed} à décider.`,
    leftOutLine: (where: string, reason: string) => `Écarté, ${where} : ${reason}`,
    read: 'Lignes lues',
    written: 'Lignes enregistrées',
    unchanged: 'Lignes inchangées',
    matched: 'Projets reconnus',
    proposed: 'Rapprochements à décider',
    leftOut: 'Écarté',
    open: 'Voir le panorama',
    decide: 'Décider des rapprochements proposés',
  },
  en: {
    imported: (c: Counts) =>
      `${c.read} rows read: ${c.written} written, ${c.unchanged} unchanged, ${c.leftOut.length} left out. ` +
      `${c.matched} projects recognised, ${c.accepted} matches accepted, ${c.proposed} to decide.`,
    wouldImport: (c: Counts) =>
      `Dry run, nothing was written. ${c.read} rows read: ${c.written} would be written, ${c.unchanged} are unchanged, ` +
      `${c.leftOut.length} left out. ${c.matched} projects recognised, ${c.accepted} matches accepted, ${c.proposed} to decide.`,
    leftOutLine: (where: string, reason: string) => `Left out, ${where}: ${reason}`,
    read: 'Rows read',
    written: 'Rows written',
    unchanged: 'Rows unchanged',
    matched: 'Projects recognised',
    proposed: 'Matches to decide',
    leftOut: 'Left out',
    open: 'Open the panorama',
    decide: 'Decide the proposed matches',
  },
});
