// A state in one or two words. The words say it; the colour only repeats it.
import { type Html, html } from '../html.ts';

/** How a state weighs: nothing to say, news, well, to watch, wrong. */
export type TagTone = 'neutral' | 'info' | 'good' | 'warning' | 'bad';

/** A state in one or two words. */
export function tag(options: { readonly text: string; readonly tone: TagTone }): Html {
  return html`<strong class="govuk-tag socle-tag socle-tag--${options.tone}">${options.text}</strong>`;
}
