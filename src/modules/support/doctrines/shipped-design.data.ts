// The shipped doctrines about how a service is made for its users: accessibility, eco-design, identity. Each criterion
// names its norm.
import { criterion, FIRST_VERSION, type ShippedDoctrine } from './shipped.types.ts';

const accessibility: ShippedDoctrine = {
  word: 'accessibility',
  title: { fr: 'Accessibilité', en: 'Accessibility' },
  summary: {
    fr: 'Toute personne se sert du service, quel que soit son handicap.',
    en: 'Everyone can use the service, whatever their disability.',
  },
  steward: 'DINUM, pôle Design des services numériques',
  versions: [
    {
      from: '2023-04-18',
      changes: FIRST_VERSION,
      criteria: [
        criterion(
          'A1',
          'essential',
          'evidence',
          'Décret 2019-768, article 4',
          'La déclaration d’accessibilité est publiée et liée depuis chaque page avec le niveau de conformité.',
          'The accessibility statement is published and each page links to it with the level of conformity.',
        ),
        criterion(
          'A2',
          'essential',
          'evidence',
          'RGAA 4.1.2, méthode d’évaluation',
          'Un audit de conformité de moins de trois ans couvre un échantillon représentatif.',
          'A conformity audit less than three years old covers a representative sample.',
        ),
        criterion(
          'A3',
          'essential',
          'evidence',
          'RGAA 4.1.2, critère 1.1',
          'Chaque image porteuse d’information a une alternative textuelle.',
          'Each image that carries information has a text alternative.',
        ),
        criterion(
          'A4',
          'essential',
          'evidence',
          'RGAA 4.1.2, critère 3.2',
          'Le contraste entre le texte et son fond est suffisant.',
          'The contrast between text and its background is sufficient.',
        ),
        criterion(
          'A5',
          'essential',
          'evidence',
          'RGAA 4.1.2, critères 7.3 et 12.9',
          'Tout se fait au clavier, sans piège.',
          'Everything can be done with the keyboard, without a trap.',
        ),
        criterion(
          'A6',
          'important',
          'evidence',
          'RGAA 4.1.2, critères 8.3 et 9.1',
          'La langue est indiquée et les titres structurent chaque page.',
          'The language is stated and headings structure each page.',
        ),
        criterion(
          'A7',
          'essential',
          'evidence',
          'RGAA 4.1.2, critères 11.1 et 11.10',
          'Chaque champ a une étiquette et ses erreurs disent que faire.',
          'Each field has a label and its errors say what to do.',
        ),
        criterion(
          'A8',
          'important',
          'evidence',
          'RGAA 4.1.2, critère 13.3',
          'Les documents à télécharger sont accessibles ou ont une version accessible.',
          'Documents to download are accessible or have an accessible version.',
        ),
        criterion(
          'A9',
          'important',
          'declaration',
          'Loi 2005-102, article 47',
          'Un moyen de signaler un défaut est offert et chaque signalement reçoit une réponse.',
          'There is a way to report a fault and each report is answered.',
        ),
        criterion(
          'A10',
          'important',
          'declaration',
          'Loi 2005-102, article 47',
          'Le schéma pluriannuel et le plan d’actions de l’année citent le service.',
          'The multi-year scheme and the year’s action plan name the service.',
        ),
        criterion(
          'A11',
          'important',
          'declaration',
          'RGAA 4.1.2, ressources pour les équipes',
          'Des personnes handicapées ont testé le service au cours de l’année.',
          'Disabled people tested the service during the year.',
        ),
      ],
    },
  ],
};

const needs = criterion(
  'E1',
  'essential',
  'declaration',
  'RGESN, thème Stratégie',
  'L’utilité du service a été évaluée au regard de ses effets sur l’environnement.',
  'The usefulness of the service was weighed against its effects on the environment.',
);
const oldDevices = criterion(
  'E2',
  'essential',
  'evidence',
  'RGESN, thème Spécifications',
  'Le service fonctionne sur des terminaux d’au moins sept ans et sur une connexion lente.',
  'The service works on devices at least seven years old and on a slow connection.',
);
const images = criterion(
  'E5',
  'important',
  'evidence',
  'RGESN, thème Contenus',
  'Images, vidéos et sons ont un format et une compression adaptés à leur usage.',
  'Images, videos and sounds have a format and a compression suited to their use.',
);
const retention = criterion(
  'E7',
  'important',
  'declaration',
  'RGESN, thème Backend',
  'Chaque donnée a une durée de conservation, appliquée automatiquement.',
  'Each piece of data has a retention period that is applied automatically.',
);

const ecoDesign: ShippedDoctrine = {
  word: 'eco-design',
  title: { fr: 'Écoconception', en: 'Eco-design' },
  summary: {
    fr: 'Le service consomme peu et prolonge la vie des terminaux.',
    en: 'The service consumes little and lengthens the life of devices.',
  },
  steward: 'DINUM et ministère chargé de l’écologie, mission Numérique écoresponsable',
  versions: [
    {
      from: '2022-11-28',
      changes: FIRST_VERSION,
      criteria: [
        needs,
        oldDevices,
        criterion(
          'E3',
          'important',
          'evidence',
          'RGESN 2022, thème Frontend',
          'Le poids des pages est connu.',
          'The weight of pages is known.',
        ),
        criterion(
          'E4',
          'important',
          'declaration',
          'RGESN 2022, thème UX/UI',
          'Aucune vidéo ni animation ne démarre d’elle-même.',
          'No video or animation starts by itself.',
        ),
        images,
        criterion(
          'E6',
          'important',
          'declaration',
          'RGESN 2022, thème Hébergement',
          'L’hébergeur publie l’efficacité énergétique (PUE) de ses centres.',
          'The host publishes the energy efficiency (PUE) of its centres.',
        ),
        retention,
      ],
    },
    {
      from: '2024-05-17',
      changes: {
        fr: 'Suit le RGESN 2024 (Arcep, Arcom, ADEME)\u00A0: un poids plafonné par écran, un hébergement engagé, une déclaration publiée et la sobriété des modèles d’apprentissage.',
        en: 'Follows RGESN 2024 (Arcep, Arcom, ADEME): a ceiling of weight per screen, a committed host, a published declaration and frugal learning models.',
      },
      criteria: [
        needs,
        oldDevices,
        criterion(
          'E3',
          'essential',
          'evidence',
          'RGESN 2024, thème Frontend',
          'Un plafond de poids et de requêtes par écran est fixé et tenu.',
          'A ceiling of weight and requests per screen is set and kept.',
        ),
        criterion(
          'E4',
          'essential',
          'evidence',
          'RGESN 2024, thème UX/UI',
          'Aucune vidéo, aucun son ni aucune animation ne démarre de soi-même, et le défilement infini est proscrit.',
          'No video, sound or animation starts by itself, and there is no infinite scroll.',
        ),
        images,
        criterion(
          'E6',
          'important',
          'evidence',
          'RGESN 2024, thème Hébergement',
          'L’hébergeur suit le code de conduite européen des centres de données et publie PUE, WUE et intensité carbone.',
          'The host follows the European code of conduct for data centres and publishes PUE, WUE and carbon intensity.',
        ),
        retention,
        criterion(
          'E8',
          'important',
          'evidence',
          'RGESN 2024, thème Stratégie',
          'La déclaration d’écoconception est publiée avec un score et un plan de progrès.',
          'The eco-design declaration is published with a score and a plan for progress.',
        ),
        criterion(
          'E9',
          'important',
          'declaration',
          'RGESN 2024, thème Algorithmie',
          'Un modèle d’apprentissage n’est employé que si un procédé plus sobre ne suffit pas.',
          'A learning model is used only where a more frugal method does not suffice.',
        ),
      ],
    },
  ],
};

const identity: ShippedDoctrine = {
  word: 'identity',
  title: { fr: 'Identité numérique', en: 'Digital identity' },
  summary: {
    fr: 'Chacun se connecte avec l’identité qu’il a déjà, au juste niveau de garantie.',
    en: 'Everyone signs in with the identity that they already have, at the right level of assurance.',
  },
  steward: 'DINUM, pôle Identité numérique',
  versions: [
    {
      from: '2024-05-20',
      changes: FIRST_VERSION,
      criteria: [
        criterion(
          'D1',
          'essential',
          'evidence',
          'Arrêté du 8 novembre 2018 (FranceConnect)',
          'Les usagers se connectent par le fédérateur de l’État\u00A0; aucun compte local n’est exigé.',
          'Citizens sign in through the State’s hub; no local account is required.',
        ),
        criterion(
          'D2',
          'essential',
          'evidence',
          'Doctrine de l’identité des agents (ProConnect)',
          'Les agents se connectent par le fédérateur des agents.',
          'Civil servants sign in through the agents’ hub.',
        ),
        criterion(
          'D3',
          'essential',
          'declaration',
          'Règlement (UE) 910/2014 (eIDAS), article 8',
          'Le niveau de garantie demandé (faible, substantiel, élevé) est justifié par le risque de la démarche.',
          'The level of assurance asked for (low, substantial, high) is justified by the risk of the procedure.',
        ),
        criterion(
          'D4',
          'essential',
          'declaration',
          'RGPD, article 5',
          'Seules les données d’identité nécessaires sont demandées, chacune avec sa raison.',
          'Only the identity data that are needed are asked for, each with its reason.',
        ),
        criterion(
          'D5',
          'important',
          'declaration',
          'Règlement (UE) 910/2014 (eIDAS), article 6',
          'Les moyens d’identification notifiés des autres États membres sont acceptés.',
          'Notified means of identification of other Member States are accepted.',
        ),
        criterion(
          'D6',
          'important',
          'declaration',
          'Règlement (UE) 2024/1183, article 5 septies',
          'Le service est prêt à accepter le portefeuille européen d’identité.',
          'The service is ready to accept the European identity wallet.',
        ),
        criterion(
          'D7',
          'important',
          'declaration',
          'CRPA, article L. 112-8',
          'Une voie sans identité numérique reste ouverte à qui n’en a pas.',
          'A way without a digital identity stays open to those who have none.',
        ),
        criterion(
          'D8',
          'important',
          'evidence',
          'OpenID Connect Core 1.0, RFC 9700',
          'La connexion suit OpenID Connect avec PKCE, et la déconnexion est transmise au fédérateur.',
          'Sign-in follows OpenID Connect with PKCE, and sign-out is passed on to the hub.',
        ),
      ],
    },
  ],
};

/** The shipped doctrines about how a service is made. */
export const SHIPPED_DESIGN: readonly ShippedDoctrine[] = [accessibility, ecoDesign, identity];
