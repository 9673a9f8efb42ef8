// Mail on requests for accreditation: to applicants, producers and instructors. It carries no secret but the link of a claim.
import type { Correspondent } from '#modules/identity/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import { siteAddress } from '#platform/http/origin.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { AccreditationRequest, Reminder, RequestedScope } from './requests.types.ts';

type Needs = Pick<Kernel, 'mailer' | 'config'>;
type Named = Pick<AccreditationRequest, 'id' | 'number' | 'title'>;

/** What an applicant is told of. */
export type ApplicantNews =
  | 'request-changes'
  | 'validate'
  | 'refuse'
  | 'refuse-reopened'
  | 'revoke'
  | 'reopen'
  | 'message'
  | 'transfer'
  | 'decline-transfer'
  | 'archive';

const NEWS: Record<ApplicantNews, Translated> = {
  'request-changes': {
    fr: 'L’instructeur demande des modifications. Faites-les, puis soumettez de nouveau.',
    en: 'The instructor asks for changes. Make them, then submit again.',
  },
  validate: {
    fr: 'Votre demande est validée\u00A0: l’habilitation est en vigueur.',
    en: 'Your request is validated: the accreditation is in force.',
  },
  refuse: { fr: 'Votre demande est refusée.', en: 'Your request is refused.' },
  'refuse-reopened': {
    fr: 'La modification est refusée. La version validée reste en vigueur.',
    en: 'The change is refused. The validated version stays in force.',
  },
  revoke: {
    fr: 'L’habilitation est révoquée\u00A0: la passerelle refuse ses appels.',
    en: 'The accreditation is revoked: the gateway refuses its calls.',
  },
  reopen: {
    fr: 'Un instructeur a réouvert votre demande. L’habilitation en vigueur ne change pas.',
    en: 'An instructor reopened your request. The accreditation in force does not change.',
  },
  message: { fr: 'Vous avez un message.', en: 'You have a message.' },
  transfer: {
    fr: 'Vous êtes maintenant le demandeur de cette demande.',
    en: 'You are now the applicant of this request.',
  },
  'decline-transfer': { fr: 'Le transfert est décliné.', en: 'The transfer is declined.' },
  archive: { fr: 'Votre demande est archivée.', en: 'Your request is archived.' },
};

const REMINDED: Record<Reminder, Translated> = {
  'draft-idle': {
    fr: 'Ce brouillon n’a pas bougé depuis trente jours. Terminez-le, ou archivez-le.',
    en: 'This draft has not moved for thirty days. Finish it, or archive it.',
  },
  'changes-idle': {
    fr: 'Des modifications vous sont demandées depuis quatorze jours.',
    en: 'Changes have been asked of you for fourteen days.',
  },
  'decision-late': {
    fr: 'Cette demande attend une décision depuis plus de sept jours.',
    en: 'This request has waited for a decision for more than seven days.',
  },
};

function subjectOf(locale: 'fr' | 'en', { number, title }: Named): string {
  const name = title === '' ? '' : locale === 'fr' ? `\u00A0: ${title}` : `: ${title}`;
  return locale === 'fr'
    ? `Demande d’habilitation n°\u00A0${number}${name}`
    : `Request for accreditation ${number}${name}`;
}

async function write(
  trx: Trx,
  kernel: Needs,
  to: Pick<Correspondent, 'email' | 'locale'>,
  request: Named,
  { sentence, text = null, path }: { sentence: Translated; text?: string | null; path?: string },
): Promise<void> {
  const { locale } = to;
  const link = `${siteAddress(kernel.config)}${path ?? `/exchange/requests/${request.id}`}`;
  await kernel.mailer.send(trx, {
    to: to.email,
    locale,
    subject: subjectOf(locale, request),
    text: `${[sentence[locale], ...(text ? [text] : []), link].join('\n\n')}\n`,
  });
}

/** Tells somebody what became of a request, with what was written to them, if `trx` commits. */
export async function tellPerson(
  trx: Trx,
  kernel: Needs,
  to: Correspondent | undefined,
  request: Named,
  news: ApplicantNews,
  text: string | null,
): Promise<void> {
  if (to) await write(trx, kernel, to, request, { sentence: NEWS[news], text });
}

/** Tells each producer concerned, at the contact of its APIs, that a request was validated or its accreditation revoked. */
export async function tellProducers(
  trx: Trx,
  kernel: Needs,
  request: Named & Pick<AccreditationRequest, 'organisationName'>,
  scopes: readonly RequestedScope[],
  news: 'validate' | 'revoke',
): Promise<void> {
  const byContact = Map.groupBy(scopes, ({ contactEmail }) => contactEmail);
  for (const [email, theirs] of byContact) {
    const apis = [...new Set(theirs.map(({ apiName }) => apiName))].join(', ');
    const { organisationName: who } = request;
    const sentence: Translated =
      news === 'validate'
        ? {
            fr: `${who} est habilité à appeler\u00A0: ${apis}. La direction du numérique l’a décidé pour tous les fournisseurs. Vous voyez chaque accès et pouvez l’arrêter à tout moment.`,
            en: `${who} is accredited to call: ${apis}. The digital directorate decided it for all producers. You see each access and may stop it at any time.`,
          }
        : {
            fr: `L’habilitation de ${who} à appeler ${apis} est révoquée.`,
            en: `The accreditation of ${who} to call ${apis} is revoked.`,
          };
    const text = theirs.map(({ apiName, title }) => `- ${apiName}\u00A0: ${title}`).join('\n');
    await write(trx, kernel, { email, locale: 'fr' }, request, { sentence, text });
  }
}

/** Sends the link by which a prepared draft is claimed. The link is the only copy of its token. */
export async function sendClaimLink(
  trx: Trx,
  kernel: Needs,
  to: Pick<Correspondent, 'email' | 'locale'>,
  request: Named,
  token: string,
): Promise<void> {
  await write(trx, kernel, to, request, {
    sentence: {
      fr: 'Un instructeur de la direction du numérique a préparé cette demande pour vous. Reprenez-la par ce lien, qui vaut une fois, pendant trente jours.',
      en: 'An instructor of the digital directorate prepared this request for you. Take it over by this link, which serves once, for thirty days.',
    },
    path: `/exchange/requests/claim/${token}`,
  });
}

/** Reminds somebody of a request. */
export async function remind(
  trx: Trx,
  kernel: Needs,
  to: Correspondent,
  request: Named,
  reminder: Reminder,
): Promise<void> {
  await write(trx, kernel, to, request, { sentence: REMINDED[reminder] });
}
