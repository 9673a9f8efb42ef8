// The words of an edition as a PDF that its page does not have, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words in `locale`. */
export const editionDocumentMessages = defineMessages('portfolio.edition-document', {
  fr: {
    author: 'Direction du numérique de l’État',
    footer: (month: string, page: number, pages: number) =>
      `Panorama des grands projets numériques, ${month}\u00A0– page ${page} sur ${pages}`,
    figure: 'Chiffre',
    value: 'Valeur',
    counts: 'Ce qui est compté',
    slippage: 'Dérive depuis la première référence',
    slippageOn: (day: string) =>
      `D’après les dossiers que tiennent les ministères, au ${day}. Une moyenne qui oublie les projets sortis flatte\u00A0: les deux sont données.`,
    slippageLater:
      'Les dossiers des projets disent la dérive d’aujourd’hui et non celle du mois de cette édition\u00A0: elle figure dans l’édition la plus récente.',
    byPhase: 'Par phase',
    projects: (count: string) => `Projets (${count})`,
    projectsOf: 'Durées et coûts tels que l’édition les publie.',
    gapsOf:
      'Les écarts sont ceux de la dernière estimation avec la première référence, là où elle est connue.',
    costGap: 'Écart de coût',
    scheduleGap: 'Écart de calendrier',
    cut: (shown: string, all: string) =>
      `Seules les ${shown} premières lignes sur ${all} figurent ici\u00A0; le fichier CSV de l’édition les donne toutes.`,
    definitions: 'Définitions et source',
    headlineDefinition: (version: string) =>
      `Version ${version}. Nombre\u00A0: lignes du tableau de l’édition. Coût total\u00A0: somme des coûts publiés, en millions d’euros\u00A0; un projet sans coût publié compte dans le nombre et pas dans le total. Durée moyenne prévue\u00A0: moyenne simple des durées publiées, chaque projet comptant une fois.`,
    digest: (sha256: string) => `Empreinte SHA-256 du fichier publié\u00A0: ${sha256}.`,
    allSlippage: 'Dérive de tous les projets dont la référence est connue',
  },
  en: {
    author: 'The State’s digital directorate',
    footer: (month: string, page: number, pages: number) =>
      `Panorama of major digital projects, ${month}\u00A0– page ${page} of ${pages}`,
    figure: 'Figure',
    value: 'Value',
    counts: 'What is counted',
    slippage: 'Slippage since the first baseline',
    slippageOn: (day: string) =>
      `From the files that the ministries keep, on ${day}. A mean that forgets the projects that left flatters: both are given.`,
    slippageLater:
      'The files of projects tell the slippage of today, not that of the month of this edition: it stands in the latest edition.',
    byPhase: 'By phase',
    projects: (count: string) => `Projects (${count})`,
    projectsOf: 'Durations and costs as the edition publishes them.',
    gapsOf: 'Gaps are those of the latest estimate against the first baseline, where one is known.',
    costGap: 'Cost gap',
    scheduleGap: 'Schedule gap',
    cut: (shown: string, all: string) =>
      `Only the first ${shown} rows of ${all} stand here; the CSV file of the edition has them all.`,
    definitions: 'Definitions and source',
    headlineDefinition: (version: string) =>
      `Version ${version}. Number: rows of the edition’s table. Total cost: sum of the published costs, in millions of euros; a project without a published cost counts in the number and not in the total. Mean planned duration: plain mean of the published durations, each project counting once.`,
    digest: (sha256: string) => `SHA-256 of the published file: ${sha256}.`,
    allSlippage: 'Slippage of all projects with a known baseline',
  },
});
