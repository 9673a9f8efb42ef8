// What a page is: the result of a `*.pages.ts` function, before the layout goes round it.
import type { Html } from '#ui/html.ts';

/** A page without its frame: what the layout needs to draw it. */
export interface Page {
  /** The document's title, without the site's name; it names the page. */
  readonly title: string;
  /** Everything in `<main>`, with the one `<h1>`. */
  readonly main: Html;
  /** The way back up, nearest last; the page itself is not in it. */
  readonly breadcrumbs?: readonly { readonly text: string; readonly href: string }[];
  /** True when a form on the page was refused: the title then starts with the word for "Error". */
  readonly hasErrors?: boolean;
  /** Names of small modules under src/ui/assets that add to the page, such as `passkey.js`. */
  readonly scripts?: readonly string[];
  /** Seconds after which the page loads itself again, for a job's progress without JavaScript. */
  readonly refreshSeconds?: number;
}
