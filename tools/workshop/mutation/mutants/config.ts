import { unit } from '../mutant';

const CONFIG = 'lib/cognito/config/values.ts';

/** An invalid setting stops the site, and never weakens it. */
export const config = unit(
  CONFIG,
  ['cognito/config'],
  [
    {
      id: 'config-https',
      defense: 'URLs must use https, except on localhost',
      find: "url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))",
      replace: "url.protocol === 'https:' || url.protocol === 'http:'",
    },
    {
      id: 'config-scheme',
      defense: 'URLs must use http or https',
      find: "url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))",
      replace: "url.protocol !== 'http:' || isLoopback(url)",
    },
    {
      id: 'config-loopback',
      defense: 'a host that only starts with localhost is another host',
      find: '.includes(url.hostname)',
      replace: '.some((host) => url.hostname.startsWith(host))',
    },
    {
      id: 'config-password',
      defense: 'a URL contains no password',
      find: "url.username || url.password || value.includes('#')",
      replace: "value.includes('#')",
    },
    {
      id: 'config-fragment',
      defense: 'a URL contains no fragment',
      find: " || value.includes('#')",
      replace: '',
    },
    {
      id: 'config-redirect',
      defense: "the redirect URI is exactly `/login` on the site's origin",
      find: 'value === `${origin}/login` || value === `${origin}/login/`',
      replace: 'value.includes(`/login`)',
    },
    {
      id: 'config-secret-length',
      defense: 'a session secret has at least 32 characters',
      find: 'value.length < MIN_SECRET_LENGTH',
      replace: 'false',
    },
    {
      id: 'config-secrets-length',
      defense: 'each numbered secret is checked like a single one',
      find: 'const parsed = parseSecret(secret);',
      replace: 'const parsed = secret;',
    },
    {
      id: 'config-secrets-none',
      defense: 'an empty list of secrets is refused',
      find: 'Object.keys(secrets).length > 0 ? secrets : shape',
      replace: 'secrets',
    },
    {
      id: 'config-secret-quoted',
      defense: 'an invalid secret is not quoted in the log',
      find: 'return { problem: `must have at least ${MIN_SECRET_LENGTH} characters` };',
      replace: "return not(value, 'long enough');",
    },
    {
      id: 'config-guessable-quoted',
      defense: 'a secret that is easy to guess is not quoted in the log',
      find: "{ problem: 'is easy to guess: it repeats itself, or is a placeholder' }",
      replace: "not(value, 'random')",
    },
    {
      id: 'config-secure',
      defense: 'the public origin decides whether `Secure`, `__Host-` and HSTS are used',
      file: 'lib/cognito/config/parse-config.ts',
      find: "secure: origin.startsWith('https:'),",
      replace: 'secure: false,',
    },
    {
      id: 'config-openid',
      defense: 'the scope `openid` is required: without it, there is no ID token',
      find: "if (!scopes.includes('openid'))",
      replace: 'if (false)',
    },
    {
      id: 'config-issuer-slash',
      defense: 'the issuer has no trailing slash and no query, like the one in tokens',
      find: "value.endsWith('/') || value.includes('?')",
      replace: 'false',
    },
    {
      id: 'config-region',
      defense: 'the user pool is in the configured region',
      find: 'if (region && !value.startsWith(`${region}_`))',
      replace: 'if (false)',
    },
    {
      id: 'config-domain',
      defense: 'the domain is an origin without a path',
      find: 'value === origin || value === `${origin}/` ? origin',
      replace: 'value.startsWith(origin) ? value',
    },
    {
      id: 'config-domain-host',
      defense: 'the domain is a host name',
      find: '/^[a-z0-9-]+(\\.[a-z0-9-]+)+$/i.test(value) && isOrigin(origin)',
      replace: 'true',
    },
    {
      id: 'config-domain-address',
      defense: 'a URL parser must read the domain as exactly that host',
      find: 'return asUrl(text)?.origin === text;',
      replace: 'return true;',
      tests: ['fuzz/configuration'],
    },
    {
      id: 'config-value-password',
      defense: 'a password in a URL is not logged',
      find: ".replace(/^([^/?#]*\\/\\/)[^/?#]*@/, '$1…@')",
      replace: '',
    },
    {
      id: 'config-client-id',
      defense: 'the app client ID has a valid format',
      find: 'value.length <= 128 && /^[\\w+]+$/.test(value) ? value',
      replace: 'value ? value',
    },
    {
      id: 'config-secret-repeated',
      defense: 'a secret that repeats itself is refused',
      file: 'lib/cognito/config/values.ts',
      find: 'REPEATED.test(secret) || ',
      replace: '',
    },
    {
      id: 'config-secret-placeholder',
      defense: 'a placeholder is refused as a secret',
      file: 'lib/cognito/config/values.ts',
      find: ' || PLACEHOLDER.test(secret)',
      replace: '',
    },
    {
      id: 'config-lifetime',
      defense: 'a session lasts no longer than a browser keeps a cookie',
      find: 'seconds >= 60 && seconds <= MAX_LIFETIME',
      replace: 'seconds >= 60',
    },
    {
      id: 'config-value-length',
      defense: 'a file pasted into a variable does not fill the log',
      find: '.slice(0, 80)',
      replace: '',
    },
    {
      id: 'config-frozen',
      defense: 'nothing changes the configuration at run time',
      file: 'lib/cognito/config/parse-config.ts',
      find: 'const config: CognitoConfig = Object.freeze({',
      replace: 'const config: CognitoConfig = Object.assign({',
    },
  ],
);
