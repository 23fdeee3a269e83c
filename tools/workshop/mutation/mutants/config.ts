import { unit } from '../mutant';

const CONFIG = 'lib/cognito/config/values.ts';

/** A wrong setting stops the site, and never weakens it. */
export const config = unit(
  CONFIG,
  ['cognito/config', 'cognito/strict-config'],
  [
    {
      id: 'config-https',
      defence: 'addresses are https',
      find: "url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))",
      replace: "url.protocol === 'https:' || url.protocol === 'http:'",
    },
    {
      id: 'config-scheme',
      defence: 'addresses are web addresses',
      find: "url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))",
      replace: "url.protocol !== 'http:' || isLoopback(url)",
    },
    {
      id: 'config-loopback',
      defence: 'a host that only begins like localhost is another one',
      find: '.includes(url.hostname)',
      replace: '.some((host) => url.hostname.startsWith(host))',
    },
    {
      id: 'config-password',
      defence: 'an address has no password in it',
      find: "url.username || url.password || value.includes('#')",
      replace: "value.includes('#')",
    },
    {
      id: 'config-fragment',
      defence: 'an address has no fragment',
      find: " || value.includes('#')",
      replace: '',
    },
    {
      id: 'config-redirect',
      defence: 'the redirect URI is `/login` on our origin, byte for byte',
      find: 'value === `${origin}/login` || value === `${origin}/login/`',
      replace: 'value.includes(`/login`)',
    },
    {
      id: 'config-secret-length',
      defence: 'a session secret has 32 characters or more',
      find: 'value.length >= MIN_SECRET_LENGTH ? value : short',
      replace: 'value',
    },
    {
      id: 'config-secrets-length',
      defence: 'each numbered secret has 32 characters or more',
      find: 'if (secret.length < MIN_SECRET_LENGTH) return short;',
      replace: '',
    },
    {
      id: 'config-secrets-none',
      defence: 'a list of no secrets is none',
      find: 'Object.keys(secrets).length > 0 ? secrets : shape',
      replace: 'secrets',
    },
    {
      id: 'config-secret-quoted',
      defence: 'a bad secret is not quoted in the log',
      find: 'value.length >= MIN_SECRET_LENGTH ? value : short',
      replace: "value.length >= MIN_SECRET_LENGTH ? value : not(value, 'long enough')",
    },
    {
      id: 'config-secure',
      defence: 'the public origin decides about `Secure`, `__Host-` and HSTS',
      file: 'lib/cognito/config/parse-config.ts',
      find: "secure: origin.startsWith('https:'),",
      replace: 'secure: false,',
    },
    {
      id: 'config-openid',
      defence: 'without the scope `openid` there is no ID token',
      find: "if (!scopes.includes('openid'))",
      replace: 'if (false)',
    },
    {
      id: 'config-issuer-slash',
      defence: 'the issuer is exactly what tokens say',
      find: "value.endsWith('/') || value.includes('?')",
      replace: 'false',
    },
    {
      id: 'config-region',
      defence: 'the pool is in the region that is configured',
      find: 'if (region && !value.startsWith(`${region}_`))',
      replace: 'if (false)',
    },
    {
      id: 'config-domain',
      defence: 'the domain is an origin, without a path',
      find: 'value === origin || value === `${origin}/` ? origin',
      replace: 'value.startsWith(origin) ? value',
    },
    {
      id: 'config-domain-host',
      defence: 'the domain is a host name',
      find: '/^[a-z0-9-]+(\\.[a-z0-9-]+)+$/i.test(value) && isOrigin(origin)',
      replace: 'true',
    },
    {
      id: 'config-domain-address',
      defence: 'the domain is what a URL parser takes for a host, and for this one',
      find: 'return asUrl(text)?.origin === text;',
      replace: 'return true;',
      tests: ['fuzz/configuration'],
    },
    {
      id: 'config-value-password',
      defence: 'a password in a URL does not come into the log',
      find: ".replace(/^([^/?#]*\\/\\/)[^/?#]*@/, '$1…@')",
      replace: '',
    },
    {
      id: 'config-client-id',
      defence: 'the app client id is one',
      find: 'value.length <= 128 && /^[\\w+]+$/.test(value) ? value',
      replace: 'value ? value',
    },
    {
      id: 'config-lifetime',
      defence: 'a session lives no longer than a browser keeps a cookie',
      find: 'seconds >= 60 && seconds <= MAX_LIFETIME',
      replace: 'seconds >= 60',
    },
    {
      id: 'config-value-length',
      defence: 'a file pasted into a variable does not fill the log',
      find: '.slice(0, 80)',
      replace: '',
    },
    {
      id: 'config-frozen',
      defence: 'nothing changes the configuration at run time',
      file: 'lib/cognito/config/parse-config.ts',
      find: 'const config: CognitoConfig = Object.freeze({',
      replace: 'const config: CognitoConfig = Object.assign({',
    },
  ],
);
