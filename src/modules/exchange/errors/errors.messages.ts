// The words round the refusals of the gateway, in both languages. What each refusal says is in gateway-errors.ts.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words in `locale`. */
export const errorsMessages = defineMessages('exchange.errors', {
  fr: {
    title: 'Refus de la passerelle',
    lead: 'Chaque refus porte un code qui ne change pas. Le voici expliqué\u00A0: ce qu’il veut dire, et que faire.',
    code: 'Code',
    status: 'Statut HTTP',
    meaning: 'Ce qui s’est passé',
    remedy: 'Que faire',
    refusal: 'Refus',
    received: 'Ce que reçoit le programme',
    receivedText:
      'La réponse est au format problem+json (RFC 9457). Son «\u00A0type\u00A0» est l’adresse de cette page\u00A0; «\u00A0traceId\u00A0» permet de retrouver l’appel, ici et dans le journal.',
    recorded: 'Un appel refusé est tracé comme un appel accordé\u00A0; le fournisseur voit les deux.',
    recordedNot: 'Sans trace durable, rien n’est répondu\u00A0: ce refus-là peut donc manquer au journal.',
  },
  en: {
    title: 'Refusals of the gateway',
    lead: 'Each refusal has a code that does not change. Here it is explained: what it means, and what to do.',
    code: 'Code',
    status: 'HTTP status',
    meaning: 'What happened',
    remedy: 'What to do',
    refusal: 'Refusal',
    received: 'What the program receives',
    receivedText:
      'The answer is problem+json (RFC 9457). Its “type” is the address of this page; by its “traceId” the call is found again, here and in the log.',
    recorded: 'A denied call is recorded as an allowed one is; the producer sees both.',
    recordedNot: 'Without a durable record nothing is answered: this very refusal may be missing in the log.',
  },
});
