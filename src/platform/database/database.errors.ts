// What can go wrong with the database, in words that say what to do. The raw text of PostgreSQL is the detail.
import { defineError } from '../errors.ts';

/** The disk of the data folder is full. */
export const diskFull = defineError<[folder: string]>('database-disk-full', 'unavailable', {
  fr: (folder) => `Le disque du dossier ${folder} est plein. Libérez de la place, puis recommencez.`,
  en: (folder) => `The disk of the folder ${folder} is full. Free some space, then try again.`,
});

/** The data folder was made by another major version of PostgreSQL. */
export const otherVersion = defineError<[folder: string, found: string, expected: number]>(
  'database-other-version',
  'conflict',
  {
    fr: (folder, found, expected) =>
      `Le dossier ${folder} appartient à PostgreSQL ${found} et cette version de Socle apporte PostgreSQL ${expected}. Restaurez-y une sauvegarde, ou donnez un autre dossier dans SOCLE_DATA.`,
    en: (folder, found, expected) =>
      `The folder ${folder} belongs to PostgreSQL ${found} and this version of Socle brings PostgreSQL ${expected}. Restore a backup, or name another folder in SOCLE_DATA.`,
  },
);

/** The folder holds something, but no whole database. */
export const notADatabase = defineError<[folder: string]>('database-not-a-database', 'conflict', {
  fr: (folder) =>
    `Le dossier ${folder} existe mais ne contient pas de base complète. Déplacez-le, ou donnez un autre dossier dans SOCLE_DATA.`,
  en: (folder) =>
    `The folder ${folder} exists but holds no whole database. Move it away, or name another folder in SOCLE_DATA.`,
});

/** The data folder cannot be written. */
export const folderNotWritable = defineError<[folder: string]>(
  'database-folder-not-writable',
  'unavailable',
  {
    fr: (folder) =>
      `Impossible d’écrire dans le dossier ${folder}. Vérifiez ses droits, ou donnez-en un autre dans SOCLE_DATA.`,
    en: (folder) =>
      `The folder ${folder} cannot be written. Check its rights, or name another one in SOCLE_DATA.`,
  },
);

/** No PostgreSQL binaries are installed for this machine. */
export const noBinaries = defineError<[platform: string]>('database-no-binaries', 'unavailable', {
  fr: (platform) =>
    `PostgreSQL n’est pas installé pour ${platform}. Lancez « npm ci » (sans --omit=optional), ou donnez un serveur dans DATABASE_URL.`,
  en: (platform) =>
    `PostgreSQL is not installed for ${platform}. Run "npm ci" (without --omit=optional), or name a server in DATABASE_URL.`,
});

/** Started as root, and no unprivileged account can be taken. */
export const noUnprivilegedUser = defineError('database-no-unprivileged-user', 'unavailable', {
  fr: 'PostgreSQL refuse de tourner en root et aucun compte sans privilège n’a pu être pris. Lancez Socle avec un compte ordinaire, ou donnez un serveur dans DATABASE_URL.',
  en: 'PostgreSQL refuses to run as root and no unprivileged account could be taken. Start Socle from an ordinary account, or name a server in DATABASE_URL.',
});

/** The embedded server did not start, for a reason that has no sentence of its own. */
export const startFailed = defineError<[folder: string]>('database-start-failed', 'unavailable', {
  fr: (folder) =>
    `La base de données du dossier ${folder} n’a pas démarré. « npx socle doctor » cherche la cause.`,
  en: (folder) =>
    `The database of the folder ${folder} did not start. "npx socle doctor" looks for the cause.`,
});

/** Another server process still uses the folder and does not stop. */
export const leftoverServer = defineError<[folder: string, pid: number]>(
  'database-leftover-server',
  'conflict',
  {
    fr: (folder, pid) =>
      `Un ancien serveur PostgreSQL (processus ${pid}) utilise encore le dossier ${folder} et ne s’arrête pas. Arrêtez-le, puis recommencez.`,
    en: (folder, pid) =>
      `A former PostgreSQL server (process ${pid}) still uses the folder ${folder} and does not stop. Stop it, then try again.`,
  },
);

/** DATABASE_URL leads to a server that does not answer or refuses. */
export const serverUnreachable = defineError('database-unreachable', 'unavailable', {
  fr: 'Le serveur PostgreSQL ne répond pas ou refuse la connexion. Vérifiez l’adresse, le nom et le mot de passe de DATABASE_URL.',
  en: 'The PostgreSQL server does not answer or refuses the connection. Check address, name and password in DATABASE_URL.',
});

/** DATABASE_URL leads to a server older than Socle can use. */
export const serverTooOld = defineError<[found: string, least: number]>('database-too-old', 'unavailable', {
  fr: (found, least) =>
    `Le serveur de DATABASE_URL est PostgreSQL ${found} ; il faut la version ${least} ou une plus récente.`,
  en: (found, least) =>
    `The server of DATABASE_URL is PostgreSQL ${found}; version ${least} or newer is needed.`,
});

/** A server runs on this data folder already. */
export const alreadyRunning = defineError<[folder: string, pid: number, where: string | null]>(
  'installation-already-running',
  'conflict',
  {
    fr: (folder, pid, where) =>
      `Socle tourne déjà sur le dossier ${folder} (processus ${pid}${where ? `, ${where}` : ''}). Rien n’a été touché.`,
    en: (folder, pid, where) =>
      `Socle is already running on the folder ${folder} (process ${pid}${where ? `, ${where}` : ''}). Nothing was touched.`,
  },
);

/** Another command or a starting server keeps the data folder for longer than this one waits. */
export const folderBusy = defineError<[folder: string, pid: number]>('installation-folder-busy', 'conflict', {
  fr: (folder, pid) =>
    `Le processus ${pid} utilise le dossier ${folder} depuis trop longtemps. Recommencez quand il aura fini.`,
  en: (folder, pid) =>
    `Process ${pid} has been using the folder ${folder} for too long. Try again when it has finished.`,
});

/** The server that runs on this data folder uses another database than this command would. */
export const otherDatabase = defineError<[folder: string]>('installation-other-database', 'conflict', {
  fr: (folder) =>
    `Le serveur qui tourne sur le dossier ${folder} utilise une base donnée par DATABASE_URL. Donnez la même à cette commande.`,
  en: (folder) =>
    `The server that runs on the folder ${folder} uses a database named in DATABASE_URL. Give this command the same.`,
});

/** A migration that was applied has another content now. */
export const migrationChanged = defineError<[name: string]>('migration-changed', 'conflict', {
  fr: (name) =>
    `La migration ${name} a été modifiée après son application. Remettez le fichier d’origine et écrivez le changement dans une nouvelle migration.`,
  en: (name) =>
    `The migration ${name} was changed after it had been applied. Put the original file back and write the change as a new migration.`,
});

/** A migration that was applied is no longer there. */
export const migrationMissing = defineError<[name: string]>('migration-missing', 'conflict', {
  fr: (name) =>
    `La base a reçu la migration ${name}, que cette version de Socle ne connaît pas. Lancez une version qui la contient.`,
  en: (name) =>
    `The database has the migration ${name}, which this version of Socle does not know. Start a version that has it.`,
});

/** A migration failed; nothing of it was kept. */
export const migrationFailed = defineError<[name: string, reason: string]>(
  'migration-failed',
  'unavailable',
  {
    fr: (name, reason) => `La migration ${name} a échoué et rien n’en a été gardé : ${reason}`,
    en: (name, reason) => `The migration ${name} failed and nothing of it was kept: ${reason}`,
  },
);

/**
 * Finds the sentence for what `initdb`, `postgres` or the file system said while the database of `folder` was started.
 */
export function startErrorOf(raw: string, folder: string, cause?: unknown) {
  const more = { detail: raw.slice(-4_000), cause };
  if (/no space left on device|ENOSPC|disk quota exceeded|EDQUOT/i.test(raw)) return diskFull(more, folder);
  if (/EACCES|EPERM|EROFS|ENOTDIR|permission denied|read-only file system/i.test(raw))
    return folderNotWritable(more, folder);
  return startFailed(more, folder);
}

/** PostgreSQL's codes for text that it cannot hold, such as a NUL character: what was sent is at fault. */
export const UNSTORABLE_TEXT: ReadonlySet<string> = new Set(['22021', '22P05']);
