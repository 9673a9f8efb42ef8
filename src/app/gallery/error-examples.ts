// What a page says before its content: that a form was refused, that something was done, that something must be known.
import { defineMessages, type Locale } from '#platform/i18n/locale.ts';
import { errorSummary } from '#ui/components/error-summary.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { component } from './example.ts';

const messages = defineMessages('gallery.errors', {
  fr: {
    summary: 'Résumé des erreurs',
    several: 'Plusieurs erreurs, chacune menant à son champ',
    name: 'Donnez un nom au projet.',
    ministry: 'Choisissez le ministère.',
    whole: 'Un projet de ce nom existe déjà dans ce ministère.',
    banner: 'Annonce',
    success: 'Après une action réussie',
    saved: 'L’avis est enregistré. Le ministère a été prévenu.',
    important: 'Avant d’agir',
    closing: 'La collecte de l’édition de novembre se termine le 15 octobre.',
    more: ['Les chiffres déclarés après cette date entreront dans ', 'l’édition suivante', '.'],
    warning: 'Avertissement',
    usual: 'Ordinaire',
    stop: 'L’arrêt d’un flux est immédiat sur toutes les passerelles, et ne peut pas être annulé par la direction.',
  },
  en: {
    summary: 'Error summary',
    several: 'Several errors, each with a way to its field',
    name: 'Give the project a name.',
    ministry: 'Choose the ministry.',
    whole: 'This ministry already has a project of that name.',
    banner: 'News',
    success: 'After something was done',
    saved: 'The opinion is saved. The ministry has been told.',
    important: 'Before acting',
    closing: 'Figures for the November edition are collected until 15 October.',
    more: ['Figures stated after that date go into the ', 'next edition', '.'],
    warning: 'Warning',
    usual: 'Usual',
    stop: 'Stopping a flow takes effect at once on every gateway, and the directorate cannot undo it.',
  },
});

/** Errors, news and warnings. */
export function errorExamples(locale: Locale): Html {
  const words = messages(locale);
  const [before, link, after] = words.more;
  return html`${component(words.summary, [
    {
      name: words.several,
      example: errorSummary({
        locale,
        errors: [
          { text: words.name, href: '#name-error' },
          { text: words.ministry, href: '#ministry-error' },
          { text: words.whole },
        ],
      }),
    },
  ])}
${component(words.banner, [
  { name: words.success, example: notificationBanner({ locale, kind: 'success', text: words.saved }) },
  {
    name: words.important,
    example: notificationBanner({
      locale,
      text: words.closing,
      content: html`<p>${before}<a href="#errors">${link}</a>${after}</p>`,
    }),
  },
])}
${component(words.warning, [{ name: words.usual, example: warningText({ locale, text: words.stop }) }])}`;
}
