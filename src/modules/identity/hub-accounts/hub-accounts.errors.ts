// The refusals of this folder's decisions, each with its code and public text.
import { defineError } from '#platform/errors.ts';

/** The link that unblocks a provider was not made here, or served already. */
export const unblockLinkIsOver = defineError('identity.unblock-link-is-over', 'not-found', {
  fr: 'Ce lien a déjà servi ou n’est pas complet. Si le fournisseur d’identité est encore bloqué, prenez le lien du dernier message.',
  en: 'This link was used already or is not complete. If the identity provider is still blocked, take the link of the latest message.',
});

/** The link was decided meanwhile, so that this decision is not open any more. */
export const linkIsDecided = defineError('identity.link-is-decided', 'conflict', {
  fr: 'Ce rattachement a déjà été décidé. Revenez à la liste pour voir la décision.',
  en: 'This link was decided already. Go back to the list to see the decision.',
});

/** Nobody confirms that they themselves belong to an organisation. */
export const ownLink = defineError('identity.own-link', 'unprocessable', {
  fr: 'Ce rattachement est le vôtre\u00A0: une autre personne doit le confirmer.',
  en: 'This link is your own: somebody else must confirm it.',
});
