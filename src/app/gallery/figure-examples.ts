// Figures and states: tags, origins, cards, progress.
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { sparkline } from '#ui/charts/sparkline.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import { FIGURE_ORIGINS, originLegend, originTag } from '#ui/components/origin-tag.ts';
import { progressBar } from '#ui/components/progress-bar.ts';
import { tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';

const messages = defineMessages('gallery.figures', {
  fr: {
    tag: 'Étiquette',
    tones: 'Chaque ton',
    tags: ['Cadrage', 'En consultation', 'En service', 'À surveiller', 'En retard'],
    longTag: 'Texte long',
    longTagText: 'En attente de l’avis de la conférence des directeurs du numérique',
    origin: 'Origine d’un chiffre',
    each: 'Chaque origine',
    legend: 'Légende',
    card: 'Carte de chiffre',
    cards: 'Côte à côte\u00A0: avec et sans tendance, les trois origines',
    projects: {
      title: 'Grands projets en cours',
      value: '46',
      explanation: 'Projets de plus de 9 millions d’euros, déclarés par douze ministères.',
      source: 'panorama, novembre 2024',
      link: 'Ouvrir le panorama',
    },
    calls: {
      title: 'Appels d’API servis en un mois',
      value: '1,4 Md',
      explanation: 'Échanges entre administrations qui ont évité une pièce justificative.',
      source: 'passerelles d’échange',
      link: 'Voir les échanges',
      trend: 'Douze mois de hausse, de 612 millions à 1,4 milliard',
    },
    demo: {
      title: 'Démarches essentielles en ligne',
      value: '87 %',
      explanation: 'Démarches que l’on peut achever sans se déplacer ni imprimer un document.',
      source: 'État fictif',
      link: 'Voir les démarches',
    },
    progress: 'Avancement',
    running: 'En cours',
    none: 'Rien de fait',
    done: 'Terminé',
    unknown: 'Total inconnu',
    import: 'Lecture du fichier',
  },
  en: {
    tag: 'Tag',
    tones: 'Each tone',
    tags: ['Scoping', 'Under review', 'In service', 'To watch', 'Late'],
    longTag: 'Long text',
    longTagText: 'Waiting for the opinion of the conference of digital directors',
    origin: 'Origin of a figure',
    each: 'Each origin',
    legend: 'Legend',
    card: 'Figure card',
    cards: 'Side by side: with and without a trend, the three origins',
    projects: {
      title: 'Major projects under way',
      value: '46',
      explanation: 'Projects of more than 9 million euros, declared by twelve ministries.',
      source: 'panorama, November 2024',
      link: 'Open the panorama',
    },
    calls: {
      title: 'API calls served in a month',
      value: '1.4 bn',
      explanation: 'Exchanges between administrations that spared someone a document.',
      source: 'exchange gateways',
      link: 'See the exchanges',
      trend: 'Twelve months of rise, from 612 million to 1.4 billion',
    },
    demo: {
      title: 'Essential procedures online',
      value: '87%',
      explanation: 'Procedures that can be completed without travelling or printing anything.',
      source: 'fictitious State',
      link: 'See the procedures',
    },
    progress: 'Progress',
    running: 'Under way',
    none: 'Nothing done',
    done: 'Finished',
    unknown: 'Total not known',
    import: 'Reading the file',
  },
});

const CALLS = [612, 655, 690, 734, 802, 861, 905, 986, 1070, 1164, 1283, 1402];

/** Figures and states. */
export function figureExamples(locale: Locale): Html {
  const words = messages(locale);
  const tones = ['neutral', 'info', 'good', 'warning', 'bad'] as const;
  return html`${component(
    words.tag,
    [
      {
        name: words.tones,
        example: tags(tones.map((tone, at) => tag({ tone, text: words.tags[at] ?? '' }))),
      },
      { name: words.longTag, example: tag({ tone: 'warning', text: words.longTagText }) },
    ],
    'sideBySide',
  )}
${component(
  words.origin,
  [
    { name: words.each, example: tags(FIGURE_ORIGINS.map((origin) => originTag(locale, origin))) },
    { name: words.legend, example: originLegend(locale) },
  ],
  'sideBySide',
)}
${component(words.card, [{ name: words.cards, example: cards(locale) }])}
${component(
  words.progress,
  [
    {
      name: words.running,
      example: progressBar({
        locale,
        id: 'progress-running',
        label: words.import,
        done: 6420,
        total: 10_000,
      }),
    },
    {
      name: words.none,
      example: progressBar({ locale, id: 'progress-none', label: words.import, done: 0, total: 10_000 }),
    },
    {
      name: words.done,
      example: progressBar({ locale, id: 'progress-done', label: words.import, done: 10_000, total: 10_000 }),
    },
    {
      name: words.unknown,
      example: progressBar({ locale, id: 'progress-unknown', label: words.import, done: 310, total: null }),
    },
  ],
  'sideBySide',
)}`;
}

function cards(locale: Locale): Html {
  const { projects, calls, demo } = messages(locale);
  const trend = sparkline({ values: CALLS, label: calls.trend });
  const link = (text: string) => ({ href: '#figures', text });
  return cardGrid([
    figureCard({ ...calls, locale, origin: 'measured', trend, link: link(calls.link) }),
    figureCard({ ...projects, locale, origin: 'declared', trend: null, link: link(projects.link) }),
    figureCard({ ...demo, locale, origin: 'demonstration', trend: null, link: link(demo.link) }),
  ]);
}
