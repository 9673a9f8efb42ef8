// Where somebody who signed in is sent. It decides on the text alone and redirects nobody.
import { isSafeReturnPath } from '#platform/http/return-path.ts';

/** Where to go after sign-in: the page that asked for it when it is one of this site and not the door itself, else the desk. */
export function pathAfterSignIn(back: string | undefined): string {
  if (back === undefined || !isSafeReturnPath(back)) return '/desk';
  return /^\/sign-(in|out)(?:[/?#]|$)/.test(back) ? '/desk' : back;
}
