// What each code of a refusal means to a service's team, and what it does about it, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

const fr = {
  other: 'Code inattendu\u00A0: donnez-le à la direction du numérique avec l’heure du refus.',
  byCode: {
    invalid_client:
      'Le service n’a pas prouvé qui il est. Vérifiez le secret ou la clé, le moyen de preuve, et l’horloge du serveur.',
    invalid_redirect_uri:
      'L’adresse de retour n’est aucune de celles enregistrées. Comparez-les caractère par caractère, barre finale comprise.',
    invalid_request:
      'La requête est incomplète. Vérifiez PKCE (code_challenge, S256), state, nonce et les paramètres répétés.',
    invalid_request_uri: 'La requête poussée (PAR) est inconnue ou expirée. Poussez-la de nouveau.',
    invalid_request_object: 'L’objet de requête signé n’est pas accepté. Envoyez des paramètres simples.',
    invalid_grant:
      'Le code ou le jeton de rafraîchissement est expiré, déjà employé, ou d’un autre client. Un code sert une fois, dans la minute.',
    invalid_scope: 'Une portée demandée n’existe pas dans cet espace. Reprenez la configuration proposée.',
    invalid_target: 'La ressource demandée n’existe pas ou n’est pas accordée à ce service.',
    invalid_token: 'Le jeton présenté est expiré, révoqué ou altéré. Demandez-en un autre.',
    invalid_dpop_proof:
      'La preuve DPoP n’est pas bonne. Vérifiez la clé, l’adresse, la méthode et l’horloge.',
    use_dpop_nonce: 'Le serveur demande un nonce DPoP. Recommencez avec celui de la réponse.',
    access_denied: 'La personne a refusé ou renoncé. Proposez-lui de recommencer.',
    login_required:
      'La personne n’est pas connectée et la requête interdit de le lui demander (prompt=none).',
    consent_required:
      'La personne doit voir ce qui est transmis et la requête l’interdit (prompt=none). Renvoyez-la sans prompt.',
    interaction_required:
      'Une étape avec la personne est nécessaire et la requête l’interdit (prompt=none). Renvoyez-la sans prompt.',
    unmet_authentication_requirements:
      'Le niveau de garantie demandé n’a pas été atteint. Demandez moins, ou dites à la personne quel moyen employer.',
    unauthorized_client:
      'Le service n’a pas droit à cet échange. Vérifiez son espace, son état et ses adresses.',
    unsupported_response_type: 'Seul response_type=code est accepté.',
    unsupported_response_mode: 'Ce response_mode n’est pas accepté. Retirez-le.',
    unsupported_grant_type: 'Ce grant_type n’est pas accepté dans cet espace.',
    server_error: 'Une erreur est survenue de notre côté. Elle est enregistrée\u00A0; recommencez.',
    temporarily_unavailable: 'Le hub n’a pas pu répondre à ce moment. Recommencez un peu plus tard.',
    'account-closed': 'Le compte de la personne est fermé. Elle doit voir son administration.',
    'upstream-blocked':
      'La personne a bloqué ce fournisseur d’identité. Elle peut en choisir un autre ou le débloquer.',
    'organisation-unknown':
      'L’organisation que le fournisseur d’identité nomme est inconnue. Son service informatique doit la faire ajouter.',
    'link-waiting':
      'Le rattachement de la personne à son organisation attend d’être confirmé. Elle recevra un message.',
    'link-refused': 'L’organisation n’a pas confirmé que la personne en fait partie.',
    'assurance-too-low':
      'Le niveau de garantie de la connexion est plus bas que demandé. Vérifiez acr_values, ou dites à la personne quel moyen employer.',
    'not-in-test':
      'Le service est en test\u00A0: seuls les membres de son organisation et les identités de test y entrent. Demandez la production.',
    'upstream-refused':
      'Le fournisseur d’identité n’a pas confirmé la connexion. La personne peut recommencer.',
    'upstream-wrong':
      'La réponse du fournisseur d’identité n’a pas passé les contrôles. La direction du numérique le voit aussi.',
    'email-missing':
      'Le fournisseur d’identité n’a pas transmis d’adresse électronique. Il doit le corriger.',
    'email-domain-not-allowed':
      'Le fournisseur d’identité a transmis une adresse d’un domaine qui n’est pas le sien.',
    'siret-missing': 'Le fournisseur d’identité n’a pas transmis le SIRET. Il doit le corriger.',
    'siret-wrong': 'Le SIRET transmis par le fournisseur d’identité n’est pas valable. Il doit le corriger.',
    'identity-incomplete': 'Le fournisseur d’identité n’a pas transmis une identité complète.',
  },
};

const en: typeof fr = {
  other: 'An unexpected code: give it to the digital directorate with the time of the refusal.',
  byCode: {
    invalid_client:
      'The service did not prove who it is. Check the secret or key, the way of proof, and the server’s clock.',
    invalid_redirect_uri:
      'The redirect address is none of those registered. Compare them character by character, a final slash included.',
    invalid_request:
      'The request is incomplete. Check PKCE (code_challenge, S256), state, nonce and repeated parameters.',
    invalid_request_uri: 'The pushed request (PAR) is unknown or has expired. Push it again.',
    invalid_request_object: 'The signed request object is not accepted. Send plain parameters.',
    invalid_grant:
      'The code or refresh token has expired, was used before, or is another client’s. A code serves once, within a minute.',
    invalid_scope: 'A requested scope does not exist in this realm. Go back to the proposed configuration.',
    invalid_target: 'The requested resource does not exist or is not granted to this service.',
    invalid_token: 'The token shown has expired, was revoked or changed. Ask for another one.',
    invalid_dpop_proof: 'The DPoP proof is not good. Check the key, the address, the method and the clock.',
    use_dpop_nonce: 'The server asks for a DPoP nonce. Try again with the one in the answer.',
    access_denied: 'The person refused or gave up. Offer them to start again.',
    login_required: 'The person is not signed in and the request forbids to ask them (prompt=none).',
    consent_required:
      'The person must see what is passed on and the request forbids it (prompt=none). Send them again without prompt.',
    interaction_required:
      'A step with the person is needed and the request forbids it (prompt=none). Send them again without prompt.',
    unmet_authentication_requirements:
      'The level of assurance asked for was not reached. Ask for less, or tell the person which means to use.',
    unauthorized_client:
      'The service may not do this exchange. Check its realm, its state and its addresses.',
    unsupported_response_type: 'Only response_type=code is accepted.',
    unsupported_response_mode: 'This response_mode is not accepted. Remove it.',
    unsupported_grant_type: 'This grant_type is not accepted in this realm.',
    server_error: 'Something went wrong on our side. It is recorded; start again.',
    temporarily_unavailable: 'The hub could not answer at that moment. Try again a little later.',
    'account-closed': 'The person’s account is closed. They should see their administration.',
    'upstream-blocked':
      'The person has blocked this identity provider. They may choose another or unblock it.',
    'organisation-unknown':
      'The organisation that the identity provider names is not known. Its IT department must have it added.',
    'link-waiting': 'The person’s link to their organisation waits to be confirmed. They will get a message.',
    'link-refused': 'The organisation did not confirm that the person is a member of it.',
    'assurance-too-low':
      'The sign-in’s level of assurance is lower than asked for. Check acr_values, or tell the person which means to use.',
    'not-in-test':
      'The service is in test: only members of its organisation and test identities get in. Ask for production.',
    'upstream-refused': 'The identity provider did not confirm the sign-in. The person may start again.',
    'upstream-wrong':
      'The identity provider’s answer did not pass the checks. The digital directorate sees it as well.',
    'email-missing': 'The identity provider passed on no e-mail address. It must mend that.',
    'email-domain-not-allowed': 'The identity provider passed on an address of a domain that is not its own.',
    'siret-missing': 'The identity provider did not pass on the SIRET. It must mend that.',
    'siret-wrong': 'The SIRET that the identity provider passed on is not valid. It must mend that.',
    'identity-incomplete': 'The identity provider did not pass on a complete identity.',
  },
};

/** The words in `locale`. */
export const refusalsMessages = defineMessages('identity.services.refusals', { fr, en });
