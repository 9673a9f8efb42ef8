// The words of the ledger's pages and commands.
import { defineMessages } from '#platform/i18n/locale.ts';

/** Reads the words of the ledger in a language. */
export const ledgerMessages = defineMessages('ledger', {
  fr: {
    title: 'Registre des décisions',
    lead: 'Chaque décision prise dans Socle est inscrite ici, dans l’ordre, et ne peut plus être modifiée sans que cela se voie. Chacun peut le vérifier, sans nous faire confiance.',
    size: 'Entrées',
    checkpointAt: 'Dernier point de contrôle',
    root: 'Racine',
    verifier: 'Clé de vérification',
    empty: 'Aucune décision n’est encore inscrite.',
    latest: 'Dernières entrées',
    caption: 'Entrées du registre, les plus récentes d’abord',
    index: 'Numéro',
    at: 'Date',
    kind: 'Nature',
    subject: 'Sujet',
    actor: 'Auteur',
    data: 'Contenu',
    id: 'Identifiant',
    leaf: 'Empreinte',
    older: 'Entrées plus anciennes',
    howTitle: 'Comment vérifier',
    how: [
      'Gardez de votre côté le point de contrôle d’aujourd’hui : c’est la taille et la racine du registre, signées.',
      'Plus tard, demandez une preuve de cohérence entre ce point et le dernier : elle montre que rien n’a été réécrit avant.',
      'Pour une entrée donnée, une preuve d’inclusion montre qu’elle est bien dans le registre signé.',
    ],
    commandTitle: 'Vérifier tout le registre hors ligne',
    command:
      'Un auditeur exporte le registre, puis le vérifie sur n’importe quelle machine, sans base de données. La commande recalcule chaque empreinte et nomme la première entrée qui ne correspond pas.',
    download: 'Télécharger l’export (auditeurs)',
    checkpointLink: 'Point de contrôle signé',
    keyLink: 'Clé de vérification',
    entryTitle: (index: string) => `Entrée ${index}`,
    erased: 'Ce contenu a été effacé ; son empreinte reste.',
    proof: 'Preuve d’inclusion (JSON)',
    hidden: 'L’auteur et le contenu sont visibles des auditeurs.',
    system: (name: string) => `Système (${name})`,
    verified: (entries: string, checkpoints: string) =>
      `Le registre est intact : ${entries} entrées, ${checkpoints} points de contrôle signés.`,
    faultAt: (index: string, reason: string) =>
      `Le registre ne correspond pas à l’entrée ${index} : ${reason}`,
    fault: (reason: string) => `Le registre ne correspond pas : ${reason}`,
    logVerified: (origin: string, entries: string, read: string) =>
      `Le journal ${origin} est intact : ${entries} entrées signées, dont ${read} relues.`,
    sliceVerified: (
      origin: string,
      entries: string,
      first: string,
      last: string,
      signed: string | null | 0,
    ) =>
      entries === '0'
        ? `La tranche du journal ${origin} est intacte et vide.`
        : `La tranche du journal ${origin} est intacte et sans trou : ${entries} entrées, de la ${first}e à la ${last}e${signed ? ` des ${signed} que le journal signe pour ce fournisseur` : ''}.`,
    logFaultAt: (index: string, reason: string) =>
      `Le journal ne correspond pas à l’entrée ${index} : ${reason}`,
    logFault: (reason: string) => `Le journal ne correspond pas : ${reason}`,
    exported: (entries: string, file: string) => `${entries} entrées exportées dans ${file}.`,
    unreadable: (file: string) => `Le fichier ${file} ne peut pas être lu.`,
  },
  en: {
    title: 'Ledger of decisions',
    lead: 'Each decision made in Socle is entered here, in order, and cannot be changed afterwards without it showing. Anyone can verify this, without trusting us.',
    size: 'Entries',
    checkpointAt: 'Last checkpoint',
    root: 'Root',
    verifier: 'Verifier key',
    empty: 'No decision has been entered yet.',
    latest: 'Latest entries',
    caption: 'Entries of the ledger, the latest first',
    index: 'Number',
    at: 'Date',
    kind: 'Kind',
    subject: 'Subject',
    actor: 'Author',
    data: 'Content',
    id: 'Identifier',
    leaf: 'Hash',
    older: 'Older entries',
    howTitle: 'How to verify',
    how: [
      'Keep today’s checkpoint on your side: it is the size and the root of the ledger, signed.',
      'Later, ask for a consistency proof between that checkpoint and the latest: it shows that nothing before was rewritten.',
      'For a given entry, an inclusion proof shows that it is in the signed ledger.',
    ],
    commandTitle: 'Verify the whole ledger offline',
    command:
      'An auditor exports the ledger, then verifies it on any machine, without a database. The command computes each hash again and names the first entry that does not fit.',
    download: 'Download the export (auditors)',
    checkpointLink: 'Signed checkpoint',
    keyLink: 'Verifier key',
    entryTitle: (index: string) => `Entry ${index}`,
    erased: 'This content was erased; its hash stays.',
    proof: 'Inclusion proof (JSON)',
    hidden: 'Author and content are visible to auditors.',
    system: (name: string) => `System (${name})`,
    verified: (entries: string, checkpoints: string) =>
      `The ledger is intact: ${entries} entries, ${checkpoints} signed checkpoints.`,
    faultAt: (index: string, reason: string) => `The ledger does not fit at entry ${index}: ${reason}`,
    fault: (reason: string) => `The ledger does not fit: ${reason}`,
    logVerified: (origin: string, entries: string, read: string) =>
      `The log ${origin} is intact: ${entries} signed entries, ${read} of them read again.`,
    sliceVerified: (
      origin: string,
      entries: string,
      first: string,
      last: string,
      signed: string | null | 0,
    ) =>
      entries === '0'
        ? `The slice of the log ${origin} is intact and empty.`
        : `The slice of the log ${origin} is intact and without a hole: ${entries} entries, from number ${first} to number ${last}${signed ? ` of the ${signed} that the log signs for this producer` : ''}.`,
    logFaultAt: (index: string, reason: string) => `The log does not fit at entry ${index}: ${reason}`,
    logFault: (reason: string) => `The log does not fit: ${reason}`,
    exported: (entries: string, file: string) => `${entries} entries exported to ${file}.`,
    unreadable: (file: string) => `The file ${file} cannot be read.`,
  },
});
