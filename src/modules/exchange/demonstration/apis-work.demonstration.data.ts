// Invented APIs on people at school and at work. Data alone.
import type { InventedApi } from './apis.demonstration.types.ts';
import { address, call, familyName, identity, scope, TOWNS } from './parts.demonstration.data.ts';
import { amount, choice, code, day, flag, many, whole } from './shapes.demonstration.ts';

/** APIs on studies and work. */
export const WORK_APIS: readonly InventedApi[] = [
  {
    slug: 'statut-etudiant',
    producer: 'DSU',
    name: 'Statut d’étudiant',
    summary: 'L’inscription d’une personne dans l’enseignement supérieur pour l’année en cours.',
    description:
      'Dit si une personne est étudiante, dans quel établissement et sous quel régime. Elle sert aux tarifs étudiants des transports, des restaurants et des équipements culturels.',
    sensitivity: 'personal',
    legalBasis: 'Code de l’éducation, art. L. 612-1',
    subject: 'person',
    quotaPerMinute: 600,
    versions: [
      { name: 'v1', state: 'deprecated', endsOn: '2027-08-31', flaws: ['no-problems', 'french-dates'] },
      { name: 'v2', flaws: ['unexplained-fields'] },
    ],
    calls: [
      call('/inscriptions', 'lireInscriptions', 'Lit les inscriptions d’une personne', {
        estEtudiant: flag('Étudiant cette année', 0.7),
        etudiant: identity,
        inscriptions: many('Inscriptions', 1, 2, {
          etablissement: choice('Établissement', 'Université de Saint-Aubrin', 'École des Monts-Clairs'),
          regime: choice('Régime', 'formation initiale', 'formation continue', 'apprentissage'),
          diplome: choice('Diplôme préparé', 'Licence', 'Master', 'Doctorat', 'BTS'),
          dateDebut: day('Début', 2026, 2026),
          dateFin: day('Fin', 2027, 2027),
        }),
        numeroEtudiant: code('Identifiant national', '##########@'),
        courriel: choice('Courriel', 'prenom.nom@etu.saint-aubrin.example'),
      }),
    ],
    scopes: [
      scope('statut', 'Le statut d’étudiant', '/estEtudiant'),
      scope(
        'inscriptions',
        'Établissements et dates',
        '/inscriptions/*/etablissement /inscriptions/*/dateDebut /inscriptions/*/dateFin',
      ),
      scope('formation', 'Régime et diplôme', '/inscriptions/*/regime /inscriptions/*/diplome'),
    ],
  },
  {
    slug: 'bourses-etudiantes',
    producer: 'CNB',
    name: 'Bourses étudiantes',
    summary: 'L’échelon de bourse d’un étudiant et la durée de son droit.',
    description:
      'Donne le statut de boursier pour l’année en cours, afin que les droits d’inscription, la contribution de vie étudiante et les tarifs sociaux soient appliqués sans démarche.',
    sensitivity: 'personal',
    legalBasis: 'Code de l’éducation, art. L. 821-1',
    subject: 'person',
    quotaPerMinute: 600,
    versions: [{ name: 'v1' }],
    calls: [
      call('/bourse', 'lireBourse', 'Lit la bourse d’un étudiant', {
        estBoursier: flag('Boursier', 0.4),
        echelon: choice('Échelon', '0bis', '1', '2', '3', '4', '5', '6', '7'),
        depuis: day('Début du droit', 2026, 2026),
        dureeMois: whole('Durée en mois', 10, 12),
        villeEtudes: choice('Ville d’études', ...TOWNS),
        revenusFamille: amount('Revenus retenus', 5000, 45_000),
      }),
    ],
    scopes: [
      scope('statut', 'Le statut de boursier', '/estBoursier /depuis /dureeMois'),
      scope('echelon', 'L’échelon', '/echelon', true),
      scope('ville', 'La ville d’études', '/villeEtudes'),
    ],
  },
  {
    slug: 'scolarite',
    producer: 'DES',
    name: 'Scolarité',
    summary: 'L’inscription d’un élève dans une école, un collège ou un lycée.',
    description:
      'Dit dans quel établissement un élève est inscrit et à quel régime de restauration. Les communes et départements s’en servent pour les transports et la cantine.',
    sensitivity: 'personal',
    legalBasis: 'Code de l’éducation, art. L. 131-6',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['short-description', 'no-contact'] }],
    calls: [
      call('/eleve', 'lireEleve', 'Lit la scolarité d’un élève', {
        estScolarise: flag('Inscrit cette année', 0.9),
        etablissement: choice(
          'Établissement',
          'Collège de Liverolles',
          'Lycée du Val-d’Œuvre',
          'École Haute',
        ),
        codeEtablissement: code('Code de l’établissement', '041####@'),
        niveau: choice('Niveau', 'CM2', '6e', '4e', '3e', 'Seconde', 'Terminale'),
        regime: choice('Régime', 'externe', 'demi-pensionnaire', 'interne'),
        responsable: familyName('Responsable légal'),
        telephone: code('Téléphone du responsable', '0# ## ## ## ##'),
      }),
    ],
    scopes: [
      scope(
        'inscription',
        'Établissement et niveau',
        '/estScolarise /etablissement /codeEtablissement /niveau',
      ),
      scope('regime', 'Régime de restauration', '/regime'),
    ],
  },
  {
    slug: 'bourses-de-college',
    producer: 'DES',
    name: 'Bourses de collège',
    summary: 'Le droit d’un élève à la bourse de collège, proposé sans démarche.',
    description: 'API en préparation\u00A0: elle donnera l’échelon de bourse d’un élève de collège.',
    sensitivity: 'personal',
    legalBasis: 'Code de l’éducation, art. L. 531-1',
    subject: 'person',
    quotaPerMinute: 120,
    state: 'draft',
    versions: [{ name: 'v1', flaws: ['no-examples', 'no-contact', 'no-problems'] }],
    calls: [
      call('/bourse', 'lireBourse', 'Lit la bourse d’un élève', {
        estBoursier: flag('Boursier', 0.3),
        echelon: whole('Échelon', 1, 3),
        montantAnnuel: amount('Montant annuel', 100, 480),
      }),
    ],
    scopes: [scope('bourse', 'Le droit et l’échelon', '/estBoursier /echelon')],
  },
  {
    slug: 'statut-demandeur-emploi',
    producer: 'AIE',
    name: 'Statut de demandeur d’emploi',
    summary: 'L’inscription d’une personne comme demandeur d’emploi et sa catégorie.',
    description:
      'Dit si une personne est inscrite comme demandeur d’emploi, depuis quand et dans quelle catégorie. Elle ouvre des tarifs et des aides sans attestation à fournir.',
    sensitivity: 'personal',
    legalBasis: 'Code du travail, art. L. 5312-1',
    subject: 'person',
    quotaPerMinute: 900,
    versions: [
      { name: 'v1', state: 'retired', flaws: ['plain-http', 'no-problems', 'no-contact'] },
      { name: 'v2', state: 'deprecated', endsOn: '2027-01-31', flaws: ['unexplained-parameters'] },
      { name: 'v3' },
    ],
    calls: [
      call('/statut', 'lireStatut', 'Lit l’inscription d’une personne', {
        estInscrit: flag('Inscrit à ce jour', 0.4),
        categorie: choice('Catégorie', 'A', 'B', 'C', 'D', 'E'),
        dateInscription: day('Date d’inscription', 2023, 2026),
        dateCessation: day('Date de cessation prévue', 2026, 2027),
        identite: identity,
        adresse: address(),
        conseiller: familyName('Conseiller'),
        identifiant: code('Identifiant de demandeur', '#######@'),
      }),
    ],
    scopes: [
      scope('inscription', 'L’inscription et ses dates', '/estInscrit /dateInscription /dateCessation'),
      scope('categorie', 'La catégorie', '/categorie'),
      scope('identite', 'L’identité', '/identite'),
      scope('adresse', 'L’adresse', '/adresse'),
    ],
  },
  {
    slug: 'indemnites-emploi',
    producer: 'AIE',
    name: 'Indemnités de recherche d’emploi',
    summary: 'Les indemnités versées à un demandeur d’emploi, mois par mois.',
    description:
      'Liste les paiements des douze derniers mois. Elle sert aux organismes qui calculent un droit selon les ressources du moment.',
    sensitivity: 'personal',
    legalBasis: 'Code du travail, art. L. 5312-1',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['french-dates', 'no-examples'] }],
    calls: [
      call('/paiements', 'lirePaiements', 'Lit les paiements d’une personne', {
        paiements: many('Paiements', 1, 12, {
          datePaiement: day('Date du paiement', 2025, 2026),
          montant: amount('Montant', 200, 2400),
          nature: choice('Nature', 'Allocation de retour', 'Aide à la mobilité', 'Solidarité'),
        }),
        joursRestants: whole('Jours restants', 0, 720),
        compte: code('Compte', 'VM76 #### #### ####'),
      }),
    ],
    scopes: [
      scope('paiements', 'Dates et montants', '/paiements/*/datePaiement /paiements/*/montant', true),
      scope('nature', 'Nature des paiements', '/paiements/*/nature'),
    ],
  },
  {
    slug: 'carriere-retraite',
    producer: 'CNP',
    name: 'Carrière et retraite',
    summary: 'Les trimestres acquis et les pensions de retraite d’une personne.',
    description:
      'Donne le relevé de carrière résumé et les pensions en cours. Elle sert à l’instruction de l’aide aux personnes âgées et à la portabilité entre régimes.',
    sensitivity: 'personal',
    legalBasis: 'Code de la sécurité sociale, art. L. 161-17',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['unexplained-fields', 'no-operation-ids'] }],
    calls: [
      call('/carriere', 'lireCarriere', 'Lit la carrière d’une personne', {
        trimestres: whole('Trimestres acquis', 0, 180),
        estRetraite: flag('À la retraite', 0.3),
        pensions: many('Pensions', 0, 3, {
          regime: choice('Régime', 'général', 'agricole', 'fonction publique'),
          montant: amount('Montant mensuel', 150, 2400),
          depuis: day('Date d’effet', 2005, 2026),
        }),
        employeurs: many('Derniers employeurs', 1, 4, {
          nom: choice('Nom', 'Boisselier Énergies', 'Cyprine Logiciels', 'Novalis Assurances'),
          annees: whole('Années', 1, 20),
        }),
      }),
    ],
    scopes: [
      scope('trimestres', 'Trimestres acquis', '/trimestres /estRetraite'),
      scope('pensions', 'Pensions en cours', '/pensions', true),
    ],
  },
  {
    slug: 'agents-publics',
    producer: 'DFP',
    name: 'Situation d’un agent public',
    summary: 'Le corps, le grade et l’administration d’emploi d’un agent public.',
    description:
      'Sert aux mutations, aux concours internes et à l’action sociale interministérielle\u00A0: l’agent ne fournit plus son arrêté.',
    sensitivity: 'personal',
    legalBasis: 'Code général de la fonction publique, art. L. 7',
    subject: 'person',
    quotaPerMinute: 120,
    versions: [{ name: 'v1', flaws: ['no-security'] }],
    calls: [
      call('/situation', 'lireSituation', 'Lit la situation d’un agent', {
        estAgent: flag('Agent public en activité', 0.2),
        administration: choice('Administration', 'Ministère de la Culture', 'Ministère de l’Intérieur'),
        corps: choice('Corps', 'Attaché', 'Secrétaire', 'Ingénieur', 'Professeur'),
        grade: choice('Grade', 'Normale', 'Principal', 'Hors classe'),
        indice: whole('Indice majoré', 366, 1000),
        depuis: day('Date d’entrée', 1995, 2026),
        evaluation: choice('Dernière évaluation', 'A', 'B', 'C'),
      }),
    ],
    scopes: [
      scope('situation', 'Administration, corps et grade', '/estAgent /administration /corps /grade /depuis'),
      scope('indice', 'L’indice', '/indice', true),
    ],
  },
];
