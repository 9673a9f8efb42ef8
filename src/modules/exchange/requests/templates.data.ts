// Use cases that fill a request in: what is usual for each. Scopes that no API of the installation has are left out. Data alone.
import type { Translated } from '#platform/i18n/locale.ts';
import type { RequestForm } from './request-fields.data.ts';

/** A use case. */
export interface RequestTemplate {
  readonly word: string;
  readonly title: Translated;
  readonly summary: Translated;
  /** What it fills in, in the language of the State's acts. */
  readonly form: RequestForm;
  /** Usual scopes, by API. */
  readonly scopes: readonly { readonly api: string; readonly names: readonly string[] }[];
}

/** Code des relations entre le public et l'administration: administrations exchange what a procedure needs. */
const ASK_ONCE = 'Code des relations entre le public et l’administration, art. L. 114-8';
const ASK_ONCE_LINK = 'https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000045213313';
const office = { fromHour: '8', toHour: '19', modality: 'agent-tool' } as const;
const procedure = { fromHour: '0', toHour: '23', modality: 'online-procedure' } as const;

/** The use cases, the free one last. */
export const REQUEST_TEMPLATES: readonly RequestTemplate[] = [
  {
    word: 'canteen-pricing',
    title: { fr: 'Tarifs de la cantine et du périscolaire', en: 'Canteen and after-school prices' },
    summary: {
      fr: 'Calculer un tarif selon le quotient familial, sans attestation.',
      en: 'Compute a price by family quotient, without a certificate.',
    },
    form: {
      title: 'Tarification de la restauration scolaire',
      purpose: 'Calculer le tarif de la cantine et du périscolaire selon le quotient familial',
      description:
        'À l’inscription, puis à chaque rentrée, le service des affaires scolaires lit le quotient familial du foyer et calcule le tarif. La famille n’a plus d’attestation à fournir\u00A0; elle peut s’y opposer et payer le tarif plein.',
      legalBasis: `${ASK_ONCE}\u00A0; code de l’éducation, art. L. 131-6\u00A0; délibération du conseil fixant les tarifs`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Jusqu’à la fin de l’année scolaire.',
      recipients: 'Le service des affaires scolaires.',
      callsPerDay: '400',
      ...procedure,
    },
    scopes: [
      { api: 'quotient-familial', names: ['quotient', 'enfants'] },
      { api: 'scolarite', names: ['inscription', 'regime'] },
    ],
  },
  {
    word: 'social-transport',
    title: { fr: 'Tarif social des transports', en: 'Social tariff for transport' },
    summary: {
      fr: 'Accorder une réduction selon l’emploi, les ressources ou les études.',
      en: 'Grant a reduction by employment, means or studies.',
    },
    form: {
      title: 'Tarification solidaire des transports',
      purpose: 'Vérifier le droit à un tarif réduit de transport',
      description:
        'À la demande de l’abonnement, le service vérifie un seul des motifs de réduction choisis par la personne\u00A0: inscription à l’emploi, revenu de solidarité, quotient familial ou statut d’étudiant. Il n’en garde que la réponse.',
      legalBasis: `${ASK_ONCE}\u00A0; code des transports, art. L. 1113-1\u00A0; code du travail, art. L. 5312-1\u00A0; code de l’action sociale et des familles, art. L. 262-40\u00A0; code de l’éducation, art. L. 612-1`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Un an, durée de l’abonnement.',
      recipients: 'L’agence commerciale du réseau de transport.',
      callsPerDay: '1500',
      ...procedure,
    },
    scopes: [
      { api: 'statut-demandeur-emploi', names: ['inscription', 'categorie'] },
      { api: 'revenu-de-solidarite', names: ['droit'] },
      { api: 'quotient-familial', names: ['quotient'] },
      { api: 'statut-etudiant', names: ['statut'] },
    ],
  },
  {
    word: 'student-scholarship',
    title: { fr: 'Bourse d’études', en: 'Student scholarship' },
    summary: {
      fr: 'Instruire une bourse ou une aide au logement d’un étudiant.',
      en: 'Examine a scholarship or a student’s housing aid.',
    },
    form: {
      title: 'Instruction des bourses d’études',
      purpose: 'Instruire une demande de bourse d’études',
      description:
        'L’agent qui instruit la bourse lit l’inscription, le statut de boursier et le revenu fiscal de référence du foyer, pour calculer l’échelon. Aucun justificatif n’est demandé à la famille.',
      legalBasis: `${ASK_ONCE}\u00A0; code de l’éducation, art. L. 612-1 et L. 821-1\u00A0; livre des procédures fiscales, art. L. 135 ZD`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Deux ans après la dernière année de bourse.',
      recipients: 'Le bureau des bourses.',
      callsPerDay: '3000',
      ...office,
    },
    scopes: [
      { api: 'statut-etudiant', names: ['statut', 'inscriptions'] },
      { api: 'bourses-etudiantes', names: ['statut', 'echelon'] },
      { api: 'impot-revenu', names: ['revenu', 'parts'] },
    ],
  },
  {
    word: 'company-prefill',
    title: { fr: 'Préremplissage d’un dossier d’entreprise', en: 'Pre-fill of a company’s file' },
    summary: {
      fr: 'Remplir l’identité d’une entreprise et vérifier ses obligations, marchés et aides.',
      en: 'Fill in a company’s identity and check its duties, for tenders and aids.',
    },
    form: {
      title: 'Préremplissage des dossiers d’entreprises',
      purpose: 'Préremplir un dossier d’entreprise et vérifier sa régularité fiscale et sociale',
      description:
        'L’entreprise donne son SIREN\u00A0; le téléservice remplit son identité et ses établissements, et vérifie ses attestations. L’agent n’a plus à les demander ni à les relancer.',
      legalBasis: `${ASK_ONCE}\u00A0; code de la commande publique, art. R. 2143-7 et R. 2143-13\u00A0; code de la sécurité sociale, art. L. 243-15`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Cinq ans après la fin du marché ou de l’aide.',
      recipients: 'Le service de la commande publique et des aides.',
      callsPerDay: '800',
      ...procedure,
    },
    scopes: [
      { api: 'entreprises', names: ['identite', 'etablissements'] },
      { api: 'attestation-fiscale', names: ['regularite'] },
      { api: 'attestation-sociale', names: ['regularite'] },
    ],
  },
  {
    word: 'civil-status',
    title: { fr: 'Vérification de l’état civil', en: 'Civil-status check' },
    summary: {
      fr: 'Vérifier une naissance ou un titre, sans extrait à fournir.',
      en: 'Check a birth or an identity document, without a certificate.',
    },
    form: {
      title: 'Vérification de l’état civil',
      purpose: 'Vérifier l’état civil d’une personne qui fait une démarche',
      description:
        'L’agent vérifie les données d’état civil que la personne a saisies, au lieu de lui demander un extrait d’acte. Les différences lui sont montrées\u00A0; il décide.',
      legalBasis: `${ASK_ONCE}\u00A0; décret n° 2017-890 du 6 mai 2017 relatif à l’état civil, art. 13\u00A0; décret n° 2021-279 du 13 mars 2021, art. 3`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Le temps de la vérification.',
      recipients: 'Les officiers d’état civil.',
      callsPerDay: '250',
      ...office,
    },
    scopes: [
      { api: 'etat-civil', names: ['naissance'] },
      { api: 'titres-identite', names: ['validite'] },
    ],
  },
  {
    word: 'social-aid',
    title: { fr: 'Aide sociale facultative', en: 'Optional social aid' },
    summary: {
      fr: 'Instruire un secours ou une aide au logement d’une collectivité.',
      en: 'Examine a local authority’s relief or housing aid.',
    },
    form: {
      title: 'Instruction des aides sociales facultatives',
      purpose: 'Instruire une aide sociale facultative',
      description:
        'Le travailleur social lit, avec l’accord de la personne, les prestations et les droits dont dépend l’aide. Il ne lit rien des autres membres du foyer.',
      legalBasis: `${ASK_ONCE}\u00A0; code de l’action sociale et des familles, art. L. 123-5 et L. 262-40\u00A0; code de la sécurité sociale, art. L. 114-12\u00A0; code de la construction et de l’habitation, art. L. 821-1`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Deux ans après la dernière aide.',
      recipients: 'Les travailleurs sociaux du centre d’action sociale.',
      callsPerDay: '150',
      ...office,
    },
    scopes: [
      { api: 'prestations-familiales', names: ['nature'] },
      { api: 'aide-au-logement', names: ['droit'] },
      { api: 'revenu-de-solidarite', names: ['droit'] },
    ],
  },
  {
    word: 'social-housing',
    title: { fr: 'Demande de logement social', en: 'Application for social housing' },
    summary: {
      fr: 'Vérifier les ressources et la situation d’un demandeur, sans avis à fournir.',
      en: 'Check an applicant’s means and situation, without any notice to provide.',
    },
    form: {
      title: 'Instruction des demandes de logement social',
      purpose: 'Vérifier la situation d’un demandeur de logement social',
      description:
        'À l’instruction de la demande, le service vérifie le revenu fiscal de référence, la composition du foyer et la situation au regard de l’emploi. Le demandeur n’a plus d’avis d’imposition à fournir.',
      legalBasis: `${ASK_ONCE}\u00A0; code de la construction et de l’habitation, art. L. 441-1\u00A0; livre des procédures fiscales, art. L. 135 ZD\u00A0; code du travail, art. L. 5312-1`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Jusqu’à l’attribution du logement, cinq ans au plus.',
      recipients: 'Les instructeurs de la demande et la commission d’attribution.',
      callsPerDay: '200',
      ...office,
    },
    scopes: [
      { api: 'impot-revenu', names: ['revenu', 'parts'] },
      { api: 'statut-demandeur-emploi', names: ['inscription'] },
    ],
  },
  {
    word: 'parking-disability',
    title: { fr: 'Stationnement des personnes handicapées', en: 'Parking for disabled people' },
    summary: {
      fr: 'Reconnaître une carte et un véhicule, sans démarche de la personne.',
      en: 'Recognise a card and a vehicle, without any step by the person.',
    },
    form: {
      title: 'Gratuité du stationnement',
      purpose: 'Accorder la gratuité du stationnement aux titulaires d’une carte',
      description:
        'Le service vérifie une fois par an que la carte est valide et à quel véhicule elle s’attache. Les agents de contrôle ne voient que le résultat.',
      legalBasis: `${ASK_ONCE}\u00A0; code de l’action sociale et des familles, art. L. 241-3\u00A0; code de la route, art. L. 330-2`,
      legalBasisUrl: ASK_ONCE_LINK,
      retention: 'Un an.',
      recipients: 'Le service du stationnement.',
      callsPerDay: '120',
      ...office,
    },
    scopes: [
      { api: 'carte-mobilite-inclusion', names: ['cartes'] },
      { api: 'immatriculations', names: ['vehicules'] },
    ],
  },
  {
    word: 'free',
    title: { fr: 'Autre cas d’usage', en: 'Another use case' },
    summary: { fr: 'Un formulaire vide.', en: 'An empty form.' },
    form: {},
    scopes: [],
  },
];

/** The use case of that word; null when there is none (any more). */
export function findTemplate(word: string): RequestTemplate | null {
  return REQUEST_TEMPLATES.find((template) => template.word === word) ?? null;
}
