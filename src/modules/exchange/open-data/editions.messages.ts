// The words of the open data of accreditations, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

const fr = {
  room: 'Échanges de données',
  title: 'Habilitations en données ouvertes',
  lead: 'Qui est habilité à recevoir quelles données, pour quoi faire et sur quel fondement\u00A0: les habilitations en vigueur en production, sans aucune donnée personnelle.',
  current: 'En ce moment',
  currentLead: 'Ces fichiers disent ce qui est en vigueur à l’instant où vous les lisez.',
  editions: 'Éditions mensuelles',
  editionsLead:
    'Chaque édition dit ce qui était en vigueur au premier instant de son mois (UTC). Elle ne change plus jamais\u00A0: son empreinte SHA-256 est inscrite au registre de Socle.',
  month: 'Édition',
  count: 'Habilitations',
  frozenAt: 'Figée le',
  files: 'Fichiers',
  none: 'Aucune édition pour l’instant\u00A0: la première est figée dans la nuit qui vient.',
  download: (format: string, size: string) => `${format} (${size})`,
  bytes: (kilobytes: string) => `${kilobytes}\u00A0ko`,
  ofEdition: (month: string) => `édition de ${month}`,
  fingerprint: 'SHA-256',
  columns: 'Ce que contiennent les fichiers',
  columnsText:
    'Le fichier CSV a une ligne par habilitation et par API\u00A0: number, organisation, siret, api, api_name, producer, scopes (séparés par des espaces), purpose, legal_basis, valid_from, valid_until. Le fichier JSON dit la même chose, une habilitation à la fois.',
  dcat: 'Description DCAT du jeu de données (JSON-LD)',
  dataset: 'Habilitations aux API de l’État',
  frozenNow: (month: string) => `L’édition ${month} est figée.`,
  frozenBefore: (month: string) => `L’édition ${month} était déjà figée.`,
};

const en: typeof fr = {
  room: 'Data exchange',
  title: 'Accreditations as open data',
  lead: 'Who is accredited to receive which data, for what purpose and on what basis: the accreditations in force in production, without any personal data.',
  current: 'Right now',
  currentLead: 'These files say what is in force at the moment when you read them.',
  editions: 'Monthly editions',
  editionsLead:
    'Each edition says what was in force at the first moment of its month (UTC). It never changes again: its SHA-256 is in Socle’s ledger.',
  month: 'Edition',
  count: 'Accreditations',
  frozenAt: 'Frozen on',
  files: 'Files',
  none: 'No edition yet: the first is frozen tonight.',
  download: (format: string, size: string) => `${format} (${size})`,
  bytes: (kilobytes: string) => `${kilobytes}\u00A0kB`,
  ofEdition: (month: string) => `edition of ${month}`,
  fingerprint: 'SHA-256',
  columns: 'What the files hold',
  columnsText:
    'The CSV file has a line for each API of each accreditation: number, organisation, siret, api, api_name, producer, scopes (separated by spaces), purpose, legal_basis, valid_from, valid_until. The JSON file says the same, an accreditation at a time.',
  dcat: 'DCAT description of the dataset (JSON-LD)',
  dataset: 'Accreditations to the State’s APIs',
  frozenNow: (month: string) => `The edition ${month} is frozen.`,
  frozenBefore: (month: string) => `The edition ${month} was frozen already.`,
};

/** The words in `locale`. */
export const editionsMessages = defineMessages('exchange.open-data', { fr, en });
