// Mail that tells a person what happened to their account (ASVS 6.3.7). It carries no secret but an invitation's link.
import type { Trx } from '#platform/database/connection.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import type { Person } from './people.types.ts';

/** What may have happened to an account. */
export type AccountEvent =
  | 'password-changed'
  | 'totp-added'
  | 'totp-removed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'recovery-codes-renewed'
  | 'recovery-code-used'
  | 'second-factors-reset';

const SENTENCES: Record<AccountEvent, Translated> = {
  'password-changed': {
    fr: 'Le mot de passe de votre compte a été changé.',
    en: 'Your account’s password was changed.',
  },
  'totp-added': {
    fr: 'Une application d’authentification a été ajoutée à votre compte.',
    en: 'An authenticator application was added to your account.',
  },
  'totp-removed': {
    fr: 'L’application d’authentification a été retirée de votre compte.',
    en: 'The authenticator application was removed from your account.',
  },
  'passkey-added': {
    fr: 'Une clé d’accès a été ajoutée à votre compte.',
    en: 'A passkey was added to your account.',
  },
  'passkey-removed': {
    fr: 'Une clé d’accès a été retirée de votre compte.',
    en: 'A passkey was removed from your account.',
  },
  'recovery-codes-renewed': {
    fr: 'Les codes de secours de votre compte ont été remplacés.',
    en: 'The recovery codes of your account were replaced.',
  },
  'recovery-code-used': {
    fr: 'Un code de secours a servi à entrer dans votre compte.',
    en: 'A recovery code was used to enter your account.',
  },
  'second-factors-reset': {
    fr: 'Un administrateur a retiré tous les seconds facteurs de votre compte.',
    en: 'An administrator removed every second factor of your account.',
  },
};

const WARNING: Translated = {
  fr: 'Si cela ne vient pas de vous, prévenez tout de suite votre administrateur.',
  en: 'If this was not you, tell your administrator at once.',
};

/** Tells the account's owner what happened, if `trx` commits. People made up for the demonstration get no mail. */
export async function tellOwner(
  trx: Trx,
  mailer: Mailer,
  person: Person,
  event: AccountEvent,
): Promise<void> {
  if (person.isFictitious) return;
  const { locale } = person;
  await mailer.send(trx, {
    to: person.email,
    locale,
    subject: locale === 'fr' ? 'Socle\u00A0: votre compte a changé' : 'Socle: your account has changed',
    text: `${SENTENCES[event][locale]}\n\n${WARNING[locale]}\n`,
  });
}

/** Sends an invitation's link to the person, if `trx` commits. */
export async function sendInvitation(trx: Trx, mailer: Mailer, person: Person, link: string): Promise<void> {
  const text: Translated = {
    fr: `Bonjour ${person.name},\n\nChoisissez votre mot de passe pour entrer dans Socle. Ce lien sert une fois et vaut 24 heures :\n\n${link}\n\nSi vous n’attendiez pas ce message, n’en tenez pas compte.\n`,
    en: `Hello ${person.name},\n\nChoose your password to enter Socle. This link serves once and is valid for 24 hours:\n\n${link}\n\nIf you did not expect this message, ignore it.\n`,
  };
  await mailer.send(trx, {
    to: person.email,
    locale: person.locale,
    subject: person.locale === 'fr' ? 'Socle\u00A0: votre invitation' : 'Socle: your invitation',
    text: text[person.locale],
  });
}
