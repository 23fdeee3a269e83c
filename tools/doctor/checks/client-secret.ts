import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { randomToken } from '../../../lib/cognito/protocol/pkce';
import { clientAuthentication } from '../../../lib/cognito/protocol/tokens';
import { type Finding, ofClient, ok, unknown, updateClient, warning, wrong } from '../finding';
import { type Answer, oauthErrorOf, type Probe } from '../probe';
import { sizeOf } from '../report';

/** Whether Cognito accepts the app client with one kind of credentials. */
export type Verdict = 'accepted' | 'refused' | 'unclear';

/** The result for each kind of credentials. */
export interface Credentials {
  /** Also `unclear` if there is no secret, or it must not be sent. */
  readonly withSecret: Verdict;
  readonly alone: Verdict;
  readonly revocation: 'on' | 'off' | 'unclear';
}

/**
 * Authenticates the app client at two endpoints, with its secret and by its ID alone: it revokes an
 * invalid token and redeems an invalid code. Neither can change anything.
 *
 * @param probe sends the requests
 * @param config the app client
 * @param code an authorization code that Cognito never issued: a UUID
 * @param sendSecret whether the secret may be sent to the domain
 */
export async function tryCredentials(
  probe: Probe,
  config: CognitoConfig,
  { code, sendSecret }: { code: string; sendSecret: boolean },
): Promise<Credentials> {
  const bare = { ...config, clientSecret: undefined };
  const isConfidential = config.clientSecret !== undefined;
  const [withSecret, alone] = await Promise.all([
    isConfidential && sendSecret ? present(probe, config, code) : undefined,
    present(probe, bare, code),
  ]);
  return {
    withSecret: withSecret?.verdict ?? 'unclear',
    alone: alone.verdict,
    revocation: (isConfidential ? withSecret?.revocation : alone.revocation) ?? 'unclear',
  };
}

async function present(probe: Probe, config: CognitoConfig, code: string) {
  const { headers, form } = clientAuthentication(config);
  const { authorization } = headers;
  const credentials = authorization === undefined ? {} : { authorization };
  const [revoked, redeemed] = await Promise.all([
    probe({
      url: `${config.domain}/oauth2/revoke`,
      form: { token: 'doctor', ...form },
      ...credentials,
    }),
    probe({
      url: `${config.domain}/oauth2/token`,
      form: {
        grant_type: 'authorization_code',
        code,
        redirect_uri: config.redirectUri,
        code_verifier: randomToken(),
        ...form,
      },
      ...credentials,
    }),
  ]);
  const verdict = verdictOf(revoked, redeemed);
  return { verdict, revocation: revocationOf(revoked, verdict) };
}

function verdictOf(revoked: Answer, redeemed: Answer): Verdict {
  if (revoked.kind === 'answer' && revoked.status === 200) return 'accepted';
  if (oauthErrorOf(revoked) === 'invalid_client') return 'refused';
  // If revocation is off, the revocation endpoint may not have checked the client.
  const error = oauthErrorOf(redeemed);
  if (error === 'invalid_grant' || error === 'unauthorized_client') return 'accepted';
  return error === 'invalid_client' ? 'refused' : 'unclear';
}

function revocationOf(revoked: Answer, verdict: Verdict): Credentials['revocation'] {
  if (revoked.kind === 'answer' && revoked.status === 200) return 'on';
  const isOff = verdict === 'accepted' && oauthErrorOf(revoked) === 'invalid_request';
  return isOff ? 'off' : 'unclear';
}

/**
 * Checks whether the client secret is right, wrong, missing or not needed.
 *
 * @param config the app client
 * @param credentials which credentials were accepted
 * @param isKnown whether the app client certainly exists
 */
export function clientSecret(
  config: CognitoConfig,
  { withSecret, alone }: Credentials,
  isKnown: boolean,
): Finding {
  const secret = config.clientSecret;
  if (secret === undefined) {
    if (alone === 'accepted') return ok('client-secret', 'not set, and not needed');
    if (!isKnown) return unknown('client-secret', NOT_KNOWN);
    if (alone === 'unclear') return unknown('client-secret', NO_RESULT);
    return wrong('client-secret', {
      problem: 'The app client has a secret, but COGNITO_CLIENT_SECRET is not set',
      value: 'not set',
      fix: { here: 'Set COGNITO_CLIENT_SECRET to that secret', ...whereItIs(config) },
    });
  }
  if (alone === 'accepted') {
    const trouble = {
      problem: 'The app client is public (it has no secret), but COGNITO_CLIENT_SECRET is set',
      value: sizeOf(secret),
      fix: { here: 'Unset COGNITO_CLIENT_SECRET' },
    };
    // If Cognito accepts the secret anyway, sign-in works.
    return withSecret === 'accepted'
      ? warning('client-secret', trouble)
      : wrong('client-secret', trouble);
  }
  if (withSecret === 'accepted') return ok('client-secret', sizeOf(secret));
  if (withSecret === 'unclear') return unknown('client-secret', NO_RESULT);
  if (!isKnown) return unknown('client-secret', NOT_KNOWN);
  return wrong('client-secret', {
    problem: 'COGNITO_CLIENT_SECRET is not the secret of this app client',
    value: sizeOf(secret),
    fix: { here: "Set COGNITO_CLIENT_SECRET to the app client's secret", ...whereItIs(config) },
  });
}

const NOT_KNOWN = "we couldn't confirm that the app client exists";
const NO_RESULT =
  "no response shows whether it is right; the secret is sent only to this user pool's own domain";

function whereItIs(config: CognitoConfig) {
  return {
    console:
      'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Show client secret',
    // The secret appears only in the terminal of a user with the permission to read it.
    command: `aws cognito-idp describe-user-pool-client ${ofClient(config)} --query UserPoolClient.ClientSecret --output text`,
  };
}

/**
 * Checks that a sign-out can revoke the tokens.
 *
 * @param config the app client
 * @param credentials what the revocation endpoint accepted
 * @param isKnown whether the app client certainly exists
 */
export function tokenRevocation(
  config: CognitoConfig,
  { revocation }: Credentials,
  isKnown: boolean,
): Finding {
  if (revocation === 'on') return ok('token-revocation', 'on');
  if (revocation === 'unclear') {
    return unknown(
      'token-revocation',
      isKnown
        ? 'only the app client with the right client secret, or without one, sees it'
        : NOT_KNOWN,
    );
  }
  return warning('token-revocation', {
    problem: 'Token revocation is off: after a sign-out, a stolen refresh token still works',
    value: 'off',
    fix: {
      console:
        'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Edit > Enable token revocation',
      command: updateClient(config, '.EnableTokenRevocation = true'),
    },
  });
}
