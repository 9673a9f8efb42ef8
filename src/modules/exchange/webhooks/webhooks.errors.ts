// The refusals of webhooks, each with its code and public text. Faults of fields are beside the rules.
import { defineError } from '#platform/errors.ts';

/** The webhook is disabled: nothing is sent to it. */
export const webhookIsDisabled = defineError('exchange.webhook-is-disabled', 'conflict', {
  fr: 'Ce webhook est désactivé\u00A0: activez-le d’abord.',
  en: 'This webhook is disabled: enable it first.',
});

/** The organisation has as many webhooks as it may. */
export const tooManyWebhooks = defineError('exchange.too-many-webhooks', 'conflict', {
  fr: 'Cet organisme a déjà dix webhooks\u00A0: supprimez-en un d’abord.',
  en: 'This organisation has ten webhooks already: remove one first.',
});
