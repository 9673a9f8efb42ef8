// The `html` tag: typed functions to HTML, escaped by default. It knows no component and no page.

/** Markup that is safe to send: only the `html` tag and `trusted` make it. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  /** The markup itself. */
  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a gap of the tag. Nothing, null and false print nothing; lists print one after another. */
export type HtmlValue = Html | string | number | bigint | null | undefined | false | readonly HtmlValue[];

const UNSAFE = /[&<>"']/;
const EVERY_UNSAFE = /[&<>"']/g;
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for an element's content or a quoted attribute's value. */
export function escapeHtml(text: string): string {
  return UNSAFE.test(text) ? text.replace(EVERY_UNSAFE, (character) => ENTITIES[character] as string) : text;
}

function print(value: HtmlValue): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (value instanceof Html) return value.toString();
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(print).join('');
  return String(value);
}

/**
 * Makes HTML from a template. Gaps are escaped unless they are Html themselves, so they nest without marks.
 * Attribute values must be quoted: `<a href="${href}">`. The caller checks the scheme of addresses that people typed.
 */
export function html(parts: TemplateStringsArray, ...gaps: readonly HtmlValue[]): Html {
  let markup = parts[0] as string;
  for (let i = 0; i < gaps.length; i++) markup += print(gaps[i]) + parts[i + 1];
  return new Html(markup);
}

/** Nothing at all. */
export const nothing = new Html('');

/** Takes markup as it is. Only for constants of this repository and the output of renderers that escape. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** A text of several lines, each on its own. */
export function lines(text: string): Html {
  return html`${text.split('\n').map((line, at) => (at === 0 ? html`${line}` : html`<br>${line}`))}`;
}
