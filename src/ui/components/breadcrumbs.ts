// The way back up from a page. It holds neither the page itself nor the site's navigation.
import { type Html, html, nothing } from '../html.ts';

/** A step of the way back up. */
export interface Breadcrumb {
  readonly text: string;
  readonly href: string;
}

/** The way back up, nearest last; nothing when there is none. `label` names the landmark. */
export function breadcrumbs(options: {
  readonly label: string;
  readonly items: readonly Breadcrumb[];
}): Html {
  if (options.items.length === 0) return nothing;
  return html`<nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="${options.label}">
<ol class="govuk-breadcrumbs__list">${options.items.map(
    (item) =>
      html`<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="${item.href}">${item.text}</a></li>`,
  )}</ol></nav>`;
}
