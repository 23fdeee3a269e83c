import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { authorizeUrl } from '@/lib/cognito/protocol/hosted-ui';
import { redactedText } from './fingerprint';

/** One parameter of the authorize URL. */
export interface AuthorizeParameter {
  readonly name: string;
  /** Its value, or for a secret what may be said of it. */
  readonly shown: string;
  readonly note: string;
}

/** Where a sign-in was sent, without the secrets of the attempt. */
export interface AuthorizeRequest {
  readonly endpoint: string;
  readonly parameters: readonly AuthorizeParameter[];
}

/** Each of the three is 32 random bytes, or their hash, in base64url. */
const SECRET_CHARACTERS = 43;
const USED_UP = `${SECRET_CHARACTERS} characters, used up`;

/**
 * The authorize URL of the visitor's sign-in, made by the same function, with stand-ins for what only
 * the attempt knew. State, nonce and code verifier are gone with its cookie; the nonce alone comes back
 * in the ID token. What a link added, such as `login_hint`, is remembered nowhere and not shown.
 *
 * @param config the app client
 * @param nonce of the ID token; undefined after a refresh, whose ID token has none
 */
export async function authorizeRequest(
  config: CognitoConfig,
  nonce: string | undefined,
): Promise<AuthorizeRequest> {
  const url = new URL(authorizeUrl(config, { state: '', nonce: '', codeChallenge: '' }));
  const secrets: Readonly<Record<string, string>> = {
    state: USED_UP,
    nonce: nonce === undefined ? USED_UP : await redactedText(nonce),
    code_challenge: USED_UP,
  };
  return {
    endpoint: `${url.origin}${url.pathname}`,
    parameters: [...url.searchParams].map(([name, value]) => ({
      name,
      shown: secrets[name] ?? value,
      note: NOTES.get(name) ?? '',
    })),
  };
}

const NOTES: ReadonlyMap<string, string> = new Map([
  ['response_type', 'Asks for an authorization code. No token ever travels in an address.'],
  ['client_id', 'Which app client asks. It is public: everybody who signs in sees it.'],
  [
    'redirect_uri',
    'Where the code is to be sent. The hosted UI compares it byte for byte with those that are registered.',
  ],
  ['scope', 'What the tokens shall open. “openid” makes it a sign-in, with an ID token.'],
  [
    'state',
    'A random value that must come back with the code. A callback that brings another one is not the answer to this attempt and is refused.',
  ],
  [
    'nonce',
    'A random value that must come back inside the ID token. A token from another sign-in has another one.',
  ],
  [
    'code_challenge',
    'The SHA-256 of a code verifier that stays here. Whoever steals the code cannot use it without the verifier.',
  ],
  ['code_challenge_method', 'How the challenge was made. SHA-256 is the only way Cognito knows.'],
]);
