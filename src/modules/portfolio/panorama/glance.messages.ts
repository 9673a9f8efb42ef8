// The portfolio's words on the home page and on desks.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words of the glance figure and of desk items. */
export const glanceMessages = defineMessages('portfolio-glance', {
  fr: {
    title: 'Grands projets numériques de l’État',
    explanation: (projects: string, unknown: number, month: string) =>
      `Coût total des ${projects} grands projets de l’édition de ${month}` +
      (unknown > 0 ? `, hors ${unknown} dont le coût n’est pas publié.` : '.'),
    published: (month: string) => `Panorama publié en ${month}, coûts déclarés par les ministères`,
    demonstration: 'État fictif de démonstration',
    link: 'Voir le panorama',
    matchWaiting: (name: string, candidate: string) => `« ${name} » est-il « ${candidate} » ?`,
    matchNote: (score: string, month: string) => `Ressemblance ${score}, édition de ${month}`,
    matchesMore: (count: number) => `${count} autres rapprochements de projets à décider`,
    matchesMoreNote: 'Changements de nom entre éditions',
    newEdition: (month: string) => `Édition de ${month} du panorama enregistrée`,
    newEditionNote: (rows: number) => `${rows} projets`,
  },
  en: {
    title: 'The State’s major digital projects',
    explanation: (projects: string, unknown: number, month: string) =>
      `Total cost of the ${projects} major projects of the ${month} edition` +
      (unknown > 0 ? `, without ${unknown} whose cost is not published.` : '.'),
    published: (month: string) => `Panorama published in ${month}, costs declared by the ministries`,
    demonstration: 'Fictitious demonstration State',
    link: 'Open the panorama',
    matchWaiting: (name: string, candidate: string) => `Is “${name}” the same as “${candidate}”?`,
    matchNote: (score: string, month: string) => `Likeness ${score}, edition of ${month}`,
    matchesMore: (count: number) => `${count} more project matches to decide`,
    matchesMoreNote: 'Names that changed between editions',
    newEdition: (month: string) => `The ${month} edition of the panorama was added`,
    newEditionNote: (rows: number) => `${rows} projects`,
  },
});
