import type { CognitoConfig } from '../protocol/cognito-config';
import type { Variable } from './advice';
import { parsePreview } from './preview-settings';
import {
  type ConfigProblem,
  createReader,
  type ProductionUrls,
  productionUrls,
  withVercelDefaults,
} from './reader';
import * as values from './values';

export type { ConfigProblem } from './reader';

export type ConfigResult =
  | { readonly ok: true; readonly config: CognitoConfig }
  | {
      readonly ok: false;
      /** No `COGNITO_*` variable is set at all, as on a first deploy. */
      readonly blank: boolean;
      readonly problems: readonly ConfigProblem[];
      /**
       * The URLs to register with the app client; undefined if the production domain is unknown.
       */
      readonly urls: ProductionUrls | undefined;
    };

type Env = Readonly<Record<string, string | undefined>>;

const REQUIRED = [
  'COGNITO_REGION',
  'COGNITO_USER_POOL_ID',
  'COGNITO_DOMAIN',
  'COGNITO_CLIENT_ID',
  'COGNITO_REDIRECT_URI',
  'SESSION_SECRET',
] as const satisfies readonly Variable[];

const DEFAULT_SCOPES = 'openid email profile phone aws.cognito.signin.user.admin';
/** In seconds: Cognito's default lifetime of a refresh token. */
const DEFAULT_LIFETIME = 30 * 86_400;

/**
 * Parses environment variables into a configuration.
 *
 * @param given names and values, such as `process.env`; values are trimmed, and empty means unset
 * @returns the configuration, or the list of all problems
 */
export function parseConfig(given: Env): ConfigResult {
  const { read, parse, report, problems } = createReader(withVercelDefaults(given));
  for (const variable of REQUIRED) if (read(variable) === undefined) report(variable, 'is not set');

  const region = parse('COGNITO_REGION', values.parseRegion);
  const userPoolId = parse('COGNITO_USER_POOL_ID', (id) => values.parseUserPoolId(id, region));
  const domain = parse('COGNITO_DOMAIN', (value) => values.parseDomain(value, region));
  const clientId = parse('COGNITO_CLIENT_ID', values.parseClientId);
  const redirectUri = parse('COGNITO_REDIRECT_URI', values.parseRedirectUri);
  const logoutUri = parse('COGNITO_LOGOUT_URI', (value) => values.parseUrl(value) ?? value);
  const scopes = parse('COGNITO_SCOPES', values.parseScopes) ?? DEFAULT_SCOPES;
  const issuer = parse('COGNITO_ISSUER', values.parseIssuer);
  const sessionSecret = parse('SESSION_SECRET', values.parseSessionSecret);
  const sessionLifetime = parse('SESSION_LIFETIME', values.parseDuration) ?? DEFAULT_LIFETIME;
  const sessionIdle = parse('SESSION_IDLE', values.parseDuration);
  const registered = redirectUri === undefined ? undefined : new URL(redirectUri).origin;
  const preview = parsePreview({ read, parse, report }, sessionSecret, registered);

  const missing = !region || !userPoolId || !domain || !clientId || !redirectUri || !sessionSecret;
  if (problems.length > 0 || missing || registered === undefined) {
    return { ok: false, blank: isBlank(given), problems, urls: productionUrls(given) };
  }
  const origin = preview.origin ?? registered;
  const api = `https://cognito-idp.${region}.${values.awsSuffix(region)}`;
  const config: CognitoConfig = Object.freeze({
    region,
    userPoolId,
    clientId,
    clientSecret: read('COGNITO_CLIENT_SECRET'),
    domain,
    issuer: issuer ?? `${api}/${userPoolId}`,
    // A loopback issuer is a local pool, which serves the API on the same origin.
    api: issuer && values.isLoopback(new URL(issuer)) ? new URL(issuer).origin : api,
    redirectUri,
    logoutUri: logoutUri ?? `${registered}/`,
    origin,
    secure: origin.startsWith('https:'),
    scopes,
    sessionSecret,
    sessionLifetime,
    sessionIdle,
    preview: preview.role,
  });
  return { ok: true, config };
}

function isBlank(env: Env): boolean {
  return !Object.keys(env).some((name) => name.startsWith('COGNITO_') && env[name]?.trim());
}
