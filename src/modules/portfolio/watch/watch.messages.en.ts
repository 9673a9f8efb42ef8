// The watch in English.
import type { fr } from './watch.messages.fr.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** The words in English. */
export const en: typeof fr = {
  title: 'Watch on major projects',
  lead: 'Every day, published rules look at every project. What they find opens an alert, and an alert stays open until a decision is taken: support, audit, reorientation, stop, or a risk accepted with a reason and a date.',
  difficulty: 'Projects in difficulty',
  empty: 'No alert is open. The watch looks at every project each day.',
  emptyFiltered: 'No alert matches.',
  columns: { project: 'Project', why: 'Why', alert: 'Alert', decision: 'Decision' },
  costSince: (cost, day) => `${cost}, since ${day}`,
  rests: (day) => `rests until ${day}`,
  since: (day) => `since ${day}`,
  count: (files, alerts) =>
    `${plural(files, 'project', 'projects')}, ${plural(alerts, 'open alert', 'open alerts')}`,
  decided: 'Recent decisions',
  decidedEmpty: 'No decision in the last twelve months.',
  rulesTitle: 'The rules of the watch',
  rulesVersion: (version) => `Version ${version}`,
  off: 'This rule has no limit in force: it does not apply.',
  filterRule: 'Rule',
  filterOrganisation: 'Organisation',
  all: 'All',
  rules: {
    slippage: 'Cost or schedule slippage',
    'forecast-above-frame': 'Forecast above the frame',
    'overdue-recommendations': 'Overdue recommendations',
    outsourcing: 'Outsourcing',
    'no-impact-measure': 'Impact not measured',
    'no-news': 'No news',
  },
  ruleTexts: {
    slippage: (cost, schedule) =>
      `Cost is more than ${cost} above the first baseline, or duration more than ${schedule}.`,
    'forecast-above-frame': 'The forecast at 80% of cost or end is above the baseline in force.',
    'overdue-recommendations': (count) =>
      count === 1
        ? 'At least one recommendation is overdue.'
        : `At least ${count} recommendations are overdue.`,
    outsourcing: (limit) => `More than ${limit} of the work is outsourced (circular of 7 February 2023).`,
    'no-impact-measure':
      'The project has no objective of impact, or it is in use and none of its objectives was measured for a year.',
    'no-news': (days) => `The ministry has said nothing of the project for more than ${days} days.`,
  },
  facts: {
    cost: (share, limit) => `Cost ${share} against the first baseline (limit ${limit})`,
    schedule: (share, limit) => `duration ${share} (limit ${limit})`,
    overdue: (count, day) =>
      `${plural(count, 'overdue recommendation', 'overdue recommendations')}, the oldest since ${day}`,
    outsourcing: (share, limit) => `${share} of the work outsourced (limit ${limit})`,
    noObjective: 'No objective of impact',
    neverMeasured: 'No objective of impact was ever measured',
    measuredLast: (day) => `Impact last measured on ${day}`,
    noNews: (days, day) => `No news for ${days} days (${day})`,
    p80Cost: (cost, frame) => `Cost forecast at 80%: ${cost}, for a frame of ${frame}`,
    p80End: (end, frame) => `end forecast at 80%: ${end}, for a frame of ${frame}`,
  },
  states: { open: 'Open', decided: 'Decided' },
  quiet: (day) => `The rule has not fired since ${day}. The alert waits for a decision all the same.`,
  reopened: (count) => `Opened again ${plural(count, 'time', 'times')}`,
  decisions: {
    support: 'Support',
    audit: 'Audit',
    reorientation: 'Reorientation',
    stop: 'Stop',
    'accepted-risk': 'Accepted risk',
  },
  decisionHints: {
    support: 'The ministry is invited to ask the brigades for support.',
    audit: 'A request for an audit is opened.',
    reorientation: 'Recorded in the project’s file; the ministry proposes a new baseline.',
    stop: 'Recorded in the file: the project stops. A stop decided early, on facts, is a result.',
    'accepted-risk': 'Until a day; the alert then opens again if the rule still fires.',
  },
  alert: {
    number: (number) => `Alert ${number}`,
    facts: 'The facts',
    what: 'What set it off',
    project: 'Project',
    organisation: 'Organisation',
    rule: 'Rule',
    opened: 'Opened on',
    checked: 'Facts checked on',
    rests: 'May open again on',
    decide: 'Decide',
    decision: 'Your decision',
    reason: 'Reason',
    reasonHint: 'The facts on which you decide, and what you expect of it. From 10 to 2,000 characters.',
    until: 'Risk accepted until',
    untilHint: 'For an accepted risk only, within a year.',
    others: (count) =>
      count === 1
        ? 'Decide the same for the other open alert of this project'
        : `Decide the same for the ${count} other open alerts of this project`,
    othersLabel: 'Other alerts',
    send: 'Record the decision',
    waits: 'The digital directorate must decide. You can already give news of the project in its file.',
    choose: 'Choose what you decide.',
    history: 'Decisions',
    noHistory: 'No decision was taken yet.',
    until2: (day) => `Until ${day}.`,
    by: (name) => `by ${name}`,
    askSupport: 'Ask the brigades for support',
    seeAudit: 'See the request for an audit',
    seeConference: 'Decided in a digital conference',
    ledger: (entry) => `Entry of the ledger: ${entry}`,
  },
  section: { title: 'Alerts', none: 'No alert is open on this project.' },
  desk: {
    decide: (project, rule) => `Decide: ${project}, ${rule}`,
    own: (project, rule) => `Alert on your project ${project}: ${rule}`,
    support: (project) => `Ask for support for ${project}`,
    reorient: (project) => `Reorient ${project}: propose a new baseline`,
    since: (organisation, day) => `${organisation}, since ${day}`,
    decidedOn: (day) => `decided on ${day}`,
  },
  job: (files, opened, open) =>
    `${plural(files, 'project looked at', 'projects looked at')}: ${plural(opened, 'alert opened', 'alerts opened')} today, ${open} waiting for a decision.`,
};
