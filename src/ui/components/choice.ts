// What radios, checkboxes and selects have in common: the values offered. It draws nothing.
import type { HtmlValue } from '../html.ts';

/** A value offered for choice. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: HtmlValue;
  readonly disabled?: boolean;
}
