// Invented APIs on the papers, vehicles and civil status of people. Data alone.
import type { InventedApi } from './apis.demonstration.types.ts';
import { address, call, familyName, identity, scope, TOWNS } from './parts.demonstration.data.ts';
import { choice, code, day, flag, group, many, whole } from './shapes.demonstration.ts';

/** APIs on papers and civil status. */
export const PAPERS_APIS: readonly InventedApi[] = [
  {
    slug: 'permis-de-conduire',
    producer: 'ATS',
    name: 'Permis de conduire',
    summary: 'Les catégories et la validité du permis de conduire d’une personne.',
    description:
      'Sert aux employeurs publics de conducteurs et aux services de location autorisés. Le solde de points n’est transmis qu’aux services que la loi nomme.',
    sensitivity: 'personal',
    legalBasis: 'Code de la route, art. L. 225-3',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1' }],
    calls: [
      call('/permis', 'lirePermis', 'Lit le permis d’une personne', {
        estValide: flag('En cours de validité', 0.9),
        numero: code('Numéro du permis', '##@@#####'),
        categories: many('Catégories', 1, 4, {
          code: choice('Code', 'A2', 'B', 'BE', 'C', 'D'),
          obtenueLe: day('Date d’obtention', 1985, 2026),
          expireLe: day('Date d’expiration', 2027, 2038),
        }),
        solde: whole('Points', 1, 12),
        infractions: whole('Infractions relevées', 0, 6),
      }),
    ],
    scopes: [
      scope('validite', 'La validité', '/estValide /numero'),
      scope('categories', 'Les catégories', '/categories'),
      scope('points', 'Le solde de points', '/solde', true),
    ],
  },
  {
    slug: 'immatriculations',
    producer: 'ATS',
    name: 'Immatriculations',
    summary: 'Les véhicules immatriculés au nom d’une personne et leur classe environnementale.',
    description:
      'Donne les véhicules d’un usager pour l’accès aux zones à faibles émissions, le stationnement des résidents et les aides à la conversion.',
    sensitivity: 'personal',
    legalBasis: 'Code de la route, art. L. 330-2',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['no-version-in-address', 'no-problems'] }],
    calls: [
      call('/vehicules', 'lireVehicules', 'Lit les véhicules d’une personne', {
        vehicules: many('Véhicules', 1, 3, {
          immatriculation: code('Immatriculation', '@@-###-@@'),
          marque: choice('Marque', 'Arven', 'Lumio', 'Cassard'),
          critAir: whole('Classe environnementale', 0, 5),
          dateImmatriculation: day('Première immatriculation', 2003, 2026),
          gage: flag('Gagé', 0.1),
        }),
        adresse: address(),
      }),
    ],
    scopes: [
      scope('vehicules', 'Immatriculation et marque', '/vehicules/*/immatriculation /vehicules/*/marque'),
      scope('classe', 'Classe environnementale', '/vehicules/*/critAir /vehicules/*/dateImmatriculation'),
    ],
  },
  {
    slug: 'titres-identite',
    producer: 'DTS',
    name: 'Validité des titres d’identité',
    summary: 'Dit si une carte d’identité ou un passeport est valide, perdu ou volé.',
    description:
      'Réponse par oui ou non, pour les services qui vérifient une identité à distance. Ni la photo ni les empreintes ne sont jamais transmises.',
    sensitivity: 'sensitive',
    legalBasis: 'Décret n° 2021-279, art. 3',
    subject: 'person',
    quotaPerMinute: 600,
    versions: [{ name: 'v1' }],
    calls: [
      call('/titres', 'lireTitres', 'Lit les titres d’une personne', {
        titres: many('Titres', 1, 2, {
          type: choice('Type', 'carte d’identité', 'passeport'),
          estValide: flag('Valide', 0.85),
          expireLe: day('Date d’expiration', 2026, 2035),
          motif: choice('Motif d’invalidité', 'perdu', 'volé', 'expiré'),
          numero: code('Numéro', '@#@##@###'),
        }),
        domicile: group('Domicile déclaré', { commune: choice('Commune', ...TOWNS) }),
      }),
    ],
    scopes: [
      scope('validite', 'Type et validité', '/titres/*/type /titres/*/estValide /titres/*/expireLe'),
      scope('motif', 'Motif d’invalidité', '/titres/*/motif', true),
    ],
  },
  {
    slug: 'etat-civil',
    producer: 'DNI',
    name: 'État civil',
    summary: 'Les données d’un acte de naissance, vérifiées entre administrations.',
    description:
      'Remplace la copie de l’acte de naissance dans les démarches. Elle répond avec les seuls éléments que la démarche demande.',
    sensitivity: 'sensitive',
    legalBasis: 'Décret n° 2017-890, art. 13',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['unexplained-parameters'] }],
    calls: [
      call('/naissance', 'lireNaissance', 'Lit l’acte de naissance', {
        personne: identity,
        communeNaissance: choice('Commune de naissance', ...TOWNS),
        filiation: many('Parents', 1, 2, {
          nom: familyName('Nom'),
          dateNaissance: day('Date de naissance', 1940, 1985),
        }),
        mentions: many('Mentions marginales', 0, 2, {
          nature: choice('Nature', 'Mariage', 'Union civile', 'Changement de nom'),
          inscriteLe: day('Date', 2000, 2026),
        }),
        numeroActe: code('Numéro de l’acte', '####'),
      }),
    ],
    scopes: [
      scope('naissance', 'Identité et lieu de naissance', '/personne /communeNaissance'),
      scope('filiation', 'La filiation', '/filiation', true),
      scope('mentions', 'Les mentions marginales', '/mentions', true),
    ],
  },
  {
    slug: 'casier-judiciaire',
    producer: 'DSJ',
    name: 'Casier judiciaire, bulletin n° 2',
    summary: 'Dit si le bulletin n° 2 d’une personne est vierge.',
    description:
      'Sert au contrôle d’honorabilité des emplois et agréments que la loi énumère. La réponse ne porte que sur l’absence de mention.',
    sensitivity: 'sensitive',
    legalBasis: 'Code de procédure pénale, art. 776',
    subject: 'person',
    quotaPerMinute: 60,
    versions: [{ name: 'v1' }],
    calls: [
      call('/bulletin', 'lireBulletin', 'Lit le bulletin d’une personne', {
        estVierge: flag('Vierge', 0.97),
        etabliLe: day('Établi le', 2026, 2026),
        condamnations: whole('Nombre de mentions', 0, 2),
        reference: code('Référence', 'B2-########'),
      }),
    ],
    scopes: [scope('vierge', 'L’absence de mention', '/estVierge /etabliLe', true)],
  },
  {
    slug: 'service-national',
    producer: 'DRH',
    name: 'Service national',
    summary: 'La régularité d’un jeune au regard du service national.',
    description:
      'Dit si la journée d’appel a été faite\u00A0: l’inscription au permis, aux examens et aux concours en dépend.',
    sensitivity: 'personal',
    legalBasis: 'Code du service national, art. L. 113-4',
    subject: 'person',
    quotaPerMinute: 300,
    versions: [{ name: 'v1', flaws: ['short-description', 'unexplained-fields', 'no-examples'] }],
    calls: [
      call('/situation', 'lireSituation', 'Lit la situation d’une personne', {
        estEnRegle: flag('En règle', 0.9),
        recenseLe: day('Recensé le', 2015, 2026),
        journeeLe: day('Journée d’appel faite le', 2016, 2026),
        aptitude: choice('Aptitude', 'apte', 'à revoir'),
      }),
    ],
    scopes: [scope('regularite', 'La régularité', '/estEnRegle /journeeLe')],
  },
  {
    slug: 'inscription-consulaire',
    producer: 'DCO',
    name: 'Inscription consulaire',
    summary: 'L’inscription d’une personne au registre des Valmariens de l’étranger.',
    description: 'Fermée\u00A0: le registre est désormais consulté par l’API État civil.',
    sensitivity: 'personal',
    legalBasis: 'Décret n° 2003-1377, art. 4',
    subject: 'person',
    quotaPerMinute: 60,
    state: 'closed',
    versions: [
      { name: 'v1', flaws: ['plain-http', 'no-security', 'no-problems', 'no-contact', 'french-dates'] },
    ],
    calls: [
      call('/registre', 'lireRegistre', 'Lit l’inscription d’une personne', {
        estInscrit: flag('Inscrit', 0.2),
        poste: choice('Poste', 'Bruxelles', 'Montréal', 'Dakar'),
        dateInscription: day('Inscrit le', 2015, 2025),
        contact: familyName('Personne à prévenir'),
      }),
    ],
    scopes: [scope('inscription', 'L’inscription', '/estInscrit /poste')],
  },
];
