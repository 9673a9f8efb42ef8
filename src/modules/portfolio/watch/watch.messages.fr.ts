// The watch in French.
const plural = (count: number, one: string, many: string) => `${count}\u00A0${count > 1 ? many : one}`;

/** The words in French. */
export const fr = {
  title: 'Veille sur les grands projets',
  lead: 'Chaque jour, des règles publiées regardent chaque projet. Ce qu’elles trouvent ouvre une alerte, et une alerte reste ouverte jusqu’à ce qu’une décision soit prise\u00A0: appui, audit, réorientation, arrêt, ou risque accepté avec un motif et une date.',
  difficulty: 'Projets en difficulté',
  empty: 'Aucune alerte n’est ouverte. La veille regarde chaque projet tous les jours.',
  emptyFiltered: 'Aucune alerte ne répond à ces critères.',
  columns: { project: 'Projet', why: 'Pourquoi', alert: 'Alerte', decision: 'Décision' },
  costSince: (cost: string, day: string) => `${cost}, depuis le ${day}`,
  rests: (day: string) => `repose jusqu’au ${day}`,
  since: (day: string) => `depuis le ${day}`,
  count: (files: number, alerts: number) =>
    `${plural(files, 'projet', 'projets')}, ${plural(alerts, 'alerte ouverte', 'alertes ouvertes')}`,
  decided: 'Décisions récentes',
  decidedEmpty: 'Aucune décision ces douze derniers mois.',
  rulesTitle: 'Les règles de la veille',
  rulesVersion: (version: string) => `Version ${version}`,
  off: 'Cette règle n’a pas de limite en vigueur\u00A0: elle ne s’applique pas.',
  filterRule: 'Règle',
  filterOrganisation: 'Organisation',
  all: 'Toutes',
  rules: {
    slippage: 'Dérive du coût ou du calendrier',
    'forecast-above-frame': 'Prévision au-dessus du cadre',
    'overdue-recommendations': 'Recommandations en retard',
    outsourcing: 'Externalisation',
    'no-impact-measure': 'Impact non mesuré',
    'no-news': 'Sans nouvelles',
  },
  ruleTexts: {
    slippage: (cost: string, schedule: string) =>
      `Le coût dépasse de plus de ${cost} la première référence, ou la durée de plus de ${schedule}.`,
    'forecast-above-frame': 'La prévision à 80\u00A0% du coût ou de la fin dépasse la référence en vigueur.',
    'overdue-recommendations': (count: number) =>
      count === 1
        ? 'Une recommandation au moins est en retard.'
        : `${count} recommandations au moins sont en retard.`,
    outsourcing: (limit: string) =>
      `Plus de ${limit} du travail est externalisé (circulaire du 7 février 2023).`,
    'no-impact-measure':
      'Le projet n’a pas d’objectif d’impact, ou il sert déjà et aucun de ses objectifs n’a été mesuré depuis un an.',
    'no-news': (days: number) => `Le ministère n’a rien dit du projet depuis plus de ${days}\u00A0jours.`,
  },
  facts: {
    cost: (share: string, limit: string) =>
      `Coût ${share} par rapport à la première référence (limite ${limit})`,
    schedule: (share: string, limit: string) => `durée ${share} (limite ${limit})`,
    overdue: (count: number, day: string) =>
      `${plural(count, 'recommandation en retard', 'recommandations en retard')}, la plus ancienne depuis le ${day}`,
    outsourcing: (share: string, limit: string) => `${share} du travail externalisé (limite ${limit})`,
    noObjective: 'Aucun objectif d’impact',
    neverMeasured: 'Aucun objectif d’impact n’a jamais été mesuré',
    measuredLast: (day: string) => `Dernière mesure d’impact le ${day}`,
    noNews: (days: number, day: string) => `Sans nouvelles depuis ${days}\u00A0jours (le ${day})`,
    p80Cost: (cost: string, frame: string) =>
      `Coût prévu à 80\u00A0%\u00A0: ${cost}, pour un cadre de ${frame}`,
    p80End: (end: string, frame: string) => `fin prévue à 80\u00A0%\u00A0: ${end}, pour un cadre au ${frame}`,
  },
  states: { open: 'Ouverte', decided: 'Décidée' },
  quiet: (day: string) =>
    `La règle ne se déclenche plus depuis le ${day}. L’alerte attend tout de même une décision.`,
  reopened: (count: number) => `Rouverte ${count}\u00A0fois`,
  decisions: {
    support: 'Appui',
    audit: 'Audit',
    reorientation: 'Réorientation',
    stop: 'Arrêt',
    'accepted-risk': 'Risque accepté',
  },
  decisionHints: {
    support: 'Le ministère est invité à demander l’appui des brigades.',
    audit: 'Une demande d’audit est ouverte.',
    reorientation: 'Inscrite au dossier du projet\u00A0; le ministère propose une nouvelle référence.',
    stop: 'Inscrit au dossier\u00A0: le projet s’arrête. Un arrêt décidé tôt, sur des faits, est un résultat.',
    'accepted-risk': 'Jusqu’à un jour\u00A0; l’alerte se rouvre ensuite si la règle se déclenche encore.',
  },
  alert: {
    number: (number: number) => `Alerte n°\u00A0${number}`,
    facts: 'Les faits',
    what: 'Ce qui l’a déclenchée',
    project: 'Projet',
    organisation: 'Organisation',
    rule: 'Règle',
    opened: 'Ouverte le',
    checked: 'Faits relevés le',
    rests: 'Peut se rouvrir le',
    decide: 'Décider',
    decision: 'Votre décision',
    reason: 'Motif',
    reasonHint:
      'Les faits sur lesquels vous décidez, et ce que vous en attendez. De 10 à 2\u00A0000 caractères.',
    until: 'Risque accepté jusqu’au',
    untilHint: 'Pour un risque accepté seulement, d’ici un an.',
    others: (count: number) =>
      count === 1
        ? 'Décider de même pour l’autre alerte ouverte de ce projet'
        : `Décider de même pour les ${count} autres alertes ouvertes de ce projet`,
    othersLabel: 'Autres alertes',
    send: 'Enregistrer la décision',
    waits:
      'La direction du numérique doit décider. Vous pouvez déjà donner des nouvelles du projet dans son dossier.',
    choose: 'Choisissez ce que vous décidez.',
    history: 'Décisions',
    noHistory: 'Aucune décision n’a encore été prise.',
    until2: (day: string) => `Jusqu’au ${day}.`,
    by: (name: string) => `par ${name}`,
    askSupport: 'Demander l’appui des brigades',
    seeAudit: 'Voir la demande d’audit',
    seeConference: 'Décidé en conférence numérique',
    ledger: (entry: string) => `Entrée du registre\u00A0: ${entry}`,
  },
  section: { title: 'Alertes', none: 'Aucune alerte n’est ouverte sur ce projet.' },
  desk: {
    decide: (project: string, rule: string) => `Décider\u00A0: ${project}, ${rule}`,
    own: (project: string, rule: string) => `Alerte sur votre projet ${project}\u00A0: ${rule}`,
    support: (project: string) => `Demander un appui pour ${project}`,
    reorient: (project: string) => `Réorienter ${project}\u00A0: proposer une nouvelle référence`,
    since: (organisation: string, day: string) => `${organisation}, depuis le ${day}`,
    decidedOn: (day: string) => `décidé le ${day}`,
  },
  job: (files: number, opened: number, open: number) =>
    `${plural(files, 'projet regardé', 'projets regardés')}\u00A0: ${plural(opened, 'alerte ouverte', 'alertes ouvertes')} aujourd’hui, ${open} en attente d’une décision.`,
};
