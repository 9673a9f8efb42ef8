// The page on which auditors write the next version of a doctrine. It only draws.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { radios } from '#ui/components/radios.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { doctrineCrumbs } from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import { CHECKS, type Doctrine, WEIGHTS } from './doctrines.types.ts';
import type { CriterionInput, VersionInput } from './versions.rules.ts';

/** The form of a draft, then the button that publishes it. */
export function draftPage(
  locale: Locale,
  {
    csrf,
    doctrine,
    typed,
    faults,
    isSaved,
  }: {
    csrf: Html;
    doctrine: Doctrine;
    typed: VersionInput;
    faults: readonly FieldError[];
    isSaved: boolean;
  },
): Page {
  const words = doctrinesMessages(locale);
  const { draft } = words;
  const path = `/support/doctrines/${doctrine.word}/draft`;
  const title = draft.title(doctrine.title[locale]);
  const error = (field: string) => faultOf(locale, faults, field);
  return {
    title,
    breadcrumbs: doctrineCrumbs(locale, doctrine),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${draft.lead}</p>
${isSaved && notificationBanner({ locale, kind: 'success', text: draft.saved })}
${form({
  action: path,
  csrf,
  content: html`${textInput({ locale, name: 'from', label: draft.from, value: typed.from, width: 10, error: error('from') })}
${textarea({ locale, name: 'changesFr', label: draft.changesFr, rows: 3, value: typed.changesFr, error: error('changesFr') })}
${textarea({ locale, name: 'changesEn', label: draft.changesEn, rows: 3, value: typed.changesEn, error: error('changesEn') })}
<div id="criteria">${typed.criteria.map((one, at) => criterionFields(locale, one, at, error))}</div>
${button({ text: draft.save })}`,
})}
<h2>${draft.publish}</h2>
<p>${draft.publishLead}</p>
${form({ action: `${path}/publish`, csrf, content: button({ text: draft.publish, kind: 'warning' }) })}`,
  };
}

function criterionFields(
  locale: Locale,
  one: CriterionInput,
  at: number,
  error: (field: string) => string | undefined,
): Html {
  const words = doctrinesMessages(locale);
  const { draft } = words;
  const field = (name: keyof CriterionInput) => {
    const full = `criteria.${at}.${name}`;
    return { locale, name: full, value: one[name], error: error(full) };
  };
  return fieldset({
    legend: one.code === '' ? draft.spare : draft.criterion(at + 1),
    legendSize: 'medium',
    content: html`${textInput({ ...field('code'), label: draft.code, hint: draft.codeHint, width: 5 })}
${textarea({ ...field('textFr'), label: draft.textFr, rows: 2 })}
${textarea({ ...field('textEn'), label: draft.textEn, rows: 2 })}
${textInput({ ...field('source'), label: words.source })}
${radios({ ...field('weight'), label: words.weight, inline: true, items: WEIGHTS.map((value) => ({ value, text: words.weights[value] })) })}
${radios({ ...field('checkedBy'), label: words.checkedBy, inline: true, items: CHECKS.map((value) => ({ value, text: words.checks[value] })) })}`,
  });
}
