// The refusals of requests, opinions and signals, each with its code and public text. Faults of fields are in the rules.
import { defineError } from '#platform/errors.ts';

/** What was asked does not go with where the request stands. */
export const requestIsElsewhere = defineError('portfolio.opinion-request-is-in-another-state', 'conflict', {
  fr: 'L’état de cette demande d’avis ne permet pas cette action. Rechargez la page pour la voir telle qu’elle est.',
  en: 'The state of this request for an opinion does not allow this. Load the page again to see it as it is.',
});

/** The delay passed in silence: the opinion is favourable, whoever writes another now. */
export const silenceSpoke = defineError('portfolio.opinion-is-tacit', 'conflict', {
  fr: 'Le délai est écoulé\u00A0: l’avis est réputé favorable et ne peut plus être rendu autrement.',
  en: 'The delay has passed: the opinion is deemed favourable and can no longer be given otherwise.',
});

/** The request was decided by somebody else in between. */
export const opinionIsIssued = defineError('portfolio.opinion-is-issued', 'conflict', {
  fr: 'L’avis a déjà été rendu, ou la demande retirée. Rechargez la page pour le lire.',
  en: 'The opinion was given already, or the request withdrawn. Load the page again to read it.',
});

/** Complements are awaited: no opinion before they came. */
export const complementsAreAwaited = defineError('portfolio.opinion-awaits-complements', 'conflict', {
  fr: 'Des compléments sont attendus et le délai est suspendu. Reprenez l’instruction avant de rendre l’avis.',
  en: 'Complements are awaited and the clock is stopped. Resume the examination before you give the opinion.',
});

/** One request at a time. */
export const requestIsOpen = defineError('portfolio.opinion-request-is-open', 'conflict', {
  fr: 'Une demande d’avis est déjà ouverte pour ce projet.',
  en: 'A request for an opinion is open for this project already.',
});

/** Somebody else changed the draft since it was read. */
export const requestWasChanged = defineError('portfolio.opinion-request-was-changed', 'conflict', {
  fr: 'Quelqu’un d’autre a modifié cette demande depuis que vous l’avez ouverte. Rien n’a été enregistré\u00A0: relisez-la.',
  en: 'Somebody else changed this request since you opened it. Nothing was saved: read it again.',
});

/** The consulted body has answered. */
export const bodyHasAnswered = defineError('portfolio.opinion-consultation-is-answered', 'conflict', {
  fr: 'Votre organisation a déjà donné ses observations.',
  en: 'Your organisation has commented already.',
});

/** Classified projects are never published. */
export const classifiedIsSecret = defineError('portfolio.opinion-is-classified', 'conflict', {
  fr: 'Ce projet est classifié\u00A0: son avis ne se publie pas.',
  en: 'This project is classified: its opinion is not published.',
});

/** Somebody decided on the signal in between. */
export const signalIsDecided = defineError('portfolio.threshold-signal-is-decided', 'conflict', {
  fr: 'Une décision a déjà été prise sur ce signalement.',
  en: 'This signal was decided on already.',
});
