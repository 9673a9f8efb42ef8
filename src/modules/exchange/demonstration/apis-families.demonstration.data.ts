// Invented APIs on families, taxes, housing and health of people. Data alone.
import type { InventedApi } from './apis.demonstration.types.ts';
import { address, call, familyName, givenName, identity, scope } from './parts.demonstration.data.ts';
import { amount, choice, code, day, flag, group, many, whole } from './shapes.demonstration.ts';

/** APIs on what families receive, pay and need. */
export const FAMILY_APIS: readonly InventedApi[] = [
  {
    slug: 'quotient-familial',
    producer: 'CNF',
    name: 'Quotient familial',
    summary: 'Le quotient familial d’un foyer, pour calculer un tarif de cantine ou de crèche.',
    description:
      'Donne le quotient familial du mois en cours d’un allocataire, la composition de son foyer et son adresse.\n\nElle sert aux collectivités qui calculent des tarifs selon les ressources\u00A0: restauration scolaire, accueil périscolaire, transports, crèches. La famille n’a plus d’attestation à fournir.',
    sensitivity: 'personal',
    legalBasis: 'Code des relations entre le public et l’administration, art. L. 114-8',
    subject: 'person',
    quotaPerMinute: 600,
    versions: [{ name: 'v1' }],
    calls: [
      call('/quotient', 'lireQuotient', 'Lit le quotient familial d’un allocataire', {
        quotientFamilial: whole('Quotient familial, en euros', 120, 2400),
        mois: whole('Mois du quotient', 1, 12),
        annee: whole('Année du quotient', 2026, 2026),
        numeroAllocataire: code('Numéro interne d’allocataire', '#######'),
        allocataire: identity,
        enfants: many('Enfants à charge', 1, 4, {
          nom: familyName('Nom de naissance'),
          prenom: givenName('Prénom'),
          dateNaissance: day('Date de naissance', 2008, 2025),
          gardeAlternee: flag('En garde alternée', 0.2),
        }),
        adresse: address(),
        ressourcesAnnuelles: amount('Ressources annuelles retenues', 4000, 60_000),
        coordonneesBancaires: code('Compte sur lequel les prestations sont versées', 'VM76 #### #### ####'),
      }),
    ],
    scopes: [
      scope('quotient', 'Le quotient familial et son mois', '/quotientFamilial /mois /annee'),
      scope(
        'enfants',
        'Les enfants à charge',
        '/enfants/*/nom /enfants/*/prenom /enfants/*/dateNaissance /enfants/*/gardeAlternee',
        true,
      ),
      scope('adresse', 'L’adresse du foyer', '/adresse'),
      scope('allocataire', 'L’identité de l’allocataire', '/allocataire'),
    ],
  },
  {
    slug: 'prestations-familiales',
    producer: 'CNF',
    name: 'Prestations familiales',
    summary: 'Les prestations familiales versées à un foyer au cours des douze derniers mois.',
    description:
      'Liste les prestations versées à un allocataire, avec leur nature, leur montant et leur période. Elle sert à l’instruction des aides sociales facultatives.',
    sensitivity: 'personal',
    legalBasis: 'Code de la sécurité sociale, art. L. 114-12',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['no-contact', 'unexplained-fields'] }],
    calls: [
      call('/prestations', 'lirePrestations', 'Lit les prestations d’un allocataire', {
        allocataire: identity,
        prestations: many('Prestations versées', 1, 5, {
          nature: choice('Nature', 'Allocations familiales', 'Prime de naissance', 'Complément de garde'),
          montant: amount('Montant mensuel', 30, 900),
          depuis: day('Premier mois de versement', 2022, 2026),
          dossier: code('Numéro de dossier', 'D######'),
        }),
        total: amount('Total du dernier mois', 0, 2100),
        indus: amount('Sommes à rembourser', 0, 300),
      }),
    ],
    scopes: [
      scope('nature', 'Nature et période des prestations', '/prestations/*/nature /prestations/*/depuis'),
      scope('montants', 'Montants versés', '/prestations/*/montant /total', true),
    ],
  },
  {
    slug: 'aide-au-logement',
    producer: 'CNF',
    name: 'Aide au logement',
    summary: 'Le droit d’une personne à l’aide au logement et son montant.',
    description:
      'Dit si une personne reçoit l’aide au logement, depuis quand et pour quel montant. Les bailleurs et les fonds de solidarité s’en servent pour ne pas demander d’attestation.',
    sensitivity: 'personal',
    legalBasis: 'Code de la construction et de l’habitation, art. L. 821-1',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [
      { name: 'v1', state: 'deprecated', endsOn: '2027-06-30', flaws: ['no-problems', 'no-examples'] },
      { name: 'v2' },
    ],
    calls: [
      call('/droits', 'lireDroits', 'Lit le droit à l’aide au logement', {
        estBeneficiaire: flag('Reçoit l’aide', 0.6),
        montantMensuel: amount('Montant mensuel', 0, 420),
        depuis: day('Date d’ouverture du droit', 2018, 2026),
        logement: address('Adresse du logement'),
        loyer: amount('Loyer déclaré', 250, 1100),
        bailleur: choice('Bailleur', 'Habitat Vionne', 'Un toit en Valmarie', 'Particulier'),
      }),
    ],
    scopes: [
      scope('droit', 'Le droit et sa date d’ouverture', '/estBeneficiaire /depuis'),
      scope('montant', 'Le montant', '/montantMensuel', true),
      scope('logement', 'L’adresse du logement', '/logement'),
    ],
  },
  {
    slug: 'revenu-de-solidarite',
    producer: 'CNF',
    name: 'Revenu de solidarité',
    summary: 'Dit si une personne reçoit le revenu de solidarité, et depuis quand.',
    description:
      'Réponse minimale pour ouvrir un droit dérivé\u00A0: tarif social de l’énergie, transports gratuits, exonérations. Le montant n’est transmis qu’aux organismes qui en ont besoin.',
    sensitivity: 'personal',
    legalBasis: 'Code de l’action sociale et des familles, art. L. 262-40',
    subject: 'person',
    quotaPerMinute: 600,
    versions: [{ name: 'v1' }],
    calls: [
      call('/beneficiaire', 'lireBeneficiaire', 'Lit le droit au revenu de solidarité', {
        estBeneficiaire: flag('Reçoit le revenu de solidarité', 0.3),
        depuis: day('Date d’ouverture du droit', 2019, 2026),
        montant: amount('Montant mensuel', 120, 980),
        majoration: flag('Avec majoration', 0.1),
        referent: familyName('Nom du travailleur social référent'),
      }),
    ],
    scopes: [
      scope('droit', 'Le droit et sa date', '/estBeneficiaire /depuis'),
      scope('montant', 'Le montant et la majoration', '/montant /majoration', true),
    ],
  },
  {
    slug: 'impot-revenu',
    producer: 'DGI',
    name: 'Impôt sur le revenu',
    summary: 'Le revenu fiscal de référence, les parts et la composition d’un foyer fiscal.',
    description:
      'Donne, pour la dernière année imposée, le revenu fiscal de référence, le nombre de parts, la situation de famille et l’adresse fiscale d’un usager.\n\nChaque périmètre est accordé selon ce que le texte qui fonde la démarche permet.',
    sensitivity: 'personal',
    legalBasis: 'Livre des procédures fiscales, art. L. 135 ZD',
    subject: 'person',
    quotaPerMinute: 1200,
    versions: [
      {
        name: 'v1',
        state: 'deprecated',
        endsOn: '2027-03-31',
        flaws: ['no-examples', 'unexplained-parameters', 'no-problems'],
        lacks: ['personnesACharge'],
      },
      { name: 'v2' },
    ],
    calls: [
      call('/situation', 'lireSituation', 'Lit la situation fiscale d’un usager', {
        anneeRevenus: whole('Année des revenus', 2025, 2025),
        revenuFiscalReference: whole('Revenu fiscal de référence, en euros', 0, 95_000),
        nombreParts: whole('Nombre de parts', 1, 5),
        situationFamille: choice('Situation de famille', 'C', 'M', 'O', 'D', 'V'),
        declarant: identity,
        personnesACharge: many('Personnes à charge', 1, 4, {
          prenom: givenName('Prénom'),
          anneeNaissance: whole('Année de naissance', 2005, 2025),
          estInvalide: flag('A la carte d’invalidité', 0.05),
        }),
        adresseFiscale: address('Adresse au 1er janvier'),
        impotNet: whole('Impôt net, en euros', 0, 18_000),
        numeroFiscal: code('Numéro fiscal', '#############'),
      }),
      call('/avis', 'lireAvis', 'Lit les dates du dernier avis', {
        dateMiseEnRecouvrement: day('Date de mise en recouvrement', 2026, 2026),
        dateEtablissement: day('Date d’établissement', 2026, 2026),
        reference: code('Référence de l’avis', '##A#######'),
      }),
    ],
    scopes: [
      scope('revenu', 'Le revenu fiscal de référence', '/anneeRevenus /revenuFiscalReference'),
      scope('parts', 'Les parts et la situation de famille', '/nombreParts /situationFamille'),
      scope(
        'foyer',
        'Les personnes à charge',
        '/personnesACharge/*/prenom /personnesACharge/*/anneeNaissance',
        true,
      ),
      scope('adresse-fiscale', 'L’adresse fiscale', '/adresseFiscale'),
      scope('avis', 'Les dates du dernier avis', '/dateMiseEnRecouvrement /dateEtablissement'),
    ],
  },
  {
    slug: 'impots-locaux',
    producer: 'DGI',
    name: 'Impôts locaux',
    summary: 'La taxe d’habitation d’une résidence principale, jusqu’à sa suppression.',
    description:
      'L’API répondait à qui devait vérifier une exonération de taxe d’habitation. La taxe sur les résidences principales n’existe plus\u00A0: l’API est fermée.',
    sensitivity: 'personal',
    legalBasis: 'Livre des procédures fiscales, art. L. 135 ZD',
    subject: 'person',
    quotaPerMinute: 120,
    state: 'closed',
    versions: [
      {
        name: 'v1',
        state: 'deprecated',
        flaws: ['no-contact', 'no-problems', 'no-operation-ids', 'french-dates', 'unexplained-fields'],
      },
    ],
    calls: [
      call('/taxe', 'lireTaxe', 'Lit la taxe d’habitation', {
        montant: whole('Montant de la taxe', 0, 1400),
        exoneration: flag('Exonéré', 0.6),
        dateAvis: day('Date de l’avis', 2022, 2022),
        logement: address('Logement imposé'),
      }),
    ],
    scopes: [scope('taxe', 'La taxe et l’exonération', '/montant /exoneration')],
  },
  {
    slug: 'droits-sante',
    producer: 'DSE',
    name: 'Droits à la santé',
    summary: 'L’ouverture des droits à l’assurance maladie et à la complémentaire solidaire.',
    description:
      'Dit si une personne est couverte, à quel régime et jusqu’à quand. Elle sert aux établissements de soins et aux organismes qui accordent la complémentaire solidaire.',
    sensitivity: 'sensitive',
    legalBasis: 'Code de la sécurité sociale, art. L. 161-31',
    subject: 'person',
    quotaPerMinute: 900,
    versions: [{ name: 'v1', flaws: ['no-version-in-address'] }],
    calls: [
      call('/couverture', 'lireCouverture', 'Lit la couverture d’une personne', {
        droitsOuverts: flag('Droits ouverts', 0.95),
        regime: choice('Régime', 'général', 'agricole', 'indépendants'),
        finDroits: day('Fin des droits', 2026, 2028),
        complementaireSolidaire: flag('Complémentaire santé solidaire', 0.2),
        affectionLongueDuree: flag('Affection de longue durée', 0.1),
        medecinTraitant: familyName('Médecin traitant'),
        caisse: code('Caisse de rattachement', '##1'),
      }),
    ],
    scopes: [
      scope('couverture', 'La couverture et sa fin', '/droitsOuverts /regime /finDroits'),
      scope('complementaire', 'La complémentaire solidaire', '/complementaireSolidaire', true),
      scope('longue-duree', 'L’affection de longue durée', '/affectionLongueDuree', true),
    ],
  },
  {
    slug: 'carte-mobilite-inclusion',
    producer: 'DSE',
    name: 'Carte mobilité inclusion',
    summary: 'La validité d’une carte mobilité inclusion et ses mentions.',
    description:
      'Permet aux services de stationnement et de transport de vérifier une carte sans demander de copie. La nature du handicap n’est jamais transmise.',
    sensitivity: 'sensitive',
    legalBasis: 'Code de l’action sociale et des familles, art. L. 241-3',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['no-pagination', 'no-examples'] }],
    calls: [
      call('/cartes', 'lireCartes', 'Lit les cartes d’une personne', {
        cartes: many('Cartes', 1, 2, {
          mention: choice('Mention', 'Priorité', 'Invalidité', 'Stationnement'),
          expireLe: day('Date d’expiration', 2025, 2032),
          numero: code('Numéro de la carte', '#########'),
        }),
        tauxIncapacite: whole('Taux d’incapacité', 50, 100),
      }),
    ],
    scopes: [scope('cartes', 'Mentions et expiration', '/cartes/*/mention /cartes/*/expireLe', true)],
  },
  {
    slug: 'demande-logement-social',
    producer: 'MEC',
    name: 'Demande de logement social',
    summary: 'L’avancement d’une demande de logement social et son numéro unique.',
    description:
      'Donne l’état d’une demande, son ancienneté et les communes souhaitées. Elle sert aux bailleurs, aux communes réservataires et aux associations d’insertion.',
    sensitivity: 'personal',
    legalBasis: 'Code de la construction et de l’habitation, art. L. 441-2-1',
    subject: 'person',
    quotaPerMinute: 120,
    versions: [{ name: 'v1', flaws: ['plain-http', 'no-security', 'unexplained-parameters'] }],
    calls: [
      call('/demande', 'lireDemande', 'Lit la demande d’une personne', {
        numeroUnique: code('Numéro unique', '041##########'),
        etat: choice('État', 'active', 'attribuée', 'radiée'),
        deposeeLe: day('Date de dépôt', 2017, 2026),
        communes: many('Communes souhaitées', 1, 4, {
          nom: choice('Nom', 'Saint-Aubrin', 'Liverolles', 'Peyrac-sur-Vionne'),
        }),
        ressources: amount('Ressources mensuelles', 400, 4200),
        motif: choice('Motif', 'Logement trop petit', 'Loyer trop cher', 'Sans logement', 'Séparation'),
      }),
    ],
    scopes: [
      scope('avancement', 'État et ancienneté', '/numeroUnique /etat /deposeeLe'),
      scope('souhaits', 'Communes souhaitées', '/communes'),
      scope('ressources', 'Ressources', '/ressources', true),
    ],
  },
  {
    slug: 'pension-invalidite',
    producer: 'CNP',
    name: 'Pension d’invalidité',
    summary: 'Le droit d’une personne à une pension d’invalidité et sa catégorie.',
    description:
      'Permet d’ouvrir les droits qui découlent d’une pension d’invalidité sans que la personne fournisse sa notification.',
    sensitivity: 'sensitive',
    legalBasis: 'Code de la sécurité sociale, art. L. 341-1',
    subject: 'person',
    quotaPerMinute: 120,
    versions: [{ name: 'v1' }],
    calls: [
      call('/pension', 'lirePension', 'Lit la pension d’une personne', {
        estPensionne: flag('Reçoit une pension', 0.1),
        categorie: whole('Catégorie', 1, 3),
        depuis: day('Date d’effet', 2010, 2026),
        montant: amount('Montant mensuel', 320, 1900),
        medecinConseil: familyName('Médecin-conseil'),
        versement: group('Versement', {
          compte: code('Compte', 'VM76 #### #### ####'),
          jour: whole('Jour du mois', 1, 28),
        }),
      }),
    ],
    scopes: [
      scope('droit', 'Le droit et sa date', '/estPensionne /depuis', true),
      scope('categorie', 'La catégorie', '/categorie', true),
      scope('montant', 'Le montant', '/montant', true),
    ],
  },
];
