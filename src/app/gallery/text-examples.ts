// Bare text, as pages write it: headings, paragraphs, lists, terms, code.
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { details } from '#ui/components/details.ts';
import { inset } from '#ui/components/inset.ts';
import { sourceNote } from '#ui/components/source-note.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';

const messages = defineMessages('gallery.text', {
  fr: {
    running: 'Texte courant',
    usual: 'Éléments nus',
    heading: 'Chaque écart a une cause connue',
    lead: 'Un chapeau dit l’essentiel en une ou deux phrases, un peu plus grandes que le reste.',
    paragraph: [
      'Le tableau de bord des grands projets rassemble ce que les ministères déclarent deux fois par an. Un ',
      'lien',
      ' mène à la source, et un terme comme ',
      ' garde sa forme exacte.',
    ],
    secondary: 'Un texte secondaire précise sans insister.',
    points: [
      'Le coût estimé, en millions d’euros.',
      'La durée prévue, en années.',
      'L’écart depuis le premier calendrier.',
    ],
    steps: ['Le ministère déclare le projet.', 'La direction rend son avis.', 'Le projet entre au panorama.'],
    term: 'Avis conforme',
    definition: 'Avis que le ministère doit suivre pour engager la dépense.',
    code: 'GET /api/v1/portfolio/projects?limit=20',
    inset: 'Mise en retrait',
    insetText: 'Le montant comprend l’investissement et deux ans de fonctionnement.',
    details: 'Contenu replié',
    closed: 'Fermé',
    open: 'Ouvert',
    summary: 'Comment la durée est-elle comptée\u00A0?',
    detail:
      'De la décision de lancement à la mise en service du dernier lot, en mois entiers divisés par douze.',
    source: 'Source',
    sourceStates: ['Simple', 'Avec l’origine et la date'],
    sourceText: 'panorama des grands projets, édition de novembre 2024',
    updated: '14 novembre 2024',
  },
  en: {
    running: 'Running text',
    usual: 'Bare elements',
    heading: 'Every gap has a known cause',
    lead: 'A lead says what matters in one or two sentences, a little larger than the rest.',
    paragraph: [
      'The panorama of major projects gathers what ministries state twice a year. A ',
      'link',
      ' leads to the source, and a term such as ',
      ' keeps its exact form.',
    ],
    secondary: 'Secondary text adds a precision without insisting.',
    points: [
      'The estimated cost, in millions of euros.',
      'The planned duration, in years.',
      'The gap since the first schedule.',
    ],
    steps: [
      'The ministry declares the project.',
      'The directorate gives its opinion.',
      'The project enters the panorama.',
    ],
    term: 'Binding opinion',
    definition: 'An opinion that the ministry must follow before it commits the expense.',
    code: 'GET /api/v1/portfolio/projects?limit=20',
    inset: 'Inset text',
    insetText: 'The amount covers the investment and two years of running costs.',
    details: 'Folded content',
    closed: 'Closed',
    open: 'Open',
    summary: 'How is the duration counted?',
    detail: 'From the decision to start to the last part in service, in whole months divided by twelve.',
    source: 'Source',
    sourceStates: ['Plain', 'With its origin and date'],
    sourceText: 'panorama of major projects, edition of November 2024',
    updated: '14 November 2024',
  },
});

/** Text as pages write it. */
export function textExamples(locale: Locale): Html {
  const words = messages(locale);
  const [before, link, between, after] = words.paragraph;
  return html`${component(words.running, [
    {
      name: words.usual,
      example: html`<h2>${words.heading}</h2>
<p class="socle-lead">${words.lead}</p>
<p>${before}<a href="#text">${link}</a>${between}<code>jalon-3</code>${after}</p>
<p class="socle-secondary">${words.secondary}</p>
<ul>${words.points.map((point) => html`<li>${point}</li>`)}</ul>
<ol>${words.steps.map((step) => html`<li>${step}</li>`)}</ol>
<dl><dt>${words.term}</dt><dd>${words.definition}</dd></dl>
<pre tabindex="0" role="region" aria-label="HTTP"><code>${words.code}</code></pre>`,
    },
  ])}
${component(words.inset, [{ name: words.usual, example: inset(html`<p>${words.insetText}</p>`) }])}
${component(words.details, [
  { name: words.closed, example: details({ summary: words.summary, content: html`<p>${words.detail}</p>` }) },
  {
    name: words.open,
    example: details({ summary: words.summary, content: html`<p>${words.detail}</p>`, open: true }),
  },
])}
${component(
  words.source,
  [
    { name: words.sourceStates[0] ?? '', example: sourceNote({ locale, source: words.sourceText }) },
    {
      name: words.sourceStates[1] ?? '',
      example: sourceNote({ locale, source: words.sourceText, origin: 'declared', updated: words.updated }),
    },
  ],
  'sideBySide',
)}`;
}
