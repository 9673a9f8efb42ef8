// The forms under an assessment: its checklist, evidence, an exemption asked for and decided.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import type { WholeAssessment } from './assessment-at.ts';
import { type Exemption, OUTCOMES } from './assessments.types.ts';
import { assessmentAddress, assessmentCrumbs } from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import type { DeclarationInput } from './typed-assessment.rules.ts';

/** What each form shows beside its own. */
export interface AssessmentFormView {
  readonly csrf: Html;
  readonly assessment: WholeAssessment;
  readonly faults: readonly FieldError[];
}

function formPage(
  locale: Locale,
  { csrf, assessment, faults }: AssessmentFormView,
  { under, title, lead, content }: { under: string; title: string; lead: string; content: Html },
): Page {
  const name = doctrinesMessages(locale).one.title(assessment.subjectName, assessment.doctrineTitle[locale]);
  return {
    title: `${title}, ${name}`,
    breadcrumbs: assessmentCrumbs(locale, { id: assessment.id, text: name }),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${name}</span>
<h1>${title}</h1>
<p class="socle-lead">${lead}</p>
${form({ action: assessmentAddress(assessment.id, under), csrf, content })}`,
  };
}

function outcomeItems(locale: Locale) {
  const { outcomes } = doctrinesMessages(locale);
  return OUTCOMES.map((value) => ({ value, text: outcomes[value] }));
}

/** The checklist: an answer and a reason for each criterion. */
export function declarePage(
  locale: Locale,
  view: AssessmentFormView & { readonly typed: readonly DeclarationInput[] },
): Page {
  const words = doctrinesMessages(locale);
  const { declareForm } = words;
  const byCode = new Map(view.typed.map((one) => [one.criterion, one]));
  const error = (field: string) => faultOf(locale, view.faults, field);
  return formPage(locale, view, {
    under: '/declare',
    title: declareForm.title,
    lead: declareForm.lead,
    content: html`${view.assessment.findings.criteria.map(({ criterion, evidence }) => {
      const typed = byCode.get(criterion.code);
      const { code } = criterion;
      return html`${radios({
        locale,
        name: `outcome.${code}`,
        label: `${code}. ${criterion.text[locale]}`,
        hint: html`${words.weights[criterion.weight]}. ${criterion.source}${evidence && html`<br>${declareForm.withEvidence(words.outcomes[evidence.outcome], evidence.source)}`}`,
        inline: true,
        items: outcomeItems(locale),
        value: typed?.outcome,
        error: error(`outcome.${code}`),
      })}
${textInput({
  locale,
  name: `reason.${code}`,
  label: `${declareForm.reason} (${code})`,
  optional: true,
  value: typed?.reason ?? '',
  error: error(`reason.${code}`),
})}`;
    })}
${button({ text: declareForm.save })}`,
  });
}

/** Evidence as typed. */
export interface TypedEvidence {
  readonly criterion: string;
  readonly outcome: string;
  readonly source: string;
  readonly url: string;
  readonly detail: string;
}

/** The form of a piece of evidence. */
export function evidencePage(
  locale: Locale,
  view: AssessmentFormView & { readonly typed: TypedEvidence },
): Page {
  const { evidenceForm } = doctrinesMessages(locale);
  const { typed, faults, assessment } = view;
  const field = (name: keyof TypedEvidence) => ({
    locale,
    name,
    value: typed[name],
    error: faultOf(locale, faults, name),
  });
  return formPage(locale, view, {
    under: '/evidence',
    title: evidenceForm.title,
    lead: evidenceForm.lead,
    content: html`${select({
      ...field('criterion'),
      label: evidenceForm.criterion,
      placeholder: true,
      items: assessment.version.criteria.map(({ code, text }) => ({
        value: code,
        text: `${code}. ${text[locale]}`,
      })),
    })}
${radios({ ...field('outcome'), label: evidenceForm.outcome, items: outcomeItems(locale) })}
${textInput({ ...field('source'), label: evidenceForm.source, hint: evidenceForm.sourceHint })}
${textInput({ ...field('url'), label: evidenceForm.url, type: 'url', spellcheck: false })}
${textarea({ ...field('detail'), label: evidenceForm.detail, rows: 3, limit: 2000, optional: true })}
${button({ text: evidenceForm.save })}`,
  });
}

/** The form that asks for an exemption. */
export function askExemptionPage(
  locale: Locale,
  view: AssessmentFormView & { readonly typed: { readonly reason: string; readonly until: string } },
): Page {
  const { askForm } = doctrinesMessages(locale);
  const { typed, faults } = view;
  return formPage(locale, view, {
    under: '/exemption',
    title: askForm.title,
    lead: askForm.lead,
    content: html`${textarea({ locale, name: 'reason', label: askForm.reason, limit: 2000, value: typed.reason, error: faultOf(locale, faults, 'reason') })}
${textInput({ locale, name: 'until', label: askForm.until, hint: askForm.untilHint, width: 10, value: typed.until, error: faultOf(locale, faults, 'until') })}
${button({ text: askForm.send })}`,
  });
}

/** A decision as typed. */
export interface TypedDecision {
  readonly decision: string;
  readonly until: string;
  readonly reason: string;
}

/** The form that decides on an exemption. */
export function decideExemptionPage(
  locale: Locale,
  view: AssessmentFormView & { readonly exemption: Exemption; readonly typed: TypedDecision },
): Page {
  const words = doctrinesMessages(locale);
  const { decideForm } = words;
  const { typed, faults, exemption } = view;
  const field = (name: keyof TypedDecision) => ({
    locale,
    name,
    value: typed[name],
    error: faultOf(locale, faults, name),
  });
  return formPage(locale, view, {
    under: `/exemptions/${exemption.id}`,
    title: decideForm.title,
    lead: words.askForm.lead,
    content: html`<h2>${decideForm.asked}</h2>
${told(locale, exemption, exemption.askedUntil)}
${radios({
  ...field('decision'),
  label: decideForm.decision,
  items: [
    { value: 'granted', text: decideForm.granted },
    { value: 'refused', text: decideForm.refused },
  ],
})}
${textInput({ ...field('until'), label: decideForm.until, hint: decideForm.untilHint, width: 10 })}
${textarea({ ...field('reason'), label: decideForm.reason, limit: 2000 })}
${button({ text: decideForm.send })}`,
  });
}

function told(locale: Locale, { reason }: Exemption, until: string): Html {
  const { one } = doctrinesMessages(locale);
  return inset(
    html`<p>${reason}</p><p>${one.lastDay}${locale === 'fr' ? '\u00A0' : ''}: ${formatDay(locale, until)}</p>`,
  );
}

/** The form that withdraws an exemption in force. */
export function withdrawExemptionPage(
  locale: Locale,
  view: AssessmentFormView & { readonly exemption: Exemption; readonly typed: { readonly reason: string } },
): Page {
  const { withdrawForm } = doctrinesMessages(locale);
  const { typed, faults, exemption } = view;
  return formPage(locale, view, {
    under: `/exemptions/${exemption.id}/withdraw`,
    title: withdrawForm.title,
    lead: withdrawForm.lead,
    content: html`<h2>${withdrawForm.granted}</h2>
${told(locale, exemption, exemption.until ?? exemption.askedUntil)}
${textarea({ locale, name: 'reason', label: withdrawForm.reason, limit: 2000, value: typed.reason, error: faultOf(locale, faults, 'reason') })}
${button({ text: withdrawForm.send, kind: 'warning' })}`,
  });
}
