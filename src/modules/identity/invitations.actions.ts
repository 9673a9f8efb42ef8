// Intentions on invitations: invite a person to choose a password, and accept the invitation.
import { randomBytes } from 'node:crypto';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { siteAddress } from '#platform/http/origin.ts';
import { endSessionsOf } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { fictitiousPerson, invitationIsOver } from './identity.errors.ts';
import { findInvited, replaceInvitation, useInvitation } from './invitations.repository.ts';
import { savePassword } from './password.repository.ts';
import { faultOfPassword } from './password.rules.ts';
import { hashPassword } from './password-hash.ts';
import { lockPerson } from './people.repository.ts';
import type { Person } from './people.types.ts';
import { keyedHash } from './sealed-secret.ts';
import { deleteSecondFactors } from './second-factors.repository.ts';
import { sendInvitation, tellOwner } from './security-mail.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config' | 'secret' | 'mailer'>;

/** Hours that an invitation is valid. */
const HOURS = 24;

/** An invitation as it is shown once: its link holds the only copy of the token. */
export interface Invitation {
  readonly link: string;
  readonly expiresAt: Date;
}

/** How an invitation is made: who sees the link, and whether the person's second factors fall. */
export interface InvitationWay {
  /** True: the link goes to the person's address. False: the caller hands it over. */
  readonly byMail: boolean;
  /** True: the person has lost every second factor, so all are removed. */
  readonly resetSecondFactors: boolean;
}

function hashOf({ secret }: Pick<Kernel, 'secret'>, token: string): Buffer {
  return keyedHash(secret, 'invitation', token);
}

/** Makes an invitation to choose a password, in the place of every earlier one. Throws `not-found`. */
export async function invitePerson(
  kernel: Needs,
  by: LedgerActor,
  personId: string,
  way: InvitationWay,
): Promise<Invitation> {
  return kernel.db.transaction().execute((trx) => invitePersonIn(trx, kernel, by, personId, way));
}

/** The same inside a transaction that does more. */
export async function invitePersonIn(
  trx: Trx,
  kernel: Needs,
  by: LedgerActor,
  personId: string,
  { byMail, resetSecondFactors }: InvitationWay,
): Promise<Invitation> {
  const now = kernel.clock.now();
  const person = await lockPerson(trx, personId);
  if (!person || person.closedAt !== null) throw notFound();
  if (person.isFictitious) throw fictitiousPerson();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + HOURS * 3_600_000);
  await replaceInvitation(trx, { tokenHash: hashOf(kernel, token), personId, createdAt: now, expiresAt });
  if (resetSecondFactors) {
    await deleteSecondFactors(trx, personId);
    await endSessionsOf(trx, personId, { except: null });
    await tellOwner(trx, kernel.mailer, person, 'second-factors-reset');
  }
  await appendToLedger(trx, now, {
    kind: 'identity.invitation-made',
    subject: `identity/person/${personId}`,
    actor: by,
    data: { byMail, resetSecondFactors },
  });
  const { config } = kernel;
  const link = `${siteAddress(config)}/sign-in/invitation/${token}`;
  if (byMail) await sendInvitation(trx, kernel.mailer, person, link);
  return { link, expiresAt };
}

/** Whom the invitation is for. Throws `identity.invitation-is-over`. */
export async function invitedBy(
  kernel: Pick<Kernel, 'db' | 'clock' | 'secret'>,
  token: string,
): Promise<Pick<Person, 'name' | 'email'> & { personId: string }> {
  const invited = await findInvited(kernel.db, hashOf(kernel, token), kernel.clock.now());
  if (!invited) throw invitationIsOver();
  return invited;
}

/**
 * Sets the password of whoever was invited, and ends their other sessions: a new password is what one asks for after a
 * theft. Throws `identity.invitation-is-over`, or `invalid-input` with the fault of `password` or `repeated`.
 * @returns the person, who still has to give their second factor if they have one.
 */
export async function acceptInvitation(
  kernel: Needs,
  token: string,
  { password, repeated }: { password: string; repeated: string },
): Promise<string> {
  const { personId, name, email } = await invitedBy(kernel, token);
  throwFaultOfNewPassword({ password, repeated }, [name, email]);
  const hash = await hashPassword(password);
  await kernel.db.transaction().execute(async (trx) => {
    const now = kernel.clock.now();
    const person = await lockPerson(trx, personId);
    if (!person || !(await useInvitation(trx, hashOf(kernel, token), now))) throw invitationIsOver();
    await savePassword(trx, personId, hash, now);
    await endSessionsOf(trx, personId, { except: null });
    await appendToLedger(trx, now, {
      kind: 'identity.password-changed',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { by: 'invitation' },
    });
    await tellOwner(trx, kernel.mailer, person, 'password-changed');
  });
  return personId;
}

/** Throws `invalid-input` unless the new password is accepted and was typed twice alike. */
export function throwFaultOfNewPassword(
  { password, repeated }: { password: string; repeated: string },
  own: readonly string[],
): void {
  const fault = faultOfPassword(password, own);
  if (fault) throw invalidInput({ fields: [fault] });
  if (password !== repeated) {
    throw invalidInput({
      fields: [
        {
          field: 'repeated',
          text: { fr: 'Saisissez deux fois le même mot de passe.', en: 'Enter the same password twice.' },
        },
      ],
    });
  }
}
