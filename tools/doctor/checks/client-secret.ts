import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { randomToken } from '../../../lib/cognito/protocol/pkce';
import { clientAuthentication } from '../../../lib/cognito/protocol/tokens';
import { type Finding, ok, unknown, warning, wrong } from '../finding';
import { ofClient, updateClient } from '../fix';
import { type Answer, oauthErrorOf, type Probe } from '../probe';
import { sizeOf } from './session-secret';

/** Whether the app client is accepted when it presents itself in one way. */
export type Verdict = 'accepted' | 'refused' | 'unclear';

/** The two ways in which it can. */
export interface Credentials {
  /** `unclear` too if there is no secret, or it was not to be sent. */
  readonly withSecret: Verdict;
  readonly alone: Verdict;
  readonly revocation: 'on' | 'off' | 'unclear';
}

/**
 * Presents the app client, with its secret and by its id alone, to two endpoints: a token that is
 * none is revoked, and a code that is none redeemed. Neither can change anything.
 *
 * @param probe asks
 * @param config the app client
 * @param code that nobody was given: a UUID
 * @param sendSecret whether the domain may have the secret
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
  // Where revocation is off the first endpoint may not have looked at who asks.
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
 * Whether the client secret is right, wrong, missing or not needed.
 *
 * @param config the app client
 * @param credentials what was accepted
 * @param isKnown whether the app client exists for certain
 */
export function clientSecret(
  config: CognitoConfig,
  { withSecret, alone }: Credentials,
  isKnown: boolean,
): Finding {
  const secret = config.clientSecret;
  if (secret === undefined) {
    if (alone === 'accepted') return ok('client-secret', 'none, and none is needed');
    if (alone === 'unclear' || !isKnown) return unknown('client-secret', NOBODY_SAYS);
    return wrong('client-secret', {
      problem: 'The app client has a secret, but COGNITO_CLIENT_SECRET is not set',
      value: 'not set',
      fix: { here: 'Set COGNITO_CLIENT_SECRET to it', ...whereItIs(config) },
    });
  }
  if (alone === 'accepted') {
    const trouble = {
      problem: 'The app client is a public one without a secret, but COGNITO_CLIENT_SECRET is set',
      value: sizeOf(secret),
      fix: { here: 'Leave COGNITO_CLIENT_SECRET out' },
    };
    // Accepted all the same: nobody is kept out by it.
    return withSecret === 'accepted'
      ? warning('client-secret', trouble)
      : wrong('client-secret', trouble);
  }
  if (withSecret === 'accepted') return ok('client-secret', sizeOf(secret));
  if (withSecret === 'unclear' || !isKnown) return unknown('client-secret', NOBODY_SAYS);
  return wrong('client-secret', {
    problem: 'COGNITO_CLIENT_SECRET is not the secret of this app client',
    value: sizeOf(secret),
    fix: { here: 'Set COGNITO_CLIENT_SECRET to it', ...whereItIs(config) },
  });
}

const NOBODY_SAYS =
  'neither with nor without the secret was there an answer that tells; it is sent to the domain of this user pool alone';

function whereItIs(config: CognitoConfig) {
  return {
    console:
      'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Show client secret',
    // It is printed where the person is who may see it.
    command: `aws cognito-idp describe-user-pool-client ${ofClient(config)} --query UserPoolClient.ClientSecret --output text`,
  };
}

/**
 * Whether a sign-out can end the tokens.
 *
 * @param config the app client
 * @param credentials what was accepted
 */
export function tokenRevocation(config: CognitoConfig, { revocation }: Credentials): Finding {
  if (revocation === 'on') return ok('token-revocation', 'on');
  if (revocation === 'unclear') {
    return unknown('token-revocation', 'the app client was not accepted at that endpoint');
  }
  return warning('token-revocation', {
    problem:
      'The app client revokes no tokens: after a sign-out a copied refresh token still works',
    value: 'off',
    fix: {
      console:
        'Amazon Cognito > User pools > your pool > Applications > App clients > your client > Edit > Enable token revocation',
      command: updateClient(config, '.EnableTokenRevocation = true'),
    },
  });
}
