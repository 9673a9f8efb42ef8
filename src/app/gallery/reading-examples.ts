// How longer content is cut and ordered: tabs, timelines.
import { formatDate } from '#platform/i18n/format.ts';
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { tabs } from '#ui/components/tabs.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';

const messages = defineMessages('gallery.reading', {
  fr: {
    tabs: 'Onglets',
    usual: 'Ordinaire',
    tabTitle: 'Le projet',
    parts: {
      schedule: {
        id: 'calendrier',
        label: 'Calendrier',
        text: 'Le projet a commencé en mars 2022 et doit finir en décembre 2026.',
      },
      cost: {
        id: 'cout',
        label: 'Coût',
        text: 'Le coût estimé est de 38,4 millions d’euros, 12 % de plus qu’au lancement.',
      },
      opinions: { id: 'avis', label: 'Avis', text: 'Deux avis ont été rendus, le second avec réserves.' },
    },
    timeline: 'Frise',
    events: {
      opinion: {
        title: 'Avis rendu avec réserves',
        byline: 'par la direction',
        description: 'Deux réserves, à lever avant la recette.',
      },
      change: {
        title: 'Calendrier revu',
        byline: 'par le ministère',
        description: 'La mise en service passe de juin à décembre 2026.',
      },
      declaration: {
        title: 'Projet déclaré',
        byline: 'par le ministère',
        description: 'Coût annoncé\u00A0: 34,3 millions d’euros.',
      },
    },
  },
  en: {
    tabs: 'Tabs',
    usual: 'Usual',
    tabTitle: 'The project',
    parts: {
      schedule: {
        id: 'schedule',
        label: 'Schedule',
        text: 'The project started in March 2022 and should end in December 2026.',
      },
      cost: {
        id: 'cost-tab',
        label: 'Cost',
        text: 'The estimated cost is 38.4 million euros, 12% more than at the start.',
      },
      opinions: {
        id: 'opinions',
        label: 'Opinions',
        text: 'Two opinions were given, the second with reservations.',
      },
    },
    timeline: 'Timeline',
    events: {
      opinion: {
        title: 'Opinion given with reservations',
        byline: 'by the directorate',
        description: 'Two reservations, to be lifted before acceptance.',
      },
      change: {
        title: 'Schedule changed',
        byline: 'by the ministry',
        description: 'Going live moves from June to December 2026.',
      },
      declaration: {
        title: 'Project declared',
        byline: 'by the ministry',
        description: 'Stated cost: 34.3 million euros.',
      },
    },
  },
});

const DAYS = ['2024-11-14', '2024-03-02', '2022-03-21'];

/** Tabs and timelines. */
export function readingExamples(locale: Locale): Html {
  const words = messages(locale);
  return html`${component(words.tabs, [
    {
      name: words.usual,
      example: tabs({
        locale,
        title: words.tabTitle,
        tabs: Object.values(words.parts).map(({ id, label, text }) => ({
          id,
          label,
          content: html`<h3>${label}</h3>\n<p>${text}</p>`,
        })),
      }),
    },
  ])}
${component(words.timeline, [
  {
    name: words.usual,
    example: timeline({
      events: Object.values(words.events).map(({ title, byline, description }, at) => {
        const iso = DAYS[at] ?? '';
        return {
          title,
          byline,
          at: { iso, text: formatDate(locale, new Date(iso)) },
          description: html`<p>${description}</p>`,
        };
      }),
    }),
  },
])}`;
}
