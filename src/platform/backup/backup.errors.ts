// What can go wrong with a backup or a restore, in words that say what to do.
import { defineError } from '../errors.ts';

/** The file to write exists: a backup never replaces another. */
export const backupExists = defineError<[file: string]>('backup-exists', 'conflict', {
  fr: (file) => `Le fichier ${file} existe déjà. Donnez un autre nom.`,
  en: (file) => `The file ${file} exists already. Give another name.`,
});

/** The backup could not be written. */
export const backupNotWritten = defineError<[file: string]>('backup-not-written', 'unavailable', {
  fr: (file) =>
    `La sauvegarde ${file} n’a pas pu être écrite ; rien n’en reste. Vérifiez la place et les droits du dossier.`,
  en: (file) =>
    `The backup ${file} could not be written; nothing of it is left. Check the folder’s space and rights.`,
});

/** There is no such file, or it cannot be read. */
export const backupUnreadable = defineError<[file: string]>('backup-unreadable', 'invalid', {
  fr: (file) => `Le fichier ${file} ne peut pas être lu.`,
  en: (file) => `The file ${file} cannot be read.`,
});

/** The file is no backup, or was cut or changed. */
export const backupDamaged = defineError<[file: string]>('backup-damaged', 'invalid', {
  fr: (file) => `Le fichier ${file} n’est pas une sauvegarde entière de Socle. Rien n’a été restauré.`,
  en: (file) => `The file ${file} is not a whole backup of Socle. Nothing was restored.`,
});

/** The backup comes from a newer version of Socle. */
export const backupTooNew = defineError<[version: string, name: string]>('backup-too-new', 'conflict', {
  fr: (version, name) =>
    `Cette sauvegarde vient de Socle ${version} et cette version ne sait pas la lire (${name}). Restaurez-la avec la version d’origine. Rien n’a été restauré.`,
  en: (version, name) =>
    `This backup comes from Socle ${version} and this version cannot read it (${name}). Restore it with the original version. Nothing was restored.`,
});

/** The target holds data. */
export const targetNotEmpty = defineError('backup-target-not-empty', 'conflict', {
  fr: 'Cette base contient déjà des données de Socle. Restaurez dans un dossier SOCLE_DATA vide ou une base DATABASE_URL vide. Rien n’a été restauré.',
  en: 'This database already holds data of Socle. Restore into an empty SOCLE_DATA folder or an empty DATABASE_URL database. Nothing was restored.',
});

/** What was loaded is not what was saved. */
export const restoreDiffers = defineError<[table: string]>('backup-restore-differs', 'conflict', {
  fr: (table) => `La table ${table} ne correspond pas à la sauvegarde. Rien n’a été restauré.`,
  en: (table) => `The table ${table} does not match the backup. Nothing was restored.`,
});
