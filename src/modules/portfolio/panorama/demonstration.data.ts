// The invented major projects of the demonstration State: names and purposes only. Their figures are drawn elsewhere.

/** An invented project. */
export interface InventedProject {
  /** Code of the carrier ministry among the demonstration's organisations. */
  readonly ministry: string;
  readonly name: string;
  readonly zone: string;
  readonly programme: string;
  readonly description: string;
  readonly interministerial: boolean;
  /** From this edition on (0 is the first), the name that it has. */
  readonly renamed?: { readonly from: number; readonly to: string };
}

const inMinistry =
  (ministry: string, programme: string) =>
  (
    name: string,
    zone: string,
    description: string,
    more: Partial<InventedProject> = {},
  ): InventedProject => ({
    ministry,
    programme,
    name,
    zone,
    description,
    interministerial: false,
    ...more,
  });

const spm = inMinistry('SPM', 'Coordination du travail gouvernemental (P901)');
const mef = inMinistry('MEF', 'Gestion fiscale et financière (P911)');
const map = inMinistry('MAP', 'Fonction publique et comptes (P921)');
const min = inMinistry('MIN', 'Pilotage des politiques de l’intérieur (P931)');
const mju = inMinistry('MJU', 'Conduite de la politique de la justice (P941)');
const mda = inMinistry('MDA', 'Soutien de la politique de la défense (P951)');
const mae = inMinistry('MAE', 'Action extérieure (P961)');
const men = inMinistry('MEN', 'Soutien de la politique de l’éducation (P971)');
const mes = inMinistry('MES', 'Formations supérieures et recherche (P981)');
const mss = inMinistry('MSS', 'Politiques sanitaires et sociales (P991)');
const mte = inMinistry('MTE', 'Accès et retour à l’emploi (P996)');
const maa = inMinistry('MAA', 'Compétitivité et sécurité de l’alimentation (P906)');
const mec = inMinistry('MEC', 'Expertise, information géographique et climat (P916)');
const mcu = inMinistry('MCU', 'Patrimoines et création (P926)');
const msp = inMinistry('MSP', 'Sport et vie associative (P936)');

/** Every invented project; the order decides which are there from the first edition on. */
export const INVENTED_PROJECTS: readonly InventedProject[] = [
  spm(
    'Réseau commun de l’État',
    'Infrastructures partagées',
    'Relie les sites de l’administration par un réseau unique, supervisé et chiffré.',
    { interministerial: true, renamed: { from: 4, to: 'RCE' } },
  ),
  spm(
    'ARCHIVAL',
    'Archives définitives',
    'Conserve les archives numériques de tous les ministères sur une plateforme commune.',
    { interministerial: true },
  ),
  mef(
    'IMPÔT CLAIR',
    'Fiscalité',
    'Refond le calcul et le paiement de l’impôt des particuliers pour tenir compte des revenus du mois.',
  ),
  mef(
    'DOUANE DIRECTE',
    'Dédouanement et gestion des échanges',
    'Dématérialise les déclarations d’importation et d’exportation de bout en bout.',
  ),
  mef(
    'FACTURE 4',
    'Relation Fournisseurs',
    'Étend la facturation électronique à l’ensemble des fournisseurs publics.',
    { interministerial: true },
  ),
  mef('CADASTRE VIVANT', 'Fiscalité', 'Détecte et décrit les constructions à partir d’images aériennes.'),
  map(
    'PAYE UNIE',
    'Ressources Humaines',
    'Remplace les applications de paye des agents par un moteur commun.',
    { interministerial: true },
  ),
  map(
    'Espace numérique de l’agent public',
    'Relation avec les Agents',
    'Ouvre à chaque agent ses bulletins, sa carrière et ses droits à la retraite.',
    { interministerial: true, renamed: { from: 5, to: 'ENAP' } },
  ),
  map(
    'BUDGET OUVERT',
    'Gestion publique',
    'Prépare et suit le budget de l’État, de la programmation à l’exécution.',
  ),
  min(
    'TITRES SÛRS',
    'Délivrance de titres',
    'Délivre les titres d’identité et de séjour avec une prise de rendez-vous nationale.',
  ),
  min(
    'ALERTE POP',
    'Alerte et gestion de crises',
    'Alerte la population par téléphone, radio et sirènes depuis un même poste.',
  ),
  min(
    'RADIO NOUVELLE GÉNÉRATION',
    'Infrastructures de communication',
    'Dote les forces de sécurité et de secours d’un réseau radio à haut débit.',
  ),
  min(
    'DOSSIER ÉTRANGER',
    'Immigration et asile',
    'Instruit en ligne les demandes de séjour, de l’envoi du dossier à la décision.',
  ),
  min(
    'PERMIS EN LIGNE',
    'Sécurité et circulation routières',
    'Gère le permis de conduire et ses points, et ouvre les droits aux écoles de conduite.',
  ),
  min(
    'MOBILE DE TERRAIN',
    'Sécurité intérieure',
    'Équipe les patrouilles de terminaux qui consultent les fichiers et dressent les procès-verbaux.',
  ),
  mju(
    'PROCÉDURE PÉNALE NUMÉRIQUE',
    'Justice pénale',
    'Rend numérique la procédure pénale, du dépôt de plainte à l’exécution de la peine.',
    { interministerial: true },
  ),
  mju(
    'PORTAIL DU JUSTICIABLE',
    'Justice civile',
    'Permet de saisir une juridiction civile et de suivre son affaire.',
  ),
  mju(
    'GREFFE 2',
    'Personnes placées sous main de justice',
    'Suit le parcours des personnes détenues et les aménagements de peine.',
  ),
  mju(
    'CASIER',
    'Justice pénale',
    'Refond l’enregistrement des condamnations et la délivrance des bulletins.',
  ),
  mda(
    'SOLDE SOURCE',
    'Ressources Humaines',
    'Calcule la solde des militaires avec un référentiel unique de leurs droits.',
  ),
  mda(
    'MAINTENANCE FLOTTE',
    'Logistique',
    'Planifie l’entretien des véhicules et des aéronefs et suit les pièces.',
  ),
  mda(
    'SANTÉ DES ARMÉES',
    'Offre de soins',
    'Ouvre un dossier médical commun aux hôpitaux et aux antennes du service de santé.',
  ),
  mae(
    'VISAS MONDE',
    'Délivrance de visas',
    'Dépose et instruit les demandes de visa dans tous les postes consulaires.',
    { interministerial: true },
  ),
  mae('ÉTAT CIVIL CONSULAIRE', 'État civil', 'Dématérialise les actes d’état civil établis à l’étranger.'),
  men('SIRH ÉDUCATION', 'Ressources Humaines', 'Gère la carrière et l’affectation des enseignants.', {
    renamed: { from: 3, to: 'RH ÉDUCATION' },
  }),
  men(
    'EXAMENS ET CONCOURS',
    'Examens et concours',
    'Organise les examens nationaux, de l’inscription à la remise des diplômes.',
  ),
  men(
    'LIVRET DE L’ÉLÈVE',
    'Scolarité de l’élève',
    'Suit les acquis de chaque élève du primaire à la fin du collège.',
  ),
  men(
    'PAIE DES ASSISTANTS',
    'Ressources Humaines',
    'Verse la rémunération des assistants d’éducation depuis un outil national.',
  ),
  mes(
    'ADMISSION',
    'Vie étudiante',
    'Recueille les vœux des futurs étudiants et transmet les réponses des établissements.',
  ),
  mes(
    'CALCUL INTENSIF',
    'Recherche',
    'Ouvre aux laboratoires une capacité nationale de calcul et de stockage.',
  ),
  mss(
    'SERVICE D’AIDE MÉDICALE',
    'Offre de soins',
    'Modernise la réception et la régulation des appels d’urgence médicale.',
  ),
  mss(
    'DROITS SOCIAUX',
    'Solidarités',
    'Calcule les prestations sociales à partir des revenus déjà connus de l’administration.',
    { interministerial: true },
  ),
  mss('VEILLE SANITAIRE', 'Santé publique', 'Recueille les signalements de maladies et détecte les foyers.', {
    renamed: { from: 6, to: 'VIGIE' },
  }),
  mte(
    'COMPTE FORMATION',
    'Emploi et formation professionnelle',
    'Ouvre à chaque actif ses droits à la formation et l’achat de stages.',
  ),
  mte(
    'INSPECTION DU TRAVAIL',
    'Travail',
    'Outille les agents de contrôle, de la préparation de la visite à ses suites.',
  ),
  maa(
    'AIDES AGRICOLES',
    'Agriculture',
    'Instruit et paie les aides aux exploitants, avec le suivi des surfaces par satellite.',
  ),
  maa('CERTIFICATS EXPORT', 'Alimentation', 'Délivre en ligne les certificats sanitaires à l’exportation.'),
  maa(
    'SANTÉ ANIMALE ET VÉGÉTALE - CYCLE 1',
    'Alimentation',
    'Refond les outils de contrôle sanitaire des élevages et des cultures.',
    { renamed: { from: 6, to: 'SANTÉ ANIMALE ET VÉGÉTALE' } },
  ),
  mec(
    'GÉOPLATEFORME',
    'Information géographique',
    'Publie les données géographiques de référence et les outils pour s’en servir.',
    { interministerial: true },
  ),
  mec(
    'PERMIS ET AUTORISATIONS',
    'Environnement',
    'Dématérialise l’instruction des autorisations environnementales.',
  ),
  mec(
    'REGISTRE DES VÉHICULES',
    'Transports',
    'Tient le registre des exploitants et des véhicules de transport de personnes.',
  ),
  mcu(
    'BIBLIOTHÈQUE NUMÉRIQUE',
    'Données culturelles',
    'Numérise les collections et les ouvre à la recherche en texte intégral.',
  ),
  mcu('DÉPÔT LÉGAL', 'Données culturelles', 'Reçoit et conserve les œuvres publiées en ligne.'),
  msp(
    'COMPTE ASSOCIATIF',
    'Vie associative',
    'Réunit les démarches des associations, de la création à la subvention.',
    { interministerial: true },
  ),
  spm(
    'IDENTITÉ AGENT',
    'Gestion et contrôle des accès',
    'Donne à chaque agent une identité numérique valable dans tous les ministères.',
    { interministerial: true },
  ),
  mef(
    'LUTTE CONTRE LA FRAUDE',
    'Lutte contre la fraude',
    'Croise les données fiscales et douanières pour orienter les contrôles.',
  ),
  mef(
    'REGROUPEMENT DES CENTRES INFORMATIQUES',
    'Infrastructures partagées',
    'Rassemble les centres informatiques du ministère dans deux sites sûrs.',
  ),
  map(
    'ACHATS DE L’ÉTAT',
    'Achats',
    'Outille la préparation, la passation et l’exécution des marchés publics.',
    { interministerial: true, renamed: { from: 2, to: 'SYSTÈME D’ACHAT DE L’ÉTAT' } },
  ),
  min(
    'ÉLECTIONS',
    'Administration territoriale',
    'Tient le répertoire électoral et centralise les résultats des scrutins.',
  ),
  min(
    'SECOURS UNIS',
    'Secours et gestion des risques',
    'Unifie la gestion des appels et des moyens des services de secours.',
  ),
  mju(
    'ÉCOUTES JUDICIAIRES',
    'Justice pénale',
    'Transmet par voie électronique les demandes et le produit des interceptions judiciaires.',
  ),
  mda(
    'RECRUTEMENT',
    'Ressources Humaines',
    'Suit le candidat, du premier contact à la signature de son contrat.',
  ),
  mae('COMPTES DES POSTES', 'Finances', 'Tient le budget et la comptabilité des postes à l’étranger.'),
  men(
    'MANUELS NUMÉRIQUES',
    'Pédagogie',
    'Donne accès aux ressources pédagogiques depuis tous les équipements.',
  ),
  mss(
    'ESPACE SANTÉ',
    'Offre de soins',
    'Réunit les documents médicaux de chaque personne et ses échanges avec les soignants.',
  ),
  mte(
    'DÉCLARATION SOCIALE',
    'Travail',
    'Remplace les déclarations des employeurs par un envoi mensuel unique.',
    { interministerial: true },
  ),
  // From here on, projects that enter with a later edition.
  spm(
    'MESSAGERIE DE L’ÉTAT',
    'Infrastructures partagées',
    'Fournit aux agents une messagerie instantanée souveraine.',
    { interministerial: true },
  ),
  mef('FONCIER SIMPLE', 'Fiscalité', 'Refait le calcul et la publicité des impôts fonciers.'),
  min(
    'DRONES ET IMAGES',
    'Sécurité intérieure',
    'Traite les images des aéronefs sans équipage dans le respect de la loi.',
  ),
  mju(
    'AIDE JURIDICTIONNELLE',
    'Justice civile',
    'Dépose et instruit en ligne les demandes d’aide juridictionnelle.',
  ),
  men(
    'ORIENTATION',
    'Scolarité de l’élève',
    'Accompagne les choix d’orientation et l’affectation des élèves.',
  ),
  mss('HANDICAP SIMPLE', 'Solidarités', 'Dématérialise les demandes aux maisons du handicap et leur suivi.'),
  maa('TRAÇABILITÉ', 'Alimentation', 'Suit les lots alimentaires de la ferme au point de vente.'),
  mec('RISQUES NATURELS', 'Environnement', 'Réunit les prévisions de crues, de feux et de submersions.'),
  mcu('BILLETTERIE', 'Données culturelles', 'Mutualise la billetterie des musées nationaux.'),
  mda('SIMULATION', 'Formation', 'Entraîne les équipages sur des simulateurs reliés entre eux.'),
  mae(
    'CRISES À L’ÉTRANGER',
    'Alerte et gestion de crises',
    'Recense et prévient les ressortissants lors d’une crise.',
  ),
  map(
    'RETRAITES',
    'Ressources Humaines',
    'Calcule et paie les pensions des agents à partir de leur carrière.',
  ),
  mte(
    'ALTERNANCE',
    'Emploi et formation professionnelle',
    'Réunit les contrats d’apprentissage, de la signature au paiement de l’aide.',
  ),
  mes('BOURSES', 'Vie étudiante', 'Calcule les bourses à partir des revenus connus de l’administration.'),
  msp('LICENCES ET CLUBS', 'Sport', 'Relie les fédérations, les clubs et les contrôles d’honorabilité.'),
  mef(
    'MONNAIE PUBLIQUE',
    'Gestion publique',
    'Modernise le paiement des dépenses et l’encaissement des recettes de l’État.',
  ),
  min(
    'FRONTIÈRES',
    'Protection et sécurité des frontières',
    'Enregistre les entrées et les sorties aux frontières extérieures.',
  ),
  mju(
    'GREFFE 3',
    'Personnes placées sous main de justice',
    'Étend la gestion des peines aux mesures en milieu ouvert.',
  ),
  mss('ENFANCE PROTÉGÉE', 'Solidarités', 'Partage entre services le suivi des mineurs confiés.'),
  mec('RÉNOVATION', 'Logement', 'Instruit et verse les aides à la rénovation des logements.'),
  spm(
    'CLÉS DE L’ÉTAT',
    'Gestion et contrôle des accès',
    'Délivre les certificats électroniques des agents et des serveurs.',
    { interministerial: true },
  ),
  mef(
    'DONNÉES FISCALES PARTAGÉES',
    'Fiscalité',
    'Fournit les revenus aux administrations qui en ont le droit, sans les redemander à l’usager.',
  ),
  map(
    'MOBILITÉ DES AGENTS',
    'Relation avec les Agents',
    'Publie les postes ouverts et suit les candidatures.',
    { interministerial: true },
  ),
  min(
    'PRÉFECTURE NUMÉRIQUE',
    'Administration territoriale',
    'Réunit les démarches des préfectures dans un guichet unique.',
  ),
  men(
    'ÉCOLE INCLUSIVE',
    'Scolarité de l’élève',
    'Suit l’accompagnement des élèves en situation de handicap.',
  ),
  mda(
    'ARCHIVES DE DÉFENSE',
    'Archives définitives',
    'Verse les archives numériques de la défense à la plateforme commune.',
  ),
  mcu('ACTION CULTURELLE', 'Création', 'Instruit les subventions au spectacle et aux arts.'),
  mte(
    'SANTÉ AU TRAVAIL',
    'Travail',
    'Partage le suivi médical des salariés entre services de santé au travail.',
  ),
];

/** How many of them stand in the first edition. */
export const FIRST_PROJECTS = 56;
