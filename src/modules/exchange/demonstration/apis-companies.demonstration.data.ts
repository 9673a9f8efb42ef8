// Invented APIs on companies. Data alone.
import type { InventedApi } from './apis.demonstration.types.ts';
import { address, COMPANIES, call, familyName, scope } from './parts.demonstration.data.ts';
import { amount, asked, choice, code, day, flag, group, many, whole } from './shapes.demonstration.ts';

const siren = asked('SIREN', 0);

/** APIs on companies. */
export const COMPANY_APIS: readonly InventedApi[] = [
  {
    slug: 'entreprises',
    producer: 'ISE',
    name: 'Entreprises',
    summary: 'L’identité, les établissements et les dirigeants d’une entreprise.',
    description:
      'Donne ce que le répertoire des entreprises sait d’une entreprise, y compris les données qui ne sont pas ouvertes. Elle évite de demander un extrait d’immatriculation.',
    sensitivity: 'internal',
    legalBasis: 'Code des relations entre le public et l’administration, art. L. 114-8',
    subject: 'company',
    quotaPerMinute: 2400,
    versions: [
      {
        name: 'v1',
        state: 'deprecated',
        endsOn: '2026-12-31',
        flaws: ['unexplained-fields', 'no-examples'],
        lacks: ['dirigeants'],
      },
      { name: 'v2' },
    ],
    calls: [
      call('/entreprises/{siren}', 'lireEntreprise', 'Lit une entreprise', {
        siren,
        denomination: choice('Dénomination', ...COMPANIES),
        formeJuridique: choice('Forme juridique', 'SARL', 'SAS', 'SA', 'Association'),
        activitePrincipale: code('Activité principale', '##.##@'),
        effectif: whole('Effectif', 1, 4200),
        creeeLe: day('Date de création', 1970, 2025),
        estActive: flag('En activité', 0.95),
        siege: address('Siège'),
        etablissements: many('Établissements', 1, 4, {
          siret: code('SIRET', '000########001#'),
          estSiege: flag('Siège', 0.3),
          adresse: address(),
        }),
        dirigeants: many('Dirigeants', 1, 3, {
          nom: familyName('Nom'),
          fonction: choice('Fonction', 'Présidente', 'Gérant', 'Directrice générale'),
          anneeNaissance: whole('Année de naissance', 1950, 1995),
        }),
        capital: whole('Capital, en euros', 1000, 900_000),
        cotationBanque: choice('Cotation interne', 'A', 'B', 'C'),
      }),
    ],
    scopes: [
      scope(
        'identite',
        'Identité de l’entreprise',
        '/siren /denomination /formeJuridique /activitePrincipale /creeeLe /estActive',
      ),
      scope(
        'etablissements',
        'Siège et établissements',
        '/siege /etablissements/*/siret /etablissements/*/estSiege /etablissements/*/adresse',
      ),
      scope('dirigeants', 'Dirigeants', '/dirigeants/*/nom /dirigeants/*/fonction', true),
      scope('effectif', 'Effectif et capital', '/effectif /capital'),
    ],
  },
  {
    slug: 'attestation-fiscale',
    producer: 'DGI',
    name: 'Attestation fiscale',
    summary: 'Dit si une entreprise est à jour de ses déclarations et paiements fiscaux.',
    description:
      'Remplace l’attestation de régularité fiscale que les acheteurs publics demandent aux candidats d’un marché.',
    sensitivity: 'internal',
    legalBasis: 'Code de la commande publique, art. R. 2143-7',
    subject: 'company',
    quotaPerMinute: 600,
    versions: [{ name: 'v1' }],
    calls: [
      call('/attestations/{siren}', 'lireAttestation', 'Lit la régularité fiscale', {
        siren,
        estEnRegle: flag('À jour', 0.9),
        etablieLe: day('Établie le', 2026, 2026),
        numero: code('Numéro d’attestation', 'AF########'),
        restesARecouvrer: amount('Restes à recouvrer', 0, 30_000),
      }),
    ],
    scopes: [scope('regularite', 'La régularité', '/siren /estEnRegle /etablieLe /numero')],
  },
  {
    slug: 'attestation-sociale',
    producer: 'CNP',
    name: 'Attestation sociale',
    summary: 'Dit si une entreprise est à jour de ses cotisations sociales.',
    description: 'Remplace l’attestation de vigilance pour les acheteurs publics et les donneurs d’ordre.',
    sensitivity: 'internal',
    legalBasis: 'Code de la sécurité sociale, art. L. 243-15',
    subject: 'company',
    quotaPerMinute: 600,
    versions: [{ name: 'v1', flaws: ['no-contact'] }],
    calls: [
      call('/attestations/{siren}', 'lireAttestation', 'Lit la régularité sociale', {
        siren,
        estEnRegle: flag('À jour', 0.9),
        valideJusquau: day('Valide jusqu’au', 2027, 2027),
        effectifDeclare: whole('Effectif déclaré', 1, 900),
        masseSalariale: amount('Masse salariale', 20_000, 900_000),
      }),
    ],
    scopes: [
      scope('regularite', 'La régularité', '/siren /estEnRegle /valideJusquau'),
      scope('effectif', 'L’effectif déclaré', '/effectifDeclare'),
    ],
  },
  {
    slug: 'liasses-fiscales',
    producer: 'DGI',
    name: 'Liasses fiscales',
    summary: 'Le bilan et le compte de résultat déclarés par une entreprise.',
    description:
      'Donne les principaux postes de la dernière liasse fiscale aux administrations qui instruisent une aide. Les données sont couvertes par le secret fiscal.',
    sensitivity: 'sensitive',
    legalBasis: 'Livre des procédures fiscales, art. L. 113',
    subject: 'company',
    quotaPerMinute: 120,
    versions: [{ name: 'v1', flaws: ['no-operation-ids', 'unexplained-fields'] }],
    calls: [
      call('/liasses', 'lireLiasse', 'Lit la dernière liasse', {
        exercice: whole('Exercice', 2025, 2025),
        chiffreAffaires: amount('Chiffre d’affaires', 40_000, 900_000),
        resultatNet: amount('Résultat net', 0, 90_000),
        dettes: amount('Dettes', 0, 300_000),
        bilan: group('Bilan', {
          actif: amount('Actif', 50_000, 900_000),
          passif: amount('Passif', 50_000, 900_000),
        }),
        expertComptable: familyName('Expert-comptable'),
      }),
    ],
    scopes: [
      scope('resultat', 'Chiffre d’affaires et résultat', '/exercice /chiffreAffaires /resultatNet', true),
      scope('bilan', 'Bilan et dettes', '/bilan /dettes', true),
    ],
  },
  {
    slug: 'candidats-marches-publics',
    producer: 'UGP',
    name: 'Candidats aux marchés publics',
    summary: 'Les capacités et certifications d’un candidat à un marché public.',
    description:
      'Rassemble ce qu’un candidat a déjà fourni à un acheteur public, pour qu’il ne le fournisse pas deux fois.',
    sensitivity: 'internal',
    legalBasis: 'Code de la commande publique, art. R. 2143-13',
    subject: 'company',
    quotaPerMinute: 120,
    versions: [{ name: 'v1', flaws: ['plain-http', 'no-problems'] }],
    calls: [
      call('/candidats', 'lireCandidat', 'Lit le dossier d’un candidat', {
        certifications: many('Certifications', 0, 3, {
          nom: choice('Nom', 'Qualibat 2111', 'ISO 27001', 'RGE', 'ISO 9001'),
          expireLe: day('Expire le', 2026, 2030),
        }),
        chiffreAffairesMoyen: amount('Chiffre d’affaires moyen', 50_000, 800_000),
        references: whole('Marchés exécutés', 0, 60),
        litiges: whole('Litiges en cours', 0, 3),
      }),
    ],
    scopes: [
      scope('certifications', 'Certifications', '/certifications'),
      scope('capacites', 'Capacités', '/chiffreAffairesMoyen /references'),
    ],
  },
  {
    slug: 'aides-agricoles',
    producer: 'AAN',
    name: 'Aides agricoles',
    summary: 'Les aides versées à une exploitation et les surfaces déclarées.',
    description:
      'Donne les aides de la campagne en cours et les surfaces, pour l’instruction des aides régionales et le contrôle du cumul.',
    sensitivity: 'internal',
    legalBasis: 'Code rural et de la pêche maritime, art. L. 313-1',
    subject: 'company',
    quotaPerMinute: 120,
    versions: [{ name: 'v1', flaws: ['french-dates'] }],
    calls: [
      call('/exploitations/{siren}', 'lireExploitation', 'Lit les aides d’une exploitation', {
        siren,
        campagne: whole('Campagne', 2026, 2026),
        aides: many('Aides', 1, 4, {
          dispositif: choice(
            'Dispositif',
            'Paiement de base',
            'Bio',
            'Zone de montagne',
            'Jeune agriculteur',
          ),
          montant: amount('Montant', 500, 28_000),
          dateVersement: day('Versée le', 2025, 2026),
        }),
        surfaceHectares: amount('Surface', 4, 320),
        controles: whole('Contrôles sur place', 0, 2),
      }),
    ],
    scopes: [
      scope('aides', 'Aides versées', '/campagne /aides/*/dispositif /aides/*/montant'),
      scope('surfaces', 'Surfaces', '/surfaceHectares'),
    ],
  },
  {
    slug: 'operateurs-douaniers',
    producer: 'DDI',
    name: 'Opérateurs douaniers',
    summary: 'Le numéro d’opérateur et les autorisations douanières d’une entreprise.',
    description: 'Permet aux administrations de vérifier une autorisation sans interroger l’entreprise.',
    sensitivity: 'internal',
    legalBasis: 'Code des douanes, art. 59 bis',
    subject: 'company',
    quotaPerMinute: 120,
    versions: [{ name: 'v1', flaws: ['no-version-in-address', 'unexplained-fields', 'no-security'] }],
    calls: [
      call('/operateurs/{siren}', 'lireOperateur', 'Lit un opérateur', {
        siren,
        numeroOperateur: code('Numéro d’opérateur', 'VM############'),
        autorisations: many('Autorisations', 0, 3, {
          nature: choice('Nature', 'Entrepôt', 'Transit', 'Exportateur agréé'),
          expireLe: day('Expire le', 2026, 2031),
        }),
        garantie: amount('Garantie', 5000, 90_000),
      }),
    ],
    scopes: [scope('operateur', 'Numéro et autorisations', '/siren /numeroOperateur /autorisations')],
  },
];
