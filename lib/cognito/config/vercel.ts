type Env = Readonly<Record<string, string | undefined>>;

/**
 * What Vercel knows of itself, where the person has set nothing else
 * (https://vercel.com/docs/environment-variables/system-environment-variables): the redirect URI is that
 * of the production domain, and a preview with a relay is at its branch's address. `VERCEL_URL` changes
 * with every deployment, and Cognito compares whole addresses.
 *
 * @param env names and values
 * @returns the same, with those defaults
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

/** The two addresses to register with the app client. */
export interface ProductionUrls {
  readonly redirectUri: string;
  readonly logoutUri: string;
}

/**
 * The addresses of the production domain, as Vercel names it: never those that a request brings.
 *
 * @param env names and values
 * @returns undefined where Vercel says nothing, or nothing that is a host name
 */
export function productionUrls(env: Env): ProductionUrls | undefined {
  const host = env.VERCEL_PROJECT_PRODUCTION_URL?.trim() ?? '';
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)) return undefined;
  return { redirectUri: `https://${host}/login`, logoutUri: `https://${host}/` };
}
