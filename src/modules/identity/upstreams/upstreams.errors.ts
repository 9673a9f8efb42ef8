// The refusals of sign-in at upstream providers, each with its code and public text. The detail goes to the log.
import { defineError } from '#platform/errors.ts';

/** The provider does not answer, or did not lately and is not asked again yet. The gap is its name. */
export const upstreamUnavailable = defineError<[name: string]>(
  'identity.upstream-unavailable',
  'unavailable',
  {
    fr: (name) =>
      `Le fournisseur d’identité «\u00A0${name}\u00A0» ne répond pas pour le moment. Essayez de nouveau dans quelques minutes, ou choisissez un autre fournisseur si vous en avez un.`,
    en: (name) =>
      `This provider does not answer at the moment: ${name}. Try again in a few minutes, or choose another provider if you have one.`,
  },
);

/** The provider refused; `detail.error` is its OAuth error code. The gap is its name. */
export const upstreamRefused = defineError<[name: string]>('identity.upstream-refused', 'unprocessable', {
  fr: (name) =>
    `Le fournisseur d’identité «\u00A0${name}\u00A0» n’a pas confirmé votre connexion. Recommencez\u00A0; si vous n’avez pas annulé vous-même et que cela se reproduit, prévenez l’assistance de ce fournisseur.`,
  en: (name) =>
    `The identity provider “${name}” did not confirm your sign-in. Start again; if you did not cancel it yourself and it happens again, tell the support of this provider.`,
});

/** The provider's answer does not hold; `detail.check` says which check failed. The gap is its name. */
export const upstreamAnswerWrong = defineError<[name: string]>(
  'identity.upstream-answer-wrong',
  'unprocessable',
  {
    fr: (name) =>
      `La réponse du fournisseur d’identité «\u00A0${name}\u00A0» n’a pas pu être vérifiée, donc personne n’a été connecté. Recommencez depuis le service\u00A0; si cela se reproduit, prévenez l’assistance.`,
    en: (name) =>
      `The answer of the identity provider “${name}” could not be verified, so nobody was signed in. Start again from the service; if it happens again, tell the support.`,
  },
);
