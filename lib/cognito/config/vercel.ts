type Env = Readonly<Record<string, string | undefined>>;

/**
 * Fills in variables that aren't set from Vercel's system environment variables
 * (https://vercel.com/docs/environment-variables/system-environment-variables): the redirect URI
 * from the production domain, and the origin of a preview with a relay from the branch URL.
 * `VERCEL_URL` is of no use: it changes with every deployment, and Cognito compares whole URLs.
 *
 * @param env names and values
 * @returns the non-empty variables, with those defaults
 */
export function withVercelDefaults(env: Env): Env {
  const production = productionUrls(env);
  const preview = env.VERCEL_ENV === 'preview' && Boolean(env.PREVIEW_RELAY_SECRET?.trim());
  const branch = env.VERCEL_BRANCH_URL?.trim();
  const defaults: Record<string, string> = {};
  if (production && (preview || env.VERCEL_ENV === 'production')) {
    defaults.COGNITO_REDIRECT_URI = production.redirectUri;
  }
  if (preview && branch) defaults.PREVIEW_ORIGIN = `https://${branch}`;
  const given = Object.entries(env).filter(([, value]) => value?.trim());
  return { ...defaults, ...Object.fromEntries(given) };
}

/** The two URLs to register with the app client. */
export interface ProductionUrls {
  readonly redirectUri: string;
  readonly logoutUri: string;
}

/**
 * The URLs on the production domain. Vercel's environment provides the domain, never a request.
 *
 * @param env names and values
 * @returns the URLs; undefined if Vercel's variable is unset or isn't a host name
 */
export function productionUrls(env: Env): ProductionUrls | undefined {
  const host = env.VERCEL_PROJECT_PRODUCTION_URL?.trim() ?? '';
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)) return undefined;
  return { redirectUri: `https://${host}/login`, logoutUri: `https://${host}/` };
}
