import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { authorizeUrl } from '@/lib/cognito/protocol/hosted-ui';
import { redactedText } from './fingerprint';

/** One parameter of the authorize URL. */
export interface AuthorizeParameter {
  readonly name: string;
  /** Its value; for a secret, its length and possibly the start of its hash. */
  readonly shown: string;
  readonly note: string;
}

/** The authorize URL of a sign-in, without the secrets of the attempt. */
export interface AuthorizeRequest {
  readonly endpoint: string;
  readonly parameters: readonly AuthorizeParameter[];
}

/** State, nonce and code challenge are each 32 bytes in base64url. */
const SECRET_CHARACTERS = 43;
const USED_UP = `${SECRET_CHARACTERS} characters, already used`;

/**
 * Rebuilds the authorize URL of the visitor's sign-in with the function that built it. State and code
 * challenge weren't stored, so placeholders replace them; only the nonce is known, from the ID token. Parameters that a link added, such as `login_hint`, weren't stored and aren't shown.
 *
 * @param config of the app client
 * @param nonce from the ID token; undefined after a refresh, because refreshed ID tokens have none
 */
export async function authorizeRequest(
  config: CognitoConfig,
  nonce: string | undefined,
): Promise<AuthorizeRequest> {
  const url = new URL(authorizeUrl(config, { state: '', nonce: '', codeChallenge: '' }));
  const secrets: Readonly<Record<string, string>> = {
    state: 'several hundred characters, already used',
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
  ['response_type', 'Requests an authorization code.'],
  ['client_id', 'Identifies the app client. Not a secret.'],
  ['redirect_uri', 'Where to send the code. Must be registered.'],
  ['scope', 'What the tokens can access. “openid” adds an ID token.'],
  ['state', 'The encrypted attempt. Must come back with the code.'],
  ['nonce', 'Must come back in the ID token.'],
  ['code_challenge', 'The hash of the code verifier (PKCE).'],
  ['code_challenge_method', 'Hashed with SHA-256.'],
]);
