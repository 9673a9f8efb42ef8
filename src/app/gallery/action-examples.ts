// Buttons and the ways through the site, in their states.
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { breadcrumbs } from '#ui/components/breadcrumbs.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';

const messages = defineMessages('gallery.actions', {
  fr: {
    button: 'Bouton',
    kinds: 'Principal, secondaire, destructeur, indisponible',
    start: 'Enregistrer l’avis',
    other: 'Enregistrer le brouillon',
    destroy: 'Retirer le projet',
    off: 'Envoyer',
    group: 'Ensemble, avec un lien',
    cancel: 'Annuler',
    small: 'Petit, dans une ligne',
    decide: 'Décider',
    about: 'pour le projet Portail des retraites',
    long: 'Texte long',
    longText: 'Enregistrer l’avis, le transmettre au ministère et prévenir les membres de la conférence',
    link: 'Lien d’apparence de bouton, bouton d’apparence de lien',
    go: 'Ouvrir le panorama',
    plain: 'Effacer la sélection',
    trail: 'Fil d’Ariane',
    usual: 'Ordinaire',
    levels: ['Panorama', 'Projets', 'Modernisation de l’état civil'],
  },
  en: {
    button: 'Button',
    kinds: 'Main, secondary, destructive, unavailable',
    start: 'Save the opinion',
    other: 'Save as a draft',
    destroy: 'Withdraw the project',
    off: 'Send',
    group: 'Together, with a link',
    cancel: 'Cancel',
    small: 'Small, in a row',
    decide: 'Decide',
    about: 'on the project Pensions portal',
    long: 'Long text',
    longText: 'Save the opinion, send it to the ministry and tell the members of the conference',
    link: 'Link that looks like a button, button that looks like a link',
    go: 'Open the panorama',
    plain: 'Clear the selection',
    trail: 'Breadcrumbs',
    usual: 'Usual',
    levels: ['Panorama', 'Projects', 'Modern civil registry'],
  },
});

/** Buttons and ways through the site. */
export function actionExamples(locale: Locale): Html {
  const words = messages(locale);
  return html`${component(words.button, [
    {
      name: words.kinds,
      example: buttonGroup([
        button({ type: 'button', text: words.start }),
        button({ type: 'button', text: words.other, kind: 'secondary' }),
        button({ type: 'button', text: words.destroy, kind: 'warning' }),
        button({ type: 'button', text: words.off, disabled: true }),
      ]),
    },
    {
      name: words.group,
      example: buttonGroup([
        button({ type: 'button', text: words.start }),
        html`<a href="#actions">${words.cancel}</a>`,
      ]),
    },
    {
      name: words.small,
      example: button({
        type: 'button',
        text: words.decide,
        hiddenText: words.about,
        kind: 'secondary',
        small: true,
      }),
    },
    { name: words.long, example: button({ type: 'button', text: words.longText }) },
    {
      name: words.link,
      example: buttonGroup([
        button({ text: words.go, href: '#actions' }),
        html`<button type="button" class="socle-link-button">${words.plain}</button>`,
      ]),
    },
  ])}
${component(words.trail, [
  {
    name: words.usual,
    example: breadcrumbs({
      label: words.trail,
      items: words.levels.map((text) => ({ text, href: '#actions' })),
    }),
  },
])}`;
}
