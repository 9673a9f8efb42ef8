// The module's own purposes of sealing: `hub/state` here is `identity/hub/state` among all of the installation.
import type { KeyObject } from 'node:crypto';
import { keyFor as keyOf, sealFor as seal, unsealFor as unseal } from '#platform/sealed.ts';
import type { Secret } from '#platform/secret.ts';

/** The key for one purpose of the module. */
export function keyFor(secret: Secret, purpose: string): KeyObject {
  return keyOf(secret, `identity/${purpose}`);
}

/** Seals `content` for one purpose of the module. With `bound` (an id, for one) it opens only where the same is given. */
export function sealFor(secret: Secret, purpose: string, content: string | Buffer, bound = ''): Buffer {
  return seal(secret, `identity/${purpose}`, content, bound);
}

/** Opens what `sealFor` made. Throws when it was changed, or made for another purpose, id or installation. */
export function unsealFor(secret: Secret, purpose: string, sealed: Buffer, bound = ''): Buffer {
  return unseal(secret, `identity/${purpose}`, sealed, bound);
}
