// THE list of what is done to an application or an instalment, by pages and the REST interface alike.
import type { Static } from 'typebox';
import type { Actor, Permission } from '#platform/access.ts';
import type { Kernel } from '#platform/kernel.ts';
import { clawBack, countersignAgreement, endFunding, signAgreement } from './agreements.actions.ts';
import {
  awardApplication,
  decideEligibility,
  nameContract,
  submitApplication,
} from './applications.actions.ts';
import { fundingPermissions } from './funding.permissions.ts';
import type { actForm } from './funding.schemas.ts';
import { handInEvidence, payInstalment, verifyInstalment } from './instalments.actions.ts';

/** One act: the last part of its address, who may, what it says in the REST interface, what it does. */
export interface Act {
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  run(
    kernel: Pick<Kernel, 'db' | 'clock' | 'config'>,
    actor: Actor,
    at: { readonly id: string; readonly instalment: string },
    typed: Static<typeof actForm>,
  ): Promise<void>;
}

const { runWindows, applyForFunds } = fundingPermissions;

/** What is done to an application. */
export const APPLICATION_ACTS: readonly Act[] = [
  {
    path: 'submit',
    permission: applyForFunds,
    summary: 'Submit a draft',
    run: (kernel, actor, { id }) => submitApplication(kernel, actor, id),
  },
  {
    path: 'contract',
    permission: applyForFunds,
    summary: 'Name the success contract that the money is given against',
    run: (kernel, actor, { id }, { contractId }) => nameContract(kernel, actor, id, contractId),
  },
  {
    path: 'find-eligible',
    permission: runWindows,
    summary: 'Find an application eligible',
    run: (kernel, actor, { id }) => decideEligibility(kernel, actor, id, { isEligible: true, reason: '' }),
  },
  {
    path: 'find-ineligible',
    permission: runWindows,
    summary: 'Find an application not eligible, with the reason',
    run: (kernel, actor, { id }, { reason }) =>
      decideEligibility(kernel, actor, id, { isEligible: false, reason }),
  },
  {
    path: 'award',
    permission: runWindows,
    summary: 'Award an amount in euros within the budget',
    run: (kernel, actor, { id }, { amount }) => awardApplication(kernel, actor, id, amount),
  },
  {
    path: 'agreement',
    permission: runWindows,
    summary: 'Sign the agreement for the directorate, with its instalments, one a line',
    run: (kernel, actor, { id }, { instalments }) => signAgreement(kernel, actor, id, instalments),
  },
  {
    path: 'agreement-signature',
    permission: applyForFunds,
    summary: 'Sign the agreement for the organisation, as it was read',
    run: (kernel, actor, { id }, { read }) => countersignAgreement(kernel, actor, id, read),
  },
  {
    path: 'clawback',
    permission: runWindows,
    summary: 'Take back part of what was paid, with the reason',
    run: (kernel, actor, { id }, typed) => clawBack(kernel, actor, id, typed),
  },
  {
    path: 'end',
    permission: runWindows,
    summary: 'End an award or agreement, with what it brought',
    run: (kernel, actor, { id }, { outcome }) => endFunding(kernel, actor, id, outcome),
  },
];

/** What is done to an instalment. */
export const INSTALMENT_ACTS: readonly Act[] = [
  {
    path: 'evidence',
    permission: applyForFunds,
    summary: 'Hand in what shows that the milestone is reached',
    run: (kernel, actor, { id, instalment }, { evidence }) =>
      handInEvidence(kernel, actor, { applicationId: id, instalmentId: instalment }, evidence),
  },
  {
    path: 'verify',
    permission: runWindows,
    summary: 'Verify that the condition holds',
    run: (kernel, actor, { id, instalment }) =>
      verifyInstalment(kernel, actor, { applicationId: id, instalmentId: instalment }),
  },
  {
    path: 'pay',
    permission: runWindows,
    summary: 'Pay a verified instalment',
    run: (kernel, actor, { id, instalment }) =>
      payInstalment(kernel, actor, { applicationId: id, instalmentId: instalment }),
  },
];
