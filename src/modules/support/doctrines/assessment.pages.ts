// The page of an assessment: what it comes to, criterion by criterion, and its exemptions. The public one is the same, with
// nothing to press and no name of a person.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, type HtmlValue, html } from '#ui/html.ts';
import type { WholeAssessment } from './assessment-at.ts';
import { exemptionState, stillCounts } from './assessments.rules.ts';
import type { CriterionFinding, Exemption } from './assessments.types.ts';
import {
  assessmentAddress,
  assessmentCrumbs,
  conformityTag,
  doctrineCrumbs,
  exemptionTag,
  writtenRate,
} from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';

/** What the page shows. */
export interface AssessmentView {
  /** Null for the public page. */
  readonly csrf: Html | null;
  readonly assessment: WholeAssessment;
  readonly isInside: boolean;
  readonly may: {
    readonly assess: boolean;
    readonly evidence: boolean;
    decide(exemption: Exemption): boolean;
  };
  readonly now: Date;
  readonly today: string;
  readonly timeZone: string;
}

/** The page of an assessment. */
export function assessmentPage(locale: Locale, view: AssessmentView): Page {
  const words = doctrinesMessages(locale);
  const { one } = words;
  const { assessment, isInside, may, now } = view;
  const { findings, subjectName, doctrineTitle, version } = assessment;
  const title = one.title(subjectName, doctrineTitle[locale]);
  const isReplaced = assessment.versionReplacedAt !== null;
  return {
    title,
    breadcrumbs: isInside
      ? assessmentCrumbs(locale)
      : doctrineCrumbs(locale, { word: assessment.word, title: doctrineTitle }),
    main: html`<span class="govuk-caption-l">${assessment.organisationName}</span>
<h1>${title}</h1>
${summaryList({
  rows: [
    { key: one.status, value: conformityTag(locale, findings.conformity) },
    {
      key: words.assessments.declared,
      value: html`${writtenRate(locale, findings.declared)}<br>${one.declaredRate(formatNumber(locale, findings.declared.conforming), formatNumber(locale, findings.declared.of))}`,
    },
    {
      key: words.assessments.evidenced,
      value: html`${writtenRate(locale, findings.evidenced)}<br>${one.evidencedRate(formatNumber(locale, findings.evidenced.conforming), formatNumber(locale, findings.evidenced.of))}`,
    },
    {
      key: words.doctrine,
      value: html`<a href="/support/doctrines/${assessment.word}?version=${version.number}">${doctrineTitle[locale]}, ${one.versionLink(version.number)}</a>`,
    },
    ...(isInside ? [{ key: one.reference, value: assessment.subjectRef }] : []),
    ...(isInside
      ? [{ key: one.visibility, value: assessment.publishedAt === null ? one.isPrivate : one.isPublic }]
      : []),
  ],
})}
${isReplaced && inset(stillCounts(assessment, now) ? one.outdated : one.noLonger)}
${findings.contradicted.length > 0 && warningText({ locale, text: one.contradicted(findings.contradicted.join(', ')) })}
${findings.lackEvidence.length > 0 && html`<p>${one.lackEvidence(findings.lackEvidence.join(', '))}</p>`}
<p>${findings.open === 0 ? one.allAnswered : one.open(findings.open)}</p>
${actions(locale, view)}
<h2>${one.criteria}</h2>
${table({
  locale,
  caption: one.criteria,
  captionHidden: true,
  columns: [{ text: words.criterion }, { text: one.counts }],
  rows: findings.criteria.map((finding) => row(locale, finding, view)),
})}
${dataLinks({
  locale,
  csv: assessmentAddress(assessment.id, '/criteria.csv'),
  json: `/api/v1/support/assessments/${assessment.id}`,
  about: one.criteria,
})}
<h2>${one.exemptions}</h2>
${exemptionsTable(locale, view)}
${may.assess && !assessment.exemptions.some(({ decision }) => decision === null) && button({ text: one.askExemption, href: assessmentAddress(assessment.id, '/exemption'), kind: 'secondary' })}`,
  };
}

function actions(locale: Locale, { csrf, assessment, may }: AssessmentView): Html | null {
  if (csrf === null || !(may.assess || may.evidence)) return null;
  const { one } = doctrinesMessages(locale);
  const address = (under: string) => assessmentAddress(assessment.id, under);
  const isPublic = assessment.publishedAt !== null;
  return html`${buttonGroup([
    ...(may.assess ? [button({ text: one.declare, href: address('/declare') })] : []),
    ...(may.evidence
      ? [button({ text: one.evidence, href: address('/evidence'), kind: 'secondary' as const })]
      : []),
  ])}
${
  may.assess &&
  form({
    action: address(isPublic ? '/withdraw' : '/publish'),
    csrf,
    content: buttonGroup([
      button({ text: isPublic ? one.hide : one.show, kind: 'secondary' }),
      ...(assessment.versionReplacedAt === null
        ? []
        : [button({ text: one.renew, formAction: address('/renew') })]),
    ]),
  })
}`;
}

function row(
  locale: Locale,
  { criterion, declaration, evidence, outcome, differs }: CriterionFinding,
  { isInside, timeZone }: AssessmentView,
): HtmlValue[] {
  const words = doctrinesMessages(locale);
  const { one, outcomes } = words;
  const day = (at: Date) => formatDate(locale, at, timeZone);
  return [
    html`<strong>${criterion.code}</strong> ${criterion.text[locale]}<br><span class="socle-secondary">${words.weights[criterion.weight]}. ${criterion.source}</span>`,
    html`${tag({
      text: outcomes[outcome ?? 'none'],
      tone: outcome === 'conforms' ? 'good' : outcome === 'does-not' ? 'bad' : 'neutral',
    })}${differs && html` ${tag({ text: one.differs, tone: 'warning' })}`}${
      declaration !== null &&
      html`<br>${one.saidDeclared(outcomes[declaration.outcome])} <span class="socle-secondary">${isInside ? one.declaredBy(declaration.byName ?? one.byNobody, day(declaration.at)) : one.declaredOn(day(declaration.at))}</span>${declaration.reason !== '' && html`<br>${declaration.reason}`}`
    }${
      evidence !== null &&
      html`<br>${one.saidEvidenced(outcomes[evidence.outcome])} <span class="socle-secondary">${one.evidencedBy(evidence.source, day(evidence.at))}</span>${evidence.detail !== '' && html`<br>${evidence.detail}`}${evidence.url !== null && html`<br><a href="${evidence.url}" rel="noopener nofollow">${one.readEvidence}<span class="govuk-visually-hidden"> (${criterion.code})</span></a>`}`
    }`,
  ];
}

function exemptionsTable(
  locale: Locale,
  { assessment, isInside, may, today, timeZone }: AssessmentView,
): Html {
  const words = doctrinesMessages(locale);
  const { one } = words;
  if (assessment.exemptions.length === 0) return html`<p>${one.noExemptions}</p>`;
  const day = (at: Date) => formatDate(locale, at, timeZone);
  return table({
    locale,
    caption: one.exemptions,
    captionHidden: true,
    columns: [{ text: one.reason }, { text: one.lastDay }, { text: one.state }, { text: one.decision }],
    rows: assessment.exemptions.map((exemption) => [
      html`${exemption.reason}<br><span class="socle-secondary">${isInside ? one.askedBy(exemption.askedByName ?? one.byNobody, day(exemption.askedAt)) : one.askedOn(day(exemption.askedAt))}</span>`,
      formatDay(locale, exemption.until ?? exemption.askedUntil),
      exemptionTag(locale, exemptionState(exemption, today)),
      exemption.decision === null
        ? may.decide(exemption)
          ? html`<a href="${assessmentAddress(assessment.id, `/exemptions/${exemption.id}`)}">${one.decide}</a>`
          : one.waits
        : html`${exemption.decisionReason}${exemption.decidedAt !== null && html`<br><span class="socle-secondary">${day(exemption.decidedAt)}</span>`}${
            exemption.withdrawnAt !== null &&
            html`<br>${exemption.withdrawalReason}<br><span class="socle-secondary">${one.withdrawnOn(day(exemption.withdrawnAt))}</span>`
          }${
            exemptionState(exemption, today) === 'granted' &&
            may.decide(exemption) &&
            html`<br><a href="${assessmentAddress(assessment.id, `/exemptions/${exemption.id}/withdraw`)}">${one.withdraw}</a>`
          }`,
    ]),
  });
}
