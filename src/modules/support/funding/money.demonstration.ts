// Loads the money of the demonstration State's awards: agreements with both signatures, instalments, payments, clawbacks.
import type { Trx } from '#platform/database/connection.ts';
import { updateSignature } from './applications.repository.ts';
import type { InventedApplication } from './funding.demonstration-data.ts';
import type { MoveKind, NewInstalment } from './funding.types.ts';
import {
  listInstalments,
  releaseInstalments,
  replaceInstalments,
  updateEvidence,
  updatePaid,
  updateVerified,
} from './instalments.repository.ts';
import { moveMoney } from './windows.repository.ts';

/** Moments and days that are so many days from now. */
export interface Moment {
  readonly at: (days: number) => Date;
  readonly day: (days: number) => string;
}

interface Award {
  readonly id: string;
  readonly windowId: string;
  /** Days from now to the jury's end. */
  readonly juryIn: number;
  readonly moment: Moment;
  /** Who signs for the directorate and for the organisation. */
  readonly signers: { readonly state: string | null; readonly organisation: string };
}

/** Awards, pays, takes back and releases what the data say of an application. */
export async function loadDemonstrationMoney(
  trx: Trx,
  one: InventedApplication,
  award: Award,
): Promise<void> {
  const awarded = one.awardedCents ?? 0;
  const { id, windowId, juryIn, moment, signers } = award;
  const move = async (kind: MoveKind, cents: number, after: number, reason = '') => {
    const at = moment.at(juryIn + after);
    const isThere = await moveMoney(trx, at, { windowId, applicationId: id, kind, cents, reason });
    if (!isThere) throw new Error(`The demonstration moves money that is not there: ${one.title}, ${kind}.`);
  };
  await move('awarded', awarded, 2);
  if (one.state === 'cancelled') {
    await move('released', awarded, 30);
    return;
  }
  await replaceInstalments(trx, id, instalmentsOf(awarded, juryIn, moment));
  await updateSignature(trx, moment.at(juryIn + 12), id, { side: 'state', personId: signers.state });
  if (one.state === 'awarded') return;
  await updateSignature(trx, moment.at(juryIn + 20), id, {
    side: 'organisation',
    personId: signers.organisation,
  });
  const instalments = await listInstalments(trx, id);
  const evidence = 'https://www.example.org/mise-en-service';
  for (const [rank, instalment] of instalments.entries()) {
    const after = 115 + rank * 200;
    if (rank < (one.paid ?? 0)) {
      await updateEvidence(trx, instalment.id, { evidence, personId: signers.organisation });
      await updateVerified(trx, moment.at(juryIn + after), instalment.id, { personId: signers.state });
      await move('paid', instalment.amountCents, after + 3);
      await updatePaid(trx, moment.at(juryIn + after + 3), instalment.id);
    } else if (one.state === 'agreed' && instalment.condition === 'milestone') {
      await updateEvidence(trx, instalment.id, { evidence, personId: signers.organisation });
    }
  }
  if (one.clawedBackCents) await move('clawed-back', one.clawedBackCents, 380, one.said);
  if (one.state !== 'closed') return;
  const unpaid = instalments.slice(one.paid ?? 0).reduce((sum, { amountCents }) => sum + amountCents, 0);
  if (unpaid > 0) await move('released', unpaid, 400);
  await releaseInstalments(trx, id);
}

function instalmentsOf(awarded: number, juryIn: number, { day }: Moment): NewInstalment[] {
  const [first, second] = [Math.floor((awarded * 2) / 5), Math.floor(awarded / 5)];
  const milestone = { condition: 'milestone', threshold: null } as const;
  return [
    {
      ...milestone,
      amountCents: first,
      text: 'La première version est ouverte à de vrais usagers.',
      dueOn: day(juryIn + 120),
    },
    {
      ...milestone,
      amountCents: second,
      text: 'L’audit d’accessibilité est publié, au-dessus de 75\u00A0%.',
      dueOn: day(juryIn + 200),
    },
    {
      condition: 'verdict',
      threshold: null,
      amountCents: awarded - first - second,
      text: 'Le contrat de succès est jugé à généraliser.',
      dueOn: day(juryIn + 360),
    },
  ];
}
