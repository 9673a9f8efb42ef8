// The words of the doctor, in both languages: what was found, and how to mend it. No check is made here.
import type { Translated } from '../i18n/locale.ts';

const both = (fr: string, en: string): Translated => ({ fr, en });
const trouble = (found: Translated, mend: Translated) => ({ found, mend });

const MEND_NODE = both(
  'Lancez « npm start » ou « npx socle » depuis le dossier de Socle : ils prennent le Node qui y est installé.',
  'Run "npm start" or "npx socle" from the folder of Socle: they take the Node that is installed there.',
);
const MEND_RIGHTS = both(
  'Donnez-le au compte qui lance Socle (chown), ou donnez un autre dossier dans SOCLE_DATA.',
  'Give it to the account that starts Socle (chown), or name another folder in SOCLE_DATA.',
);
const MEND_CLOCK = both(
  'Réglez l’horloge de la machine sur un serveur de temps (NTP).',
  'Set the machine’s clock from a time server (NTP).',
);
const MEND_PORT = both('Donnez un autre port dans PORT.', 'Name another port in PORT.');

/** Every sentence that `diagnose` may say. */
export const doctorWords = {
  node: (version: string) => both(`Node ${version} convient.`, `Node ${version} fits.`),
  oldNode: (version: string, least: number) =>
    trouble(
      both(
        `Node ${version} est trop ancien : il faut ${least}.`,
        `Node ${version} is too old: ${least} is needed.`,
      ),
      MEND_NODE,
    ),
  binaries: (major: number) => both(`PostgreSQL ${major} est installé.`, `PostgreSQL ${major} is installed.`),
  noBinaries: (platform: string) =>
    trouble(
      both(`PostgreSQL n’est pas installé pour ${platform}.`, `PostgreSQL is not installed for ${platform}.`),
      both(
        'Lancez « npm ci » sans --omit=optional, ou donnez un serveur dans DATABASE_URL.',
        'Run "npm ci" without --omit=optional, or name a server in DATABASE_URL.',
      ),
    ),
  folder: (folder: string) =>
    both(`Le dossier ${folder} peut être écrit.`, `The folder ${folder} can be written.`),
  folderAbsent: (folder: string) =>
    both(
      `Le dossier ${folder} sera créé au premier démarrage.`,
      `The folder ${folder} will be made at the first start.`,
    ),
  folderNotWritable: (folder: string) =>
    trouble(
      both(`Impossible d’écrire dans le dossier ${folder}.`, `The folder ${folder} cannot be written.`),
      MEND_RIGHTS,
    ),
  folderOpen: (folder: string) =>
    trouble(
      both(`Tous les comptes peuvent écrire dans ${folder}.`, `Every account can write to ${folder}.`),
      both(`Lancez : chmod 700 ${folder}`, `Run: chmod 700 ${folder}`),
    ),
  space: (megabytes: number) => both(`Il reste ${megabytes} Mo.`, `${megabytes} MB are free.`),
  littleSpace: (folder: string, megabytes: number) =>
    trouble(
      both(
        `Il ne reste que ${megabytes} Mo sur le disque de ${folder}.`,
        `Only ${megabytes} MB are free for ${folder}.`,
      ),
      both('Libérez au moins 1 Go.', 'Free at least 1 GB.'),
    ),
  notRunning: both('Aucun serveur ne tourne sur ce dossier.', 'No server is running on this folder.'),
  running: (pid: number, url: string | null) =>
    both(
      `Le serveur tourne (processus ${pid}${url ? `, ${url}` : ''}).`,
      `The server is running (process ${pid}${url ? `, ${url}` : ''}).`,
    ),
  commandRunning: (pid: number) =>
    both(
      `Une commande utilise le dossier (processus ${pid}).`,
      `A command is using the folder (process ${pid}).`,
    ),
  database: (version: string) => both(`PostgreSQL ${version} répond.`, `PostgreSQL ${version} answers.`),
  mendServer: both(
    'Vérifiez DATABASE_URL et le serveur ; avec la base embarquée, relancez Socle.',
    'Check DATABASE_URL and the server; with the embedded database, start Socle again.',
  ),
  noCluster: both(
    'La base sera créée au premier démarrage.',
    'The database will be made at the first start.',
  ),
  restingCluster: (version: string) =>
    both(
      `La base (PostgreSQL ${version}) est à l’arrêt.`,
      `The database (PostgreSQL ${version}) is at rest.`,
    ),
  brokenCluster: (folder: string) =>
    trouble(
      both(
        `Le dossier ${folder} ne contient pas de base complète.`,
        `The folder ${folder} holds no whole database.`,
      ),
      both('Déplacez-le, puis restaurez une sauvegarde.', 'Move it away, then restore a backup.'),
    ),
  otherVersion: (found: string, expected: number) =>
    trouble(
      both(
        `La base est de PostgreSQL ${found} ; cette version apporte PostgreSQL ${expected}.`,
        `The database is of PostgreSQL ${found}; this version brings PostgreSQL ${expected}.`,
      ),
      both(
        'Faites une sauvegarde avec l’ancienne version de Socle, puis restaurez-la dans un dossier vide.',
        'Make a backup with the former version of Socle, then restore it into an empty folder.',
      ),
    ),
  migrations: (count: number) =>
    both(`Les ${count} migrations sont appliquées.`, `All ${count} migrations are applied.`),
  pendingMigrations: (count: number) =>
    both(
      `${count} migrations seront appliquées au prochain démarrage.`,
      `${count} migrations will be applied at the next start.`,
    ),
  changedMigration: (name: string) =>
    trouble(
      both(`La migration ${name} a été modifiée.`, `The migration ${name} was changed.`),
      both('Remettez le fichier d’origine (git checkout).', 'Put the original file back (git checkout).'),
    ),
  missingMigration: (name: string) =>
    trouble(
      both(`La base est plus récente que Socle (${name}).`, `The database is newer than Socle (${name}).`),
      both('Lancez la version de Socle qui l’a écrite.', 'Start the version of Socle that wrote it.'),
    ),
  key: (name: string) => both(`La clé ${name} est en place.`, `The key ${name} is in place.`),
  keyToCome: (name: string) =>
    both(
      `La clé ${name} sera créée au premier démarrage.`,
      `The key ${name} will be made at the first start.`,
    ),
  missingKey: (path: string) =>
    trouble(
      both(`La clé ${path} manque.`, `The key ${path} is missing.`),
      both(
        'Reprenez-la d’une sauvegarde : une nouvelle clé ne relit ni les sessions ni les secrets scellés, et le journal change de signataire.',
        'Take it from a backup: a new key reads neither sessions nor sealed secrets, and the ledger changes its signer.',
      ),
    ),
  unreadableKey: (path: string) =>
    trouble(both(`La clé ${path} ne peut pas être lue.`, `The key ${path} cannot be read.`), MEND_RIGHTS),
  openKey: (path: string) =>
    trouble(
      both(`D’autres comptes peuvent lire la clé ${path}.`, `Other accounts can read the key ${path}.`),
      both(`Lancez : chmod 600 ${path}`, `Run: chmod 600 ${path}`),
    ),
  clock: both('L’horloge est cohérente.', 'The clock makes sense.'),
  clockBehind: (moment: string) =>
    trouble(both(`L’horloge retarde (${moment}).`, `The clock is behind (${moment}).`), MEND_CLOCK),
  clocksDiffer: (seconds: number) =>
    trouble(
      both(
        `Les horloges de la machine et de la base diffèrent de ${seconds} s.`,
        `The clocks of the machine and of the database differ by ${seconds} s.`,
      ),
      MEND_CLOCK,
    ),
  portOurs: both('Le port est celui du serveur qui tourne.', 'The port is that of the running server.'),
  portFree: (port: number) => both(`Le port ${port} est libre.`, `The port ${port} is free.`),
  portTaken: (port: number) =>
    trouble(
      both(`Un autre programme occupe le port ${port}.`, `Another program has the port ${port}.`),
      MEND_PORT,
    ),
  portForbidden: (port: number) =>
    trouble(
      both(`Ce compte ne peut pas ouvrir le port ${port}.`, `This account may not open the port ${port}.`),
      both(
        'Donnez dans PORT un port supérieur à 1023, derrière un serveur mandataire.',
        'Name a port above 1023 in PORT, behind a proxy.',
      ),
    ),
  hostWrong: (host: string, code: string) =>
    trouble(
      both(
        `L’adresse d’écoute ${host} ne peut pas être prise (${code}).`,
        `The address ${host} cannot be listened on (${code}).`,
      ),
      both('Corrigez SOCLE_HOST.', 'Correct SOCLE_HOST.'),
    ),
};
