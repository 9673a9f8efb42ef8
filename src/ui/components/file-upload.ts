// A file to send. Its size and kind are told in the hint and checked by the server.
import { type Html, html, nothing } from '../html.ts';
import { describedBy, type FieldOptions, field, fieldId, invalid } from './field.ts';

/** A file to send; `accept` narrows what the browser offers, such as `.csv,text/csv`. */
export function fileUpload(
  options: FieldOptions & { readonly accept?: string; readonly multiple?: boolean },
): Html {
  return field(
    options,
    html`<input class="socle-file${options.error ? ' socle-file--error' : ''}" id="${fieldId(options)}" name="${options.name}" type="file"${options.accept === undefined ? nothing : html` accept="${options.accept}"`}${options.multiple ? html` multiple` : nothing}${describedBy(options)}${invalid(options)}>`,
  );
}
