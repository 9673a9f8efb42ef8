// What a form sends without showing it. Nothing secret: everyone can read a page's source.
import { type Html, html } from '../html.ts';

/** Hidden fields by their names; nothing is sent for what is undefined or empty. */
export function hiddenFields(values: Readonly<Record<string, string | undefined>>): Html {
  return html`${Object.entries(values).map(([name, value]) =>
    value === undefined || value === '' ? null : html`<input type="hidden" name="${name}" value="${value}">`,
  )}`;
}
