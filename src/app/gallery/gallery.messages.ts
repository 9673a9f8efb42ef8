// The words of the gallery's frame, in both languages. Each group of examples has its own.
import { defineMessages } from '#platform/i18n/locale.ts';

/** Reads the gallery's words in a language. */
export const galleryMessages = defineMessages('gallery', {
  fr: {
    title: 'Composants d’interface',
    lead: 'Tout ce dont les pages de Socle sont faites, dans chacun de ses états. Chaque composant se lit au clavier, au lecteur d’écran et sans JavaScript, en clair comme en sombre.',
    contents: 'Sur cette page',
    groups: {
      text: 'Textes',
      actions: 'Actions',
      fields: 'Champs de formulaire',
      errors: 'Erreurs et annonces',
      figures: 'Chiffres',
      lists: 'Listes et tableaux',
      reading: 'Lecture',
      charts: 'Graphiques',
    },
  },
  en: {
    title: 'Interface components',
    lead: 'Everything that the pages of Socle are made of, in each of its states. Every component works with a keyboard, with a screen reader and without JavaScript, in light and in dark.',
    contents: 'On this page',
    groups: {
      text: 'Text',
      actions: 'Actions',
      fields: 'Form fields',
      errors: 'Errors and news',
      figures: 'Figures',
      lists: 'Lists and tables',
      reading: 'Reading',
      charts: 'Charts',
    },
  },
});
