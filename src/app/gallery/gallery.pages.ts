// The gallery's page: its groups in order, and a list of them to go to each.
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type Html, html } from '#ui/html.ts';
import { actionExamples } from './action-examples.ts';
import { chartExamples } from './chart-examples.ts';
import { errorExamples } from './error-examples.ts';
import { fieldExamples } from './field-examples.ts';
import { figureExamples } from './figure-examples.ts';
import { galleryMessages } from './gallery.messages.ts';
import { listExamples } from './list-examples.ts';
import { readingExamples } from './reading-examples.ts';
import { textExamples } from './text-examples.ts';

const GROUPS = {
  text: textExamples,
  actions: actionExamples,
  fields: fieldExamples,
  errors: errorExamples,
  figures: figureExamples,
  lists: listExamples,
  reading: readingExamples,
  charts: chartExamples,
} satisfies Record<string, (locale: Locale) => Html>;

/** Every component of the interface in its states. */
export function galleryPage(locale: Locale): Page {
  const words = galleryMessages(locale);
  const names = Object.keys(GROUPS) as (keyof typeof GROUPS)[];
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<nav aria-label="${words.contents}"><ul class="socle-gallery__contents">${names.map((name) => html`<li><a href="#${name}">${words.groups[name]}</a></li>`)}</ul></nav>
${names.map(
  (name) => html`<section id="${name}" aria-labelledby="${name}-heading">
<h2 id="${name}-heading">${words.groups[name]}</h2>
${GROUPS[name](locale)}
</section>
`,
)}`,
  };
}
