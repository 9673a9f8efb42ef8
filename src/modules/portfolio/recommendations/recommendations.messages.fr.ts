// The register of recommendations in French.
const plural = (count: number, one: string, many: string) => `${count}\u00A0${count > 1 ? many : one}`;

/** The words in French. */
export const fr = {
  title: 'Recommandations',
  lead: 'Ce que les avis, les audits et les conférences ont demandé aux projets, et ce qui en est advenu. Chaque recommandation finit par une mise en œuvre prouvée, un constat d’échec ou un refus motivé.',
  number: (number: number) => `Recommandation n°\u00A0${number}`,
  figuresLink: 'Ce que deviennent les recommandations, par ministère',
  count: (count: number) => plural(count, 'recommandation', 'recommandations'),
  empty:
    'Aucune recommandation ne répond à ces critères. Elles naissent d’un avis, d’un audit ou d’une conférence.',
  states: {
    issued: 'Émise',
    accepted: 'Acceptée',
    planned: 'Planifiée',
    evidenced: 'Preuve à juger',
    refused: 'Refusée',
    implemented: 'Mise en œuvre',
    'not-implemented': 'Non mise en œuvre',
  },
  sources: { opinion: 'Avis', audit: 'Audit', conference: 'Conférence' },
  overdue: 'En retard',
  escalatedTo: (level: string) => `Signalée\u00A0: ${level}`,
  levels: ['responsable', 'directeur du numérique', 'direction', 'ordre du jour de conférence'],
  columns: {
    recommendation: 'Recommandation',
    project: 'Projet',
    source: 'Origine',
    owner: 'Responsable',
    due: 'Échéance',
    state: 'État',
  },
  filters: {
    state: 'État',
    source: 'Origine',
    ministry: 'Organisation',
    all: 'Toutes',
    allStates: 'Tous',
    overdue: 'Échéance',
    onlyOverdue: 'En retard seulement',
    any: 'Toutes',
  },
  facts: {
    title: 'La recommandation',
    project: 'Projet',
    organisation: 'Organisation',
    source: 'Origine',
    owner: 'Responsable',
    due: 'À mettre en œuvre pour le',
    planned: 'Prévue',
    plannedBy: (day: string, name: string) => `le ${day}, par ${name}`,
    plannedLate: 'La date prévue dépasse l’échéance\u00A0: celle-ci ne bouge pas.',
    issued: 'Émise le',
    closed: 'Close le',
    escalated: 'Signalée à',
    effect: 'Effet sur la prévision',
  },
  effect: {
    none: 'Aucune prévision n’était gardée quand elle a été émise.',
    before: (text: string) => `À l’émission\u00A0: ${text}.`,
    after: (text: string) => `Après sa clôture\u00A0: ${text}.`,
    now: (text: string) => `Aujourd’hui\u00A0: ${text}.`,
    forecast: (cost: string, end: string, made: string) =>
      `coût à 80\u00A0% ${cost}, fin à 80\u00A0% le ${end} (prévision du ${made})`,
  },
  history: 'Historique',
  events: {
    issue: 'Émise',
    accept: 'Acceptée',
    refuse: 'Refusée',
    plan: 'Planifiée',
    'give-evidence': 'Preuve apportée',
    'send-back': 'Preuve jugée insuffisante',
    'hand-over': 'Confiée à quelqu’un d’autre',
    'close-implemented': 'Close\u00A0: mise en œuvre',
    'close-not-implemented': 'Close\u00A0: non mise en œuvre',
    escalate: 'Retard signalé',
  },
  eventPlan: (day: string, name: string) => `Pour le ${day}, par ${name}.`,
  eventTo: (name: string) => `À ${name}.`,
  eventLevel: (level: string) => `Niveau\u00A0: ${level}.`,
  by: (name: string) => `par ${name}`,
  system: 'par Socle',
  act: {
    title: 'Ce que vous pouvez faire',
    step: 'Votre décision',
    steps: {
      accept: 'Accepter',
      refuse: 'Refuser, avec un motif public dans l’administration',
      plan: 'Planifier',
      'give-evidence': 'Apporter la preuve de la mise en œuvre',
      'send-back': 'Renvoyer\u00A0: la preuve ne suffit pas',
      'hand-over': 'Confier à quelqu’un d’autre',
      'close-implemented': 'Clore\u00A0: mise en œuvre',
      'close-not-implemented': 'Clore\u00A0: non mise en œuvre',
    },
    text: 'Motif, preuve ou remarque',
    textHint:
      'Obligatoire pour refuser, apporter une preuve, renvoyer ou constater l’échec\u00A0: au moins 10 caractères.',
    plannedOn: 'Jour prévu',
    plannedOnHint: 'Pour planifier. L’échéance, elle, ne bouge pas.',
    person: 'Qui le fait, ou à qui la confier',
    send: 'Enregistrer',
    none: 'Rien ne dépend de vous pour l’instant.',
    ownClose:
      'Vous en répondez, l’avez planifiée ou avez apporté la preuve\u00A0: quelqu’un d’autre doit la clore.',
    chooseStep: 'Choisissez ce que vous décidez.',
  },
  section: {
    title: 'Recommandations',
    none: 'Aucune recommandation n’est en cours sur ce projet.',
    all: 'Toutes les recommandations du projet',
  },
  figures: {
    title: 'Ce que deviennent les recommandations',
    lead: 'Une recommandation n’a d’effet que si quelqu’un la suit jusqu’au bout. Voici, par ministère, combien ont été émises, acceptées, mises en œuvre, et combien sont en retard.',
    caption: 'Recommandations par organisation',
    organisation: 'Organisation',
    issued: 'Émises',
    accepted: 'Acceptées',
    refused: 'Refusées',
    implemented: 'Mises en œuvre',
    notImplemented: 'Non mises en œuvre',
    open: 'En cours',
    overdue: 'En retard',
    total: 'Ensemble',
    share: 'Part mise en œuvre de ce qui est clos',
    explanation: (closed: number) =>
      closed === 0
        ? 'Aucune n’est close.'
        : `Sur ${plural(closed, 'recommandation close', 'recommandations closes')}, refus compris.`,
    overdueCard: 'En retard aujourd’hui',
    overdueExplanation: 'L’échéance est passée sans preuve apportée. Un plan ne déplace pas l’échéance.',
    source: 'Registre des recommandations',
    empty: 'Aucune recommandation n’a encore été émise.',
    note: 'Les projets classifiés sont laissés de côté.',
  },
  desk: {
    answer: (number: number, project: string) =>
      `Répondre à la recommandation n°\u00A0${number}\u00A0: ${project}`,
    act: (number: number, project: string) =>
      `Mettre en œuvre la recommandation n°\u00A0${number}\u00A0: ${project}`,
    judge: (number: number, project: string) =>
      `Juger la preuve de la recommandation n°\u00A0${number}\u00A0: ${project}`,
    due: (day: string) => `échéance le ${day}`,
    evidence: (organisation: string) => `preuve apportée, ${organisation}`,
  },
  mail: {
    subject: (count: number) =>
      count === 1 ? 'Une recommandation en retard' : `${count} recommandations en retard`,
    intro: 'Ces recommandations ont passé leur échéance sans preuve de mise en œuvre\u00A0:',
    item: (number: number, project: string, day: string) =>
      `n°\u00A0${number}, ${project}, échéance le ${day}.`,
    why: [
      'Vous en êtes responsable.',
      'Elle vous est signalée comme directeur du numérique.',
      'Elle est signalée à la direction.',
      'Elle ira à l’ordre du jour de la prochaine conférence numérique.',
    ],
    more: (count: number) => `Et ${count} autres, dans le registre.`,
  },
  job: (told: number) =>
    told === 0
      ? 'Aucun retard nouveau à signaler.'
      : `${plural(told, 'signalement envoyé', 'signalements envoyés')}.`,
};
