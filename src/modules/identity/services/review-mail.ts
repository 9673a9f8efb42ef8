// Mail that tells a service's contact what was decided on it. It carries no secret.
import type { Trx } from '#platform/database/connection.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import type { Service } from './services.types.ts';

const SENTENCES: Record<Locale, Record<'accepted' | 'refused', (name: string) => string>> = {
  fr: {
    accepted: (name) =>
      `La demande du service «\u00A0${name}\u00A0» est acceptée\u00A0: il est en production, avec toutes les données qu’il demandait.`,
    refused: (name) =>
      `La demande du service «\u00A0${name}\u00A0» est refusée. Rien ne change pour lui\u00A0; corrigez ce qui suit, puis demandez de nouveau.`,
  },
  en: {
    accepted: (name) =>
      `The request of the service “${name}” is accepted: it is in production, with every claim that it asked for.`,
    refused: (name) =>
      `The request of the service “${name}” is refused. Nothing changes for it; mend what follows, then ask again.`,
  },
};

/** Tells the service's contact what was decided, in the language of whoever asked, if `trx` commits. */
export async function tellContact(
  trx: Trx,
  mailer: Mailer,
  {
    service,
    locale,
    decision,
    reason,
  }: {
    service: Pick<Service, 'name' | 'contactEmail'>;
    locale: Locale;
    decision: 'accepted' | 'refused';
    reason: string | null;
  },
): Promise<void> {
  const sentence = SENTENCES[locale][decision](service.name);
  const why = reason === null ? '' : `\n\n${reason}`;
  await mailer.send(trx, {
    to: service.contactEmail,
    locale,
    subject: locale === 'fr' ? 'Socle\u00A0: votre demande de production' : 'Socle: your production request',
    text: `${sentence}${why}\n`,
  });
}
