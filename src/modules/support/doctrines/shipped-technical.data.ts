// The shipped doctrines about what a service stands on: cloud, free software, interoperability, security. Each criterion
// names its norm.
import { criterion, FIRST_VERSION, type ShippedDoctrine } from './shipped.types.ts';

const cloudFirst = criterion(
  'C1',
  'essential',
  'declaration',
  'Circulaire «\u00A0cloud au centre\u00A0», règle R1',
  'Le service est hébergé dans le nuage\u00A0; une autre voie est justifiée par écrit.',
  'The service is hosted in the cloud; any other way is justified in writing.',
);
const pipeline = criterion(
  'C4',
  'important',
  'evidence',
  'Circulaire «\u00A0cloud au centre\u00A0», pratiques DevOps',
  'Tests, livraison et infrastructure sont automatisés et rejouables depuis le dépôt.',
  'Tests, delivery and infrastructure are automated and can be replayed from the repository.',
);
const budget = criterion(
  'C6',
  'important',
  'declaration',
  'Circulaire «\u00A0cloud au centre\u00A0», pilotage',
  'La consommation est suivie chaque mois et comparée au budget.',
  'Consumption is followed each month and compared with the budget.',
);

const cloud: ShippedDoctrine = {
  word: 'cloud',
  title: { fr: 'Cloud au centre', en: 'Cloud at the centre' },
  summary: {
    fr: 'Le nuage par défaut, de confiance pour les données sensibles, réversible toujours.',
    en: 'The cloud by default, trusted for sensitive data, always reversible.',
  },
  steward: 'DINUM, pôle Cloud',
  versions: [
    {
      from: '2021-07-05',
      changes: {
        fr: 'Première version (circulaire n° 6282/SG du 5 juillet 2021).',
        en: 'First version (circular 6282/SG of 5 July 2021).',
      },
      criteria: [
        cloudFirst,
        criterion(
          'C2',
          'essential',
          'evidence',
          'Circulaire n° 6282/SG, règle R9',
          'Les données sensibles sont dans un nuage interministériel ou qualifié SecNumCloud.',
          'Sensitive data are in an interministerial cloud or one qualified SecNumCloud.',
        ),
        criterion(
          'C3',
          'important',
          'declaration',
          'Circulaire n° 6282/SG, réversibilité',
          'Le contrat prévoit la réversibilité.',
          'The contract provides for reversibility.',
        ),
        pipeline,
        criterion(
          'C5',
          'important',
          'declaration',
          'Circulaire n° 6282/SG, portabilité',
          'L’application est portable d’un hébergeur à l’autre.',
          'The application can be moved from one host to another.',
        ),
        budget,
      ],
    },
    {
      from: '2023-05-31',
      changes: {
        fr: 'Suit la circulaire n° 6404/SG du 31 mai 2023\u00A0: les données d’une sensibilité particulière sont définies, l’immunité au droit extracommunautaire est exigée et la réversibilité est éprouvée.',
        en: 'Follows circular 6404/SG of 31 May 2023: data of particular sensitivity are defined, immunity from non-EU law is required and reversibility is tried out.',
      },
      criteria: [
        cloudFirst,
        criterion(
          'C2',
          'essential',
          'evidence',
          'Circulaire n° 6404/SG, règle R9\u00A0; loi 2024-449, article 31',
          'Les données d’une sensibilité particulière sont dans un nuage qualifié SecNumCloud, à l’abri du droit extracommunautaire.',
          'Data of particular sensitivity are in a cloud qualified SecNumCloud, out of reach of non-EU law.',
        ),
        criterion(
          'C3',
          'essential',
          'evidence',
          'Circulaire n° 6404/SG\u00A0; règlement (UE) 2023/2854, chapitre VI',
          'Un changement d’hébergeur a été éprouvé ou répété, et sa durée est connue.',
          'A change of host was tried out or rehearsed, and how long it takes is known.',
        ),
        pipeline,
        criterion(
          'C5',
          'important',
          'evidence',
          'Circulaire n° 6404/SG, portabilité',
          'L’application tourne en conteneurs sur des interfaces ouvertes, sans service propre à un hébergeur.',
          'The application runs in containers on open interfaces, without a service of one host alone.',
        ),
        budget,
        criterion(
          'C7',
          'important',
          'declaration',
          'Circulaire n° 6404/SG, suites collaboratives',
          'Les agents n’emploient que des suites de bureautique en nuage conformes à la doctrine.',
          'Civil servants use only cloud office suites that conform to the doctrine.',
        ),
      ],
    },
  ],
};

const freeSoftware: ShippedDoctrine = {
  word: 'free-software',
  title: { fr: 'Logiciel libre et communs', en: 'Free software and commons' },
  summary: {
    fr: 'Le code payé par tous est à tous, et ce qui existe est réutilisé.',
    en: 'Code that everyone paid for belongs to everyone, and what exists is reused.',
  },
  steward: 'DINUM, mission Logiciels libres et communs numériques',
  versions: [
    {
      from: '2021-11-10',
      changes: FIRST_VERSION,
      criteria: [
        criterion(
          'L1',
          'essential',
          'evidence',
          'CRPA, articles L. 300-2 et L. 312-1-1',
          'Le code source est publié\u00A0; chaque exception est motivée.',
          'The source code is published; each exception is given a reason.',
        ),
        criterion(
          'L2',
          'essential',
          'evidence',
          'CRPA, article D. 323-2-1',
          'Le dépôt porte une licence libre de la liste officielle.',
          'The repository carries a free licence of the official list.',
        ),
        criterion(
          'L3',
          'important',
          'declaration',
          'Loi 2016-1321, article 16',
          'Les logiciels libres ont été comparés avant tout achat de licence.',
          'Free software was compared before any licence was bought.',
        ),
        criterion(
          'L4',
          'important',
          'declaration',
          'Plan d’action logiciels libres et communs numériques 2021, SILL',
          'Les briques libres recommandées par l’État sont employées là où elles conviennent.',
          'The free components that the State recommends are used where they fit.',
        ),
        criterion(
          'L5',
          'important',
          'evidence',
          'Plan d’action 2021\u00A0; norme publiccode.yml',
          'Le dépôt se décrit (publiccode.yml), s’installe et se contribue avec sa seule documentation.',
          'The repository describes itself (publiccode.yml), and can be installed and contributed to from its documentation alone.',
        ),
        criterion(
          'L6',
          'important',
          'declaration',
          'Politique de contribution de l’État, 2018',
          'Les corrections faites aux logiciels libres employés sont reversées.',
          'Fixes made to the free software in use are contributed back.',
        ),
        criterion(
          'L7',
          'essential',
          'declaration',
          'CCAG-TIC 2021, chapitre 8',
          'Les marchés laissent à l’administration les droits de publier et de faire reprendre le code.',
          'Contracts leave the administration the rights to publish the code and to have it taken over.',
        ),
      ],
    },
  ],
};

const interoperability: ShippedDoctrine = {
  word: 'interoperability',
  title: { fr: 'Interopérabilité', en: 'Interoperability' },
  summary: {
    fr: 'Le service échange par des normes ouvertes et ne demande qu’une fois.',
    en: 'The service exchanges through open standards and asks only once.',
  },
  steward: 'DINUM, pôle Données et échanges',
  versions: [
    {
      from: '2024-07-12',
      changes: FIRST_VERSION,
      criteria: [
        criterion(
          'I1',
          'essential',
          'evidence',
          'RGI 2.0 (arrêté du 20 avril 2016)',
          'Les formats échangés sont ouverts et figurent au référentiel.',
          'The formats exchanged are open and stand in the framework.',
        ),
        criterion(
          'I2',
          'essential',
          'declaration',
          'CRPA, article L. 114-8',
          'Le service ne demande aucune pièce que l’administration détient et peut échanger.',
          'The service asks for no document that the administration holds and may exchange.',
        ),
        criterion(
          'I3',
          'essential',
          'evidence',
          'RGI 2.0\u00A0; OpenAPI 3.1',
          'Les données utiles à d’autres sont offertes par une API documentée, versionnée et inscrite au catalogue.',
          'Data useful to others are offered by an API that is documented, versioned and listed in the catalogue.',
        ),
        criterion(
          'I4',
          'important',
          'evidence',
          'CRPA, article R. 114-9-7',
          'Chaque échange de données laisse une trace que l’usager et le fournisseur peuvent consulter.',
          'Each exchange of data leaves a record that the citizen and the producer can read.',
        ),
        criterion(
          'I5',
          'important',
          'declaration',
          'Règlement (UE) 2024/903, article 3',
          'Une évaluation d’interopérabilité précède chaque exigence contraignante nouvelle.',
          'An interoperability assessment precedes each new binding requirement.',
        ),
        criterion(
          'I6',
          'important',
          'evidence',
          'CRPA, articles L. 312-1-1 et L. 321-1\u00A0; DCAT-AP',
          'Les données publiables sont ouvertes et décrites dans le catalogue national.',
          'Data that may be published are open and described in the national catalogue.',
        ),
        criterion(
          'I7',
          'important',
          'declaration',
          'RGI 2.0, interopérabilité sémantique',
          'Les identifiants et nomenclatures de référence (SIRET, code commune) sont employés tels quels.',
          'Reference identifiers and code lists (company number, municipality code) are used as they are.',
        ),
      ],
    },
  ],
};

const security: ShippedDoctrine = {
  word: 'security',
  title: { fr: 'Sécurité numérique', en: 'Digital security' },
  summary: {
    fr: 'Le service est homologué, à jour, surveillé, et se relève d’un incident.',
    en: 'The service is approved, up to date, watched, and recovers from an incident.',
  },
  steward: 'ANSSI et fonctionnaires de sécurité des systèmes d’information',
  versions: [
    {
      from: '2022-04-08',
      changes: FIRST_VERSION,
      criteria: [
        criterion(
          'S1',
          'essential',
          'evidence',
          'RGS 2.0\u00A0; décret 2022-513, article 4',
          'Une décision d’homologation de sécurité est en cours de validité.',
          'A decision of security approval is in force.',
        ),
        criterion(
          'S2',
          'essential',
          'evidence',
          'Guide d’hygiène de l’ANSSI, «\u00A0authentifier\u00A0»',
          'Les comptes d’administration ont un second facteur et sont nominatifs.',
          'Administration accounts have a second factor and belong to one person each.',
        ),
        criterion(
          'S3',
          'essential',
          'evidence',
          'Guide d’hygiène de l’ANSSI, «\u00A0gérer les mises à jour\u00A0»',
          'Les composants sont inventoriés et leurs failles critiques corrigées sous quinze jours.',
          'Components are inventoried and their critical flaws mended within fifteen days.',
        ),
        criterion(
          'S4',
          'essential',
          'evidence',
          'Guide d’hygiène de l’ANSSI, «\u00A0sauvegardes\u00A0»',
          'Une restauration complète a été éprouvée au cours des douze derniers mois.',
          'A whole restore was tried out during the last twelve months.',
        ),
        criterion(
          'S5',
          'essential',
          'evidence',
          'Recommandations de sécurité relatives à TLS, ANSSI',
          'Tous les échanges sont chiffrés selon les recommandations en vigueur.',
          'All exchanges are encrypted as the recommendations in force say.',
        ),
        criterion(
          'S6',
          'important',
          'evidence',
          'Référentiel PASSI\u00A0; PSSIE',
          'Un audit de sécurité indépendant précède l’ouverture et chaque refonte.',
          'An independent security audit precedes the opening and each overhaul.',
        ),
        criterion(
          'S7',
          'important',
          'evidence',
          'Guide d’hygiène de l’ANSSI, «\u00A0superviser\u00A0»',
          'Les événements de sécurité sont journalisés, conservés et surveillés.',
          'Security events are logged, kept and watched.',
        ),
        criterion(
          'S8',
          'important',
          'evidence',
          'RFC 9116',
          'Un fichier security.txt dit à qui signaler une faille.',
          'A security.txt file says to whom a flaw is reported.',
        ),
        criterion(
          'S9',
          'essential',
          'declaration',
          'RGPD, articles 32 et 35',
          'L’analyse d’impact sur la vie privée est faite là où elle est due, et ses mesures sont en place.',
          'The privacy impact assessment is done where it is due, and its measures are in place.',
        ),
        criterion(
          'S10',
          'important',
          'declaration',
          'PSSIE\u00A0; directive (UE) 2022/2555, article 23',
          'La conduite en cas d’incident est écrite, répétée chaque année, avec les délais de notification.',
          'What to do in an incident is written, rehearsed each year, with the deadlines for notification.',
        ),
      ],
    },
  ],
};

/** The shipped doctrines about what a service stands on. */
export const SHIPPED_TECHNICAL: readonly ShippedDoctrine[] = [
  cloud,
  freeSoftware,
  interoperability,
  security,
];
