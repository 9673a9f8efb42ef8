// THE list of refusals of a gateway: a stable code each, its status, and what it means to whom it is said. It imports
// nothing, so that a gateway starts fast.

/** A text in both languages. */
interface Words {
  readonly fr: string;
  readonly en: string;
}

/** What is known of a refusal. */
export interface GatewayError {
  /** HTTP status (RFC 9110, 15). */
  readonly status: number;
  readonly title: Words;
  /** What happened. */
  readonly explanation: Words;
  /** What to do, and who can help. */
  readonly remedy: Words;
}

const refusal = (status: number, title: Words, explanation: Words, remedy: Words): GatewayError => ({
  status,
  title,
  explanation,
  remedy,
});

/** Every refusal, by its code. */
export const GATEWAY_ERRORS = {
  'unknown-api': refusal(
    404,
    { fr: 'API inconnue', en: 'Unknown API' },
    {
      fr: 'L’adresse ne désigne aucune API ouverte, aucune version servie ou aucun chemin déclaré dans sa documentation.',
      en: 'The address names no open API, no version that is served, or no path that its document declares.',
    },
    {
      fr: 'Comparez l’adresse avec celle de la page de l’API au catalogue : /{api}/{version}/{chemin}.',
      en: 'Compare the address with the API’s page in the catalogue: /{api}/{version}/{path}.',
    },
  ),
  'version-retired': refusal(
    410,
    { fr: 'Version retirée', en: 'Version retired' },
    {
      fr: 'Le fournisseur ne sert plus cette version de l’API.',
      en: 'The producer no longer serves this version of the API.',
    },
    {
      fr: 'Passez à la version indiquée au catalogue ; les dates de fin y sont annoncées.',
      en: 'Move to the version named in the catalogue, which announces the dates of end.',
    },
  ),
  'malformed-request': refusal(
    400,
    { fr: 'Demande mal formée', en: 'Malformed request' },
    {
      fr: 'La demande peut se lire de deux façons : un paramètre donné deux fois, un corps là où il n’en faut pas, un corps interrompu.',
      en: 'The request can be read in two ways: a parameter given twice, a body where none is meant, a body that broke off.',
    },
    { fr: 'Le champ « detail » de la réponse dit lequel.', en: 'The answer’s “detail” says which one.' },
  ),
  'path-refused': refusal(
    400,
    { fr: 'Adresse refusée', en: 'Address refused' },
    {
      fr: 'L’adresse contient un segment que des serveurs lisent différemment (point, double barre, barre encodée, caractère de commande).',
      en: 'The address holds a segment that servers read differently (a dot, a double slash, an encoded slash, a control character).',
    },
    {
      fr: 'Encodez les valeurs avec la fonction de votre langage et n’y mettez ni barre ni point seul.',
      en: 'Encode values with your language’s own function, and put neither a slash nor a lone dot into them.',
    },
  ),
  'header-refused': refusal(
    400,
    { fr: 'En-tête refusé', en: 'Header refused' },
    {
      fr: 'La demande porte un en-tête que la passerelle n’accepte pas, comme un changement de protocole.',
      en: 'The request bears a header that the gateway does not accept, such as a change of protocol.',
    },
    { fr: 'Appelez en HTTP/1.1 simple.', en: 'Call in plain HTTP/1.1.' },
  ),
  'method-refused': refusal(
    405,
    { fr: 'Méthode refusée', en: 'Method refused' },
    {
      fr: 'La passerelle transmet GET, HEAD, POST, PUT, PATCH et DELETE.',
      en: 'The gateway forwards GET, HEAD, POST, PUT, PATCH and DELETE.',
    },
    { fr: 'Prenez la méthode de la documentation de l’API.', en: 'Use the method of the API’s document.' },
  ),
  'credential-missing': refusal(
    401,
    { fr: 'Jeton absent', en: 'Token missing' },
    {
      fr: 'La demande ne porte pas de jeton d’accès dans l’en-tête Authorization.',
      en: 'The request bears no access token in its Authorization header.',
    },
    {
      fr: 'Demandez un jeton au hub (client_credentials) et envoyez « Authorization: Bearer … » : l’espace consommateur donne une commande prête à copier.',
      en: 'Ask the hub for a token (client_credentials) and send “Authorization: Bearer …”: the consumer’s room has a command to copy.',
    },
  ),
  'credential-malformed': refusal(
    401,
    { fr: 'Jeton illisible', en: 'Token unreadable' },
    {
      fr: 'L’en-tête Authorization n’est pas « Bearer » ou « DPoP » suivi d’un seul jeton signé.',
      en: 'The Authorization header is not “Bearer” or “DPoP” followed by one signed token.',
    },
    {
      fr: 'Envoyez le jeton tel que le hub l’a donné, une seule fois.',
      en: 'Send the token as the hub gave it, once.',
    },
  ),
  'token-invalid': refusal(
    401,
    { fr: 'Jeton non valable', en: 'Token not valid' },
    {
      fr: 'Le jeton n’a pas été signé par le hub pour des machines, ou il a été modifié.',
      en: 'The token was not signed by the hub for machines, or it was changed.',
    },
    { fr: 'Demandez un nouveau jeton au hub.', en: 'Ask the hub for a new token.' },
  ),
  'token-expired': refusal(
    401,
    { fr: 'Jeton expiré', en: 'Token expired' },
    { fr: 'La durée de vie du jeton est passée.', en: 'The token’s life is over.' },
    {
      fr: 'Demandez-en un nouveau peu avant l’échéance (expires_in).',
      en: 'Ask for a new one shortly before it ends (expires_in).',
    },
  ),
  'token-not-for-this-api': refusal(
    401,
    { fr: 'Jeton destiné à une autre API', en: 'Token for another API' },
    {
      fr: 'Le destinataire du jeton (aud) n’est pas la ressource de cette API.',
      en: 'The token’s audience (aud) is not this API’s resource.',
    },
    {
      fr: 'Demandez au hub un jeton avec le paramètre « resource » donné dans « detail ».',
      en: 'Ask the hub for a token with the “resource” parameter given in “detail”.',
    },
  ),
  'proof-of-possession-failed': refusal(
    401,
    { fr: 'Preuve de possession absente ou fausse', en: 'Proof of possession missing or wrong' },
    {
      fr: 'Le jeton est lié à une clé : chaque appel doit porter une preuve DPoP faite avec elle, valable une fois.',
      en: 'The token is bound to a key: each call must bear a DPoP proof made with it, good once.',
    },
    {
      fr: '« detail » dit ce qui ne correspond pas (RFC 9449).',
      en: '“detail” says what does not fit (RFC 9449).',
    },
  ),
  'client-revoked': refusal(
    403,
    { fr: 'Accès du service retiré', en: 'Client’s access withdrawn' },
    {
      fr: 'Le service appelant a été suspendu, fermé ou révoqué : ses jetons ne valent plus rien.',
      en: 'The calling service was suspended, closed or revoked: its tokens are void.',
    },
    {
      fr: 'La personne responsable du service en lit la raison dans l’espace partenaires.',
      en: 'Whoever is responsible for the service reads why in the partners’ space.',
    },
  ),
  'accreditation-missing': refusal(
    403,
    { fr: 'Pas d’habilitation', en: 'No accreditation' },
    {
      fr: 'Le service appelant n’a pas d’habilitation en vigueur pour cette API.',
      en: 'The calling service has no accreditation in force for this API.',
    },
    {
      fr: 'Déposez une demande d’habilitation, ou rattachez le service à l’habilitation de votre organisation.',
      en: 'File a request, or attach the service to your organisation’s accreditation.',
    },
  ),
  'accreditation-expired': refusal(
    403,
    { fr: 'Habilitation hors de sa période', en: 'Accreditation out of its period' },
    {
      fr: 'L’habilitation a pris fin ou n’a pas encore commencé.',
      en: 'The accreditation has ended, or has not begun yet.',
    },
    { fr: 'Rouvrez la demande pour la prolonger.', en: 'Reopen the request to extend it.' },
  ),
  'accreditation-ambiguous': refusal(
    400,
    { fr: 'Habilitation à préciser', en: 'Which accreditation?' },
    {
      fr: 'Le service appelant en a plusieurs pour cette API : chaque appel est fait sous une seule, et pour sa finalité.',
      en: 'The calling service holds several for this API: each call is made under one, and for its purpose.',
    },
    {
      fr: 'Envoyez l’en-tête « accreditation » avec l’un des numéros donnés dans « detail ».',
      en: 'Send the “accreditation” header with one of the numbers given in “detail”.',
    },
  ),
  'flow-stopped': refusal(
    403,
    { fr: 'Flux arrêté', en: 'Flow stopped' },
    {
      fr: 'Le fournisseur des données ou le distributeur a arrêté ce flux.',
      en: 'The producer of the data, or the distributor, has stopped this flow.',
    },
    {
      fr: 'La raison et la durée sont dans l’espace consommateur et dans le message envoyé à votre organisation.',
      en: 'Why and for how long is in the consumer’s room and in the message sent to your organisation.',
    },
  ),
  'scope-missing': refusal(
    403,
    { fr: 'Périmètre de données manquant', en: 'Scope missing' },
    {
      fr: 'Le jeton ne porte aucun des périmètres que l’habilitation accorde pour cette API.',
      en: 'The token bears none of the scopes that the accreditation grants for this API.',
    },
    {
      fr: 'Demandez au hub un jeton avec l’un des périmètres accordés (paramètre « scope »).',
      en: 'Ask the hub for a token with one of the scopes granted (“scope” parameter).',
    },
  ),
  'subject-missing': refusal(
    400,
    { fr: 'Personne ou entreprise non désignée', en: 'Nobody named' },
    {
      fr: 'Cette API concerne quelqu’un : l’appel doit dire qui, pour que la personne puisse savoir qui a obtenu ses données.',
      en: 'This API concerns somebody: the call must say whom, so that the person can know who obtained their data.',
    },
    { fr: 'Ajoutez les paramètres nommés dans « detail ».', en: 'Add the parameters named in “detail”.' },
  ),
  'quota-exceeded': refusal(
    429,
    { fr: 'Quota dépassé', en: 'Quota exceeded' },
    {
      fr: 'L’habilitation a fait plus d’appels par minute qu’elle n’en a le droit.',
      en: 'The accreditation made more calls a minute than it may.',
    },
    {
      fr: 'Attendez le temps de l’en-tête Retry-After ; rouvrez la demande si votre volume a changé.',
      en: 'Wait for as long as Retry-After says; reopen the request if your volume has changed.',
    },
  ),
  'body-too-large': refusal(
    413,
    { fr: 'Corps trop grand', en: 'Body too large' },
    { fr: 'Un corps de demande a 1 Mo au plus.', en: 'The body of a request has 1 MB at the most.' },
    { fr: 'Découpez l’envoi.', en: 'Split what you send.' },
  ),
  'policy-stale': refusal(
    503,
    { fr: 'Droits non confirmés', en: 'Rights not confirmed' },
    {
      fr: 'La passerelle n’a pas pu confirmer les droits en vigueur depuis quelques secondes : elle refuse plutôt que de servir un flux peut-être arrêté.',
      en: 'The gateway could not confirm the rights in force for some seconds: it refuses rather than serve a flow that may be stopped.',
    },
    {
      fr: 'Réessayez ; la page d’état suit l’incident.',
      en: 'Try again; the status page follows the incident.',
    },
  ),
  'log-unavailable': refusal(
    503,
    { fr: 'Journal indisponible', en: 'Log unavailable' },
    {
      fr: 'L’appel ne peut pas être tracé : sans trace durable, rien n’est répondu.',
      en: 'The call cannot be recorded: without a durable record nothing is answered.',
    },
    { fr: 'Réessayez ; l’exploitant est alerté.', en: 'Try again; the operator is warned.' },
  ),
  'gateway-fault': refusal(
    500,
    { fr: 'Défaut de la passerelle', en: 'Fault of the gateway' },
    {
      fr: 'La passerelle n’a pas pu traiter l’appel ; rien n’en est sorti.',
      en: 'The gateway could not deal with the call; nothing of it left.',
    },
    {
      fr: 'Signalez-le à l’exploitant, avec l’en-tête trace-id.',
      en: 'Tell the operator, with the trace-id header.',
    },
  ),
  'producer-refused': refusal(
    400,
    { fr: 'Refus du fournisseur', en: 'Refused by the producer' },
    {
      fr: 'Le fournisseur a refusé l’appel (statut 4xx, repris tel quel). Ses mots ne sont pas transmis : ils pourraient contenir des données.',
      en: 'The producer refused the call (a 4xx status, passed on as it is). Its words are not passed on: they may hold data.',
    },
    {
      fr: 'Lisez la documentation de l’API pour ce statut ; 404 veut souvent dire que la personne n’est pas connue.',
      en: 'Read the API’s document for this status; 404 often means that the person is not known there.',
    },
  ),
  'upstream-unreachable': refusal(
    502,
    { fr: 'Fournisseur injoignable', en: 'Producer unreachable' },
    {
      fr: 'La passerelle n’a pas pu joindre le fournisseur, ou la connexion s’est interrompue.',
      en: 'The gateway could not reach the producer, or the connection broke.',
    },
    {
      fr: 'Réessayez ; la page de l’API montre sa disponibilité.',
      en: 'Try again; the API’s page shows its uptime.',
    },
  ),
  'upstream-timeout': refusal(
    504,
    { fr: 'Fournisseur trop lent', en: 'Producer too slow' },
    {
      fr: 'Le fournisseur n’a pas répondu dans son délai.',
      en: 'The producer did not answer within its time.',
    },
    { fr: 'Réessayez plus tard.', en: 'Try again later.' },
  ),
  'upstream-refused': refusal(
    502,
    { fr: 'Panne du fournisseur', en: 'Producer at fault' },
    {
      fr: 'Le fournisseur a répondu par une erreur interne ou une redirection, qui n’est jamais suivie.',
      en: 'The producer answered with an internal error or a redirect, which is never followed.',
    },
    {
      fr: 'Réessayez plus tard ; le fournisseur voit l’échec.',
      en: 'Try again later; the producer sees the failure.',
    },
  ),
  'upstream-circuit-open': refusal(
    503,
    { fr: 'Fournisseur mis au repos', en: 'Producer left alone' },
    {
      fr: 'Le fournisseur vient d’échouer plusieurs fois de suite : la passerelle le laisse se remettre.',
      en: 'The producer has just failed several times in a row: the gateway lets it recover.',
    },
    { fr: 'Attendez le temps de l’en-tête Retry-After.', en: 'Wait for as long as Retry-After says.' },
  ),
  'answer-not-json': refusal(
    502,
    { fr: 'Réponse illisible du fournisseur', en: 'Producer’s answer unreadable' },
    {
      fr: 'La réponse n’est pas du JSON sûr : la passerelle ne peut pas savoir quels champs en laisser sortir, donc rien ne sort.',
      en: 'The answer is not JSON that is certain: the gateway cannot know which fields to let out, so nothing leaves.',
    },
    {
      fr: 'Signalez-le au fournisseur, avec l’en-tête trace-id.',
      en: 'Tell the producer, with the trace-id header.',
    },
  ),
  'answer-too-large': refusal(
    502,
    { fr: 'Réponse trop grande', en: 'Answer too large' },
    {
      fr: 'La réponse du fournisseur dépasse 20 Mo, une fois décompressée.',
      en: 'The producer’s answer is larger than 20 MB once decompressed.',
    },
    { fr: 'Demandez moins à la fois (pagination).', en: 'Ask for less at once (pagination).' },
  ),
  'answer-encoding-refused': refusal(
    502,
    { fr: 'Compression refusée', en: 'Content coding refused' },
    {
      fr: 'La réponse porte un codage inconnu, multiple, ou qui ne correspond pas à son contenu.',
      en: 'The answer bears an unknown or multiple content coding, or one that is not its content’s.',
    },
    {
      fr: 'Signalez-le au fournisseur, avec l’en-tête trace-id.',
      en: 'Tell the producer, with the trace-id header.',
    },
  ),
  overloaded: refusal(
    503,
    { fr: 'Trop d’appels en cours', en: 'Too many calls under way' },
    {
      fr: 'La passerelle ou le fournisseur a trop d’appels en cours.',
      en: 'The gateway or the producer has too many calls under way.',
    },
    { fr: 'Attendez le temps de l’en-tête Retry-After.', en: 'Wait for as long as Retry-After says.' },
  ),
} as const satisfies Record<string, GatewayError>;

/** The stable code of a refusal. */
export type GatewayErrorCode = keyof typeof GATEWAY_ERRORS;
