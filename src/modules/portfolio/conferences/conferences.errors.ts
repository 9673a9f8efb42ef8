// Refusals of what is asked of conferences, each in words that say what to do.
import { defineError } from '#platform/errors.ts';

/** Its state does not allow it. */
export const conferenceIsElsewhere = defineError('portfolio.conference-is-elsewhere', 'conflict', {
  fr: 'La conférence n’est plus dans un état qui permet cette action. Rechargez la page pour voir où elle en est.',
  en: 'The conference is no longer in a state that allows this. Reload the page to see where it is.',
});

/** Somebody else changed it since it was read. */
export const conferenceChangedSince = defineError('portfolio.conference-changed-since', 'conflict', {
  fr: 'Quelqu’un d’autre a modifié cette conférence depuis que vous l’avez ouverte. Rien n’a été enregistré\u00A0: relisez-la, puis recommencez.',
  en: 'Somebody else changed this conference since you opened it. Nothing was saved: read it again, then try again.',
});

/** The day has not come. */
export const conferenceIsToCome = defineError('portfolio.conference-is-to-come', 'conflict', {
  fr: 'La séance n’a pas encore eu lieu\u00A0: ce qu’elle décide s’enregistre à partir de son jour.',
  en: 'The session has not taken place yet: what it decides is recorded from its day on.',
});

/** One decision for each project and session. */
export const itemIsDecided = defineError('portfolio.conference-item-is-decided', 'conflict', {
  fr: 'La séance a déjà décidé de ce projet. Rechargez la page pour lire sa décision.',
  en: 'The session decided on this project already. Reload the page to read its decision.',
});

/** Minutes need an agenda and participants. */
export const minutesAreBare = defineError('portfolio.minutes-are-bare', 'unprocessable', {
  fr: 'Avant de clore, inscrivez un projet au moins à l’ordre du jour et dites qui a participé.',
  en: 'Before you close, put at least one project on the agenda and say who took part.',
});
