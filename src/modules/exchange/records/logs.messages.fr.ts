// The words of the gateways' logs, in French.

/** French. */
export const fr = {
  home: 'Échanges de données',
  room: 'Espace fournisseur',
  logs: {
    title: 'Journaux des passerelles',
    lead: 'Chaque appel, accordé ou refusé, est une trace au journal d’une passerelle. Chaque seconde, la passerelle signe la taille et la racine de son journal : rien ne peut plus en être retiré ni modifié sans que cela se voie.',
    caption: 'Journaux, par nom',
    gateway: 'Passerelle',
    one: (name: string) => `Journal de la passerelle ${name}`,
    origin: 'Nom du journal',
    size: 'Traces signées',
    entries: 'Traces reprises dans la base',
    signedAt: 'Dernière signature',
    never: 'Pas encore',
    root: 'Racine',
    verifier: 'Clé de vérification',
    empty: 'Aucune passerelle n’a encore de journal. Il s’ouvre avec le premier appel à une passerelle.',
    howTitle: 'Comment vérifier',
    how: [
      'Gardez de votre côté la clé de vérification et le point de contrôle d’aujourd’hui.',
      'Un fournisseur télécharge sa tranche : ses propres traces, et les preuves qu’aucune ne manque.',
      'La commande ci-dessous vérifie une tranche, ou le dossier du journal, sur n’importe quelle machine et sans réseau.',
    ],
    privacy: 'Les empreintes et les signatures sont publiques. Les traces ne le sont jamais.',
    sliceLink: 'Télécharger ma tranche (fournisseurs)',
    checkpointLink: 'Point de contrôle signé',
    keyLink: 'Clé de vérification',
    tilesTitle: 'Lire les tuiles',
    tiles:
      'Les empreintes se lisent tuile par tuile, au format C2SP tlog-tiles, à partir de cette adresse. L’adresse des traces (tile/entries) n’existe pas.',
  },
  slice: {
    title: 'Ma tranche des journaux',
    lead: 'Vos traces d’une période, dans l’ordre, avec ce qui prouve qu’aucune ne manque. Vous la vérifiez sans nous faire confiance, et sans voir les traces des autres fournisseurs.',
    from: 'Du',
    to: 'Au',
    day: 'Jour en temps universel (UTC), inclus.',
    download: 'Télécharger',
    proofTitle: 'Ce que la vérification prouve',
    proof: [
      'Chaque trace porte l’empreinte de votre trace précédente : une trace retirée, ajoutée ou modifiée rompt la chaîne.',
      'La première et la dernière sont dans le journal que la passerelle a signé.',
      'La passerelle signe aussi combien de traces elle détient pour vous : la commande dit où votre tranche se place parmi elles.',
    ],
    command: 'Vérifier le fichier téléchargé',
  },
  retention: {
    done: (months: string, records: string) =>
      months === '0'
        ? 'Aucun mois n’avait atteint sa durée de conservation.'
        : `Mois effacés : ${months} ; traces : ${records}.`,
  },
};
