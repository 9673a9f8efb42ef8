// News at the top of a page: that something was done, or that something must be known first.
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, type HtmlValue, html, nothing } from '../html.ts';
import { uiMessages } from '../ui.messages.ts';

/** What news needs: a sentence, or content of its own, or both. */
export interface NotificationBannerOptions {
  readonly locale: Locale;
  /** `success` after something was done (socle.js moves the focus to it); `important` unless told. One of each a page. */
  readonly kind?: 'important' | 'success';
  /** The kind's own word unless told. */
  readonly title?: string;
  readonly text?: string;
  readonly content?: HtmlValue;
}

/** News at the top of a page. */
export function notificationBanner(options: NotificationBannerOptions): Html {
  const kind = options.kind ?? 'important';
  const success = kind === 'success';
  const id = `notification-${kind}`;
  return html`<div class="govuk-notification-banner${success ? ' govuk-notification-banner--success' : ''}" role="${success ? 'alert' : 'region'}" aria-labelledby="${id}"${success ? html` tabindex="-1" data-notification` : nothing}>
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="${id}">${options.title ?? uiMessages(options.locale)[kind]}</h2></div>
<div class="govuk-notification-banner__content">${options.text !== undefined && html`<p class="govuk-notification-banner__heading">${options.text}</p>`}${options.content}</div>
</div>`;
}
