// What starts an action or leads to one. It holds no form.
import { type Html, html, nothing } from '../html.ts';

/** How much a button weighs: the page's one main action, another, or one that destroys. */
export type ButtonKind = 'primary' | 'secondary' | 'warning';

/** What a button needs. */
export interface ButtonOptions {
  readonly text: string;
  readonly kind?: ButtonKind;
  /** Leads to an address instead of sending the form. */
  readonly href?: string;
  readonly type?: 'submit' | 'button';
  readonly name?: string;
  readonly value?: string;
  /** Sends the form to another address than its own. */
  readonly formAction?: string;
  /** What the text leaves unsaid, for screen readers, such as which row the button is about. */
  readonly hiddenText?: string;
  readonly id?: string;
  readonly disabled?: boolean;
  /** True for a small button inside a row or a list. */
  readonly small?: boolean;
}

/** A button, or a link that looks like one when it has an address. */
export function button(options: ButtonOptions): Html {
  const kind = options.kind && options.kind !== 'primary' ? ` govuk-button--${options.kind}` : '';
  const classes = `govuk-button${kind}${options.small ? ' socle-button--small' : ''}`;
  const id = options.id === undefined ? nothing : html` id="${options.id}"`;
  const content = html`${options.text}${options.hiddenText ? html`<span class="govuk-visually-hidden"> ${options.hiddenText}</span>` : nothing}`;
  if (options.href !== undefined) {
    return html`<a href="${options.href}" class="${classes}"${id} draggable="false">${content}</a>`;
  }
  return html`<button type="${options.type ?? 'submit'}" class="${classes}"${id}${options.name === undefined ? nothing : html` name="${options.name}" value="${options.value ?? ''}"`}${options.formAction === undefined ? nothing : html` formaction="${options.formAction}"`}${options.disabled ? html` disabled` : nothing}>${content}</button>`;
}

/** Buttons and links side by side. */
export function buttonGroup(items: readonly Html[]): Html {
  return html`<div class="govuk-button-group">${items}</div>`;
}
