// The link by which a citizen who can no longer come in unblocks a provider: sealed, for one block alone, and worth
// nothing once that block is gone.
import type { Kernel } from '#platform/kernel.ts';
import { sealFor, unsealFor } from '../hub/sealed.ts';

/** Which block a link takes away. */
export interface UnblockLink {
  readonly personId: string;
  readonly upstreamId: string;
  readonly blockedAt: Date;
}

const SEAL = 'hub/unblock';

/** The path of unblock links. */
export const UNBLOCK_PATH = '/identity-providers/unblock';

/** The path of the link that takes this block away. */
export function unblockPath({ secret }: Pick<Kernel, 'secret'>, link: UnblockLink): string {
  return `${UNBLOCK_PATH}/${sealFor(secret, SEAL, JSON.stringify(link)).toString('base64url')}`;
}

/** What a link's token says; null when it was not made here. */
export function readUnblockToken({ secret }: Pick<Kernel, 'secret'>, token: string): UnblockLink | null {
  try {
    const link = JSON.parse(unsealFor(secret, SEAL, Buffer.from(token, 'base64url')).toString()) as {
      [K in keyof UnblockLink]: string;
    };
    return { ...link, blockedAt: new Date(link.blockedAt) };
  } catch {
    return null;
  }
}
