// The form around fields: where it goes, and the hidden field that proves that it came from here. It checks nothing.
import { type Html, type HtmlValue, html, nothing } from '../html.ts';

/** A form. `csrf` is the hidden field of `csrfField(request)`; null for one that changes nothing, which is sent as a GET. */
export function form(options: {
  readonly action: string;
  readonly csrf: Html | null;
  readonly content: HtmlValue;
  /** True when it sends files. */
  readonly files?: boolean;
  readonly id?: string;
  /** True for a form that takes the page's whole width, such as a table to type in. */
  readonly wide?: boolean;
}): Html {
  const files = options.files ? html` enctype="multipart/form-data"` : nothing;
  const id = options.id === undefined ? nothing : html` id="${options.id}"`;
  // The browser's own messages would be in its language and vanish; ours stay, at the field and in the summary.
  return html`<form class="socle-form${options.wide ? ' socle-form--wide' : ''}" method="${options.csrf === null ? 'get' : 'post'}" action="${options.action}"${id}${files} novalidate>
${options.csrf}
${options.content}
</form>`;
}
