// The portfolio's refusals: each has a stable code and a sentence that says what to do, in both languages.
import { defineError } from '#platform/errors.ts';

/** The file is larger than an import takes. */
export const fileTooLarge = defineError<[megabytes: number]>('portfolio.file-too-large', 'too-large', {
  fr: (mb) => `Le fichier dépasse ${mb} Mo. Rien n’a été importé : un panorama publié pèse moins de 1 Mo.`,
  en: (mb) => `The file is larger than ${mb} MB. Nothing was imported: a published panorama is under 1 MB.`,
});

/** The file has more rows than an import takes. */
export const tooManyRows = defineError<[rows: number]>('portfolio.too-many-rows', 'too-large', {
  fr: (rows) => `Le fichier a plus de ${rows} lignes. Rien n’a été importé.`,
  en: (rows) => `The file has more than ${rows} rows. Nothing was imported.`,
});

/** A cell or a row is longer than any real one: most often a quote that is never closed. */
export const cellTooLong = defineError<[line: number, characters: number]>(
  'portfolio.cell-too-long',
  'unprocessable',
  {
    fr: (line, characters) =>
      `À partir de la ligne ${line}, une cellule dépasse ${characters} caractères : un guillemet n’est sans doute pas fermé. Rien n’a été importé.`,
    en: (line, characters) =>
      `From line ${line} on, a cell has more than ${characters} characters: a quote is probably not closed. Nothing was imported.`,
  },
);

/** There is no such file, or it cannot be opened. */
export const fileMissing = defineError<[path: string]>('portfolio.file-missing', 'not-found', {
  fr: (path) => `Le fichier ${path} n’existe pas ou ne peut pas être lu.`,
  en: (path) => `The file ${path} does not exist or cannot be read.`,
});

/** The file holds nothing. */
export const fileEmpty = defineError('portfolio.file-empty', 'unprocessable', {
  fr: 'Le fichier est vide. Rien n’a été importé.',
  en: 'The file is empty. Nothing was imported.',
});

/** The file has its header and no row, or none that can be kept. */
export const noRows = defineError('portfolio.no-rows', 'unprocessable', {
  fr: 'Le fichier ne contient aucune ligne de projet lisible. Rien n’a été importé.',
  en: 'The file holds no readable project row. Nothing was imported.',
});

/** The bytes are not UTF-8 text. */
export const notUtf8 = defineError('portfolio.not-utf8', 'unprocessable', {
  fr: 'Le fichier n’est pas en UTF-8. Enregistrez-le au format « CSV UTF-8 », puis recommencez. Rien n’a été importé.',
  en: 'The file is not UTF-8. Save it as “CSV UTF-8”, then try again. Nothing was imported.',
});

/** The file is no text at all. */
export const notText = defineError('portfolio.not-text', 'unprocessable', {
  fr: 'Ce n’est pas un fichier CSV (contenu binaire). Exportez le tableau au format « CSV UTF-8 », puis recommencez. Rien n’a été importé.',
  en: 'This is no CSV file (binary content). Export the table as “CSV UTF-8”, then try again. Nothing was imported.',
});

/** The columns are those of another table. */
export const otherTable = defineError<[missing: string]>('portfolio.other-table', 'unprocessable', {
  fr: (missing) =>
    `Ce n’est pas le tableau attendu : il manque la ou les colonnes ${missing}. Rien n’a été importé.`,
  en: (missing) =>
    `This is not the expected table: these columns are missing: ${missing}. Nothing was imported.`,
});

/** A column stands there twice, so that its values could not be told apart. */
export const columnTwice = defineError<[column: string]>('portfolio.column-twice', 'unprocessable', {
  fr: (column) => `La colonne ${column} figure deux fois. Rien n’a été importé.`,
  en: (column) => `The column ${column} is there twice. Nothing was imported.`,
});

/** The file stops in the middle of a row. */
export const fileCut = defineError<[line: number]>('portfolio.file-cut', 'unprocessable', {
  fr: (line) =>
    `Le fichier semble coupé : la dernière ligne (ligne ${line}) est incomplète. Récupérez-le en entier, puis recommencez. Rien n’a été importé.`,
  en: (line) =>
    `The file seems to be cut: its last row (line ${line}) is incomplete. Get the whole file, then try again. Nothing was imported.`,
});

/** A row has more or fewer cells than the header. */
export const wrongCells = defineError<[line: number, cells: number, expected: number]>(
  'portfolio.wrong-cells',
  'unprocessable',
  {
    fr: (line, cells, expected) =>
      `Ligne ${line} : ${cells} cellules au lieu de ${expected}. Corrigez cette ligne, puis recommencez. Rien n’a été importé.`,
    en: (line, cells, expected) =>
      `Line ${line}: ${cells} cells instead of ${expected}. Correct this line, then try again. Nothing was imported.`,
  },
);

/** The CSV's quotes do not fit. */
export const brokenCsv = defineError<[line: number]>('portfolio.broken-csv', 'unprocessable', {
  fr: (line) =>
    `Ligne ${line} : les guillemets sont mal placés, le fichier CSV ne peut pas être lu. Rien n’a été importé.`,
  en: (line) =>
    `Line ${line}: the quotes are misplaced, so the CSV file cannot be read. Nothing was imported.`,
});

/** The month given for the edition is no month. */
export const wrongMonth = defineError<[month: string]>('portfolio.wrong-month', 'invalid', {
  fr: (month) => `L’édition « ${month} » n’est pas un mois. Écrivez-la AAAA-MM, par exemple 2016-11.`,
  en: (month) => `The edition “${month}” is not a month. Write it YYYY-MM, such as 2016-11.`,
});

/** The edition's month has not come yet. */
export const futureMonth = defineError<[month: string]>('portfolio.future-month', 'invalid', {
  fr: (month) => `L’édition ${month} est dans le futur. Vérifiez le mois.`,
  en: (month) => `The edition ${month} is in the future. Check the month.`,
});

/** The published table does not name its edition, and the caller did not either. */
export const monthNeeded = defineError('portfolio.month-needed', 'invalid', {
  fr: 'Ce tableau ne dit pas de quelle édition il est. Indiquez-la : --edition AAAA-MM.',
  en: 'This table does not say which edition it is. Give it: --edition YYYY-MM.',
});

/** The file holds several editions, and not the one asked for. */
export const editionNotInFile = defineError<[month: string, held: string]>(
  'portfolio.edition-not-in-file',
  'invalid',
  {
    fr: (month, held) => `Le fichier ne contient pas l’édition ${month}. Il contient : ${held}.`,
    en: (month, held) => `The file does not hold the edition ${month}. It holds: ${held}.`,
  },
);

/** Another file of that edition is held already; snapshots are never replaced. */
export const editionHeld = defineError<[month: string, source: string]>(
  'portfolio.edition-held',
  'conflict',
  {
    fr: (month, source) =>
      `L’édition ${month} est déjà enregistrée, d’après ${source}, avec d’autres valeurs. Une édition enregistrée ne se remplace pas : rien n’a changé.`,
    en: (month, source) =>
      `The edition ${month} is already held, from ${source}, with other values. An edition that is held is never replaced: nothing changed.`,
  },
);

/** Other declared figures are held for that month. */
export const figuresHeld = defineError<[month: string]>('portfolio.figures-held', 'conflict', {
  fr: (month) => `D’autres chiffres publiés sont déjà enregistrés pour ${month}. Rien n’a changé.`,
  en: (month) => `Other published figures are already held for ${month}. Nothing changed.`,
});

/** The threshold of `--accept-above` is no score. */
export const wrongThreshold = defineError('portfolio.wrong-threshold', 'invalid', {
  fr: 'Le seuil d’acceptation est un nombre entre 0,5 et 1.',
  en: 'The acceptance threshold is a number between 0.5 and 1.',
});

/** There is no such proposal. */
export const matchMissing = defineError<[id: number | string]>('portfolio.match-missing', 'not-found', {
  fr: (id) => `La proposition ${id} n’existe pas.`,
  en: (id) => `The proposal ${id} does not exist.`,
});

/** Someone decided before; the decision must be undone first. */
export const matchDecided = defineError('portfolio.match-decided', 'conflict', {
  fr: 'Cette proposition a déjà été décidée. Annulez d’abord la décision.',
  en: 'This proposal has already been decided. Undo that decision first.',
});

/** Nothing to undo. */
export const matchWaiting = defineError('portfolio.match-waiting', 'conflict', {
  fr: 'Cette proposition n’a pas encore été décidée : il n’y a rien à annuler.',
  en: 'This proposal has not been decided yet: there is nothing to undo.',
});

/** The project was merged by another proposal. */
export const alreadyMerged = defineError<[name: string]>('portfolio.already-merged', 'conflict', {
  fr: (name) => `« ${name} » est déjà rattaché à un autre projet. Annulez d’abord ce rattachement.`,
  en: (name) => `“${name}” is already part of another project. Undo that match first.`,
});

/** One edition holds both, so they cannot be one project. */
export const bothInEdition = defineError<[months: string]>('portfolio.both-in-edition', 'conflict', {
  fr: (months) =>
    `Les deux projets figurent dans la même édition (${months}) : ils ne peuvent pas n’en faire qu’un.`,
  en: (months) => `Both projects are in the same edition (${months}): they cannot be one.`,
});

/** The file of an import that was asked for is no longer there. */
export const uploadGone = defineError('portfolio.upload-gone', 'not-found', {
  fr: 'Le fichier envoyé n’est plus disponible. Envoyez-le de nouveau.',
  en: 'The file that was sent is no longer there. Send it again.',
});

/** A command's argument that must be a proposal's number is none. */
export const wrongNumber = defineError<[text: string]>('portfolio.wrong-number', 'invalid', {
  fr: (text) => `« ${text} » n’est pas le numéro d’une proposition. La commande « matches list » les donne.`,
  en: (text) => `“${text}” is not the number of a proposal. The command “matches list” gives them.`,
});

/** The form with the file arrived broken or cut. */
export const uploadBroken = defineError('portfolio.upload-broken', 'invalid', {
  fr: 'L’envoi est arrivé incomplet ou mal formé. Recommencez ; rien n’a été importé.',
  en: 'The upload arrived incomplete or malformed. Try again; nothing was imported.',
});
