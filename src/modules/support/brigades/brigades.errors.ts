// Refusals of what is asked of requests, people and missions, each in words that say what to do.
import { defineError } from '#platform/errors.ts';

/** The request's state does not allow the step. */
export const helpRequestIsElsewhere = defineError('support.request-is-elsewhere', 'conflict', {
  fr: 'La demande n’est plus dans un état qui permet cette action. Rechargez la page pour voir où elle en est.',
  en: 'The request is no longer in a state that allows this. Reload the page to see where it is.',
});

/** Somebody else changed the request since it was read. */
export const helpRequestChangedSince = defineError('support.request-changed-since', 'conflict', {
  fr: 'Quelqu’un d’autre a modifié cette demande depuis que vous l’avez ouverte. Rechargez la page, puis recommencez.',
  en: 'Somebody else changed this request since you opened it. Reload the page, then try again.',
});

/** A mission needs a signed contract. */
export const contractIsMissing = defineError('support.contract-is-missing', 'conflict', {
  fr: 'Une mission se donne contre un contrat de succès signé par les deux parties. Rattachez-en un à la demande, ou faites signer celui qui y est.',
  en: 'A mission is given against a success contract that both parties signed. Attach one to the request, or have its own signed.',
});

/** Nobody of the brigade can take any of the days asked. */
export const nobodyFits = defineError('support.nobody-fits', 'conflict', {
  fr: 'Personne de la brigade n’a à la fois la compétence et des jours libres sur la période. Proposez une autre période, ou refusez en disant pourquoi.',
  en: 'Nobody of the brigade has both the skill and free days over the period. Suggest another period, or refuse and say why.',
});

/** The wished period is over. */
export const periodIsOver = defineError('support.period-is-over', 'conflict', {
  fr: 'La période souhaitée est passée. Le demandeur doit d’abord la changer.',
  en: 'The wished period is over. The requester must change it first.',
});

/** The team accepted has no longer the days that it was proposed for. */
export const teamNoLongerFits = defineError('support.team-no-longer-fits', 'conflict', {
  fr: 'Depuis la proposition, un membre de l’équipe n’a plus assez de jours libres. Reprenez l’examen, puis proposez une autre équipe.',
  en: 'Since the proposal a member of the team no longer has enough free days. Examine the request again, then propose another team.',
});

/** The mission is over. */
export const missionIsOver = defineError('support.mission-is-over', 'conflict', {
  fr: 'La mission est terminée\u00A0: plus rien ne s’y ajoute, sauf l’avis du demandeur.',
  en: 'The mission has ended: nothing is added to it any more, save the requester’s feedback.',
});

/** The mission still runs. */
export const missionRuns = defineError('support.mission-runs', 'conflict', {
  fr: 'La mission est en cours\u00A0: l’avis se donne quand elle est terminée.',
  en: 'The mission is under way: feedback is given once it has ended.',
});

/** Feedback was given. */
export const feedbackIsGiven = defineError('support.feedback-is-given', 'conflict', {
  fr: 'Un avis a déjà été donné sur cette mission\u00A0; il ne se réécrit pas.',
  en: 'Feedback was already given on this mission; it is not rewritten.',
});
