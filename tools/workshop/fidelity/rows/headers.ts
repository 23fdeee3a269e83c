import { type Behavior, behavior, different, unconfirmed } from '../behavior';
import type { Target } from '../target';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ELSEWHERE = { origin: 'https://elsewhere.example' };

/** A header that is in every response of the domain. */
function onEverything(header: string, value: string): Behavior {
  return behavior({
    id: `headers/${header.toLowerCase()}`,
    ask: `\`${header}\` in every response of the domain`,
    cognito: value,
    source: 'obs',
    observe: async (target) => {
      const values = (await answersOfTheDomain(target)).map(({ headers }) => {
        return headers.get(header)?.replace(UUID, '<uuid>') ?? 'missing';
      });
      return [...new Set(values)].join(' | ');
    },
  });
}

/** Headers and cookies of the domain (cognito-facts, section 2). */
export const HEADERS: readonly Behavior[] = [
  onEverything('Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate'),
  onEverything('Pragma', 'no-cache'),
  onEverything('X-Content-Type-Options', 'nosniff'),
  onEverything('X-Frame-Options', 'DENY'),
  onEverything('Server', 'Server'),
  onEverything('x-amz-cognito-request-id', '<uuid>'),
  behavior({
    id: 'headers/hsts',
    ask: '`Strict-Transport-Security` in every response of the domain',
    cognito: 'present',
    source: 'obs',
    standing: different(
      'missing',
      'the pool uses http on loopback; over https the header is present',
    ),
    observe: async (target) => {
      const answers = await answersOfTheDomain(target);
      const all = answers.every(({ headers }) => headers.has('strict-transport-security'));
      return all ? 'present' : 'missing';
    },
  }),
  behavior({
    id: 'headers/xsrf-token',
    ask: 'The `XSRF-TOKEN` cookie in every response of the domain',
    cognito: 'XSRF-TOKEN=<uuid>; Path=/; HttpOnly; SameSite=Lax',
    source: 'obs: recorded',
    observe: async (target) => {
      const lines = (await answersOfTheDomain(target)).map((response) => {
        return xsrfCookie(response)?.replace('; Secure', '') ?? 'missing';
      });
      return [...new Set(lines)].join(' | ');
    },
  }),
  behavior({
    id: 'headers/secure-cookies',
    ask: 'Whether its cookies are `Secure`',
    cognito: 'Secure',
    source: 'obs: recorded',
    standing: different('not Secure', 'Safari rejects such cookies over http on loopback'),
    observe: async (target) => {
      const lines = (await answersOfTheDomain(target)).map((response) => xsrfCookie(response));
      return lines.every((line) => line?.includes('; Secure')) ? 'Secure' : 'not Secure';
    },
  }),
  behavior({
    id: 'headers/federation-cookies',
    ask: 'The other cookies set by the redirect to the sign-in page',
    cognito: 'csrf-state, csrf-state-legacy, both empty',
    source: 'obs: recorded',
    observe: async (target) => {
      const lines = (await target.authorize()).headers.getSetCookie();
      const others = lines.flatMap((line) => (line.startsWith('XSRF-TOKEN=') ? [] : [line]));
      const names = [...new Set(others.map((line) => line.split('=')[0]))].sort();
      const empty = others.every((line) => /^[^=]*=(""|;|$)/.test(line)) ? 'both empty' : 'filled';
      return names.length === 0 ? 'none' : `${names.join(', ')}, ${empty}`;
    },
  }),
  behavior({
    id: 'headers/cors',
    ask: '`Access-Control-Allow-Origin` of the token, revoke and userInfo endpoints',
    cognito: 'token *, revoke *, userInfo *',
    source: 'dg: managed login',
    observe: async (target) => {
      return [
        `token ${allowed(await target.post('/oauth2/token', {}, ELSEWHERE))}`,
        `revoke ${allowed(await target.post('/oauth2/revoke', {}, ELSEWHERE))}`,
        `userInfo ${allowed(await target.get('/oauth2/userInfo', ELSEWHERE))}`,
      ].join(', ');
    },
  }),
  behavior({
    id: 'headers/cors-nowhere-else',
    ask: '`Access-Control-Allow-Origin` of authorize, the pages and `/logout`',
    cognito: 'none',
    source: 'dg: managed login',
    observe: async (target) => {
      const readable = [];
      for (const path of pagesOf(target)) {
        if (allowed(await target.get(path, ELSEWHERE)) !== 'none') readable.push(path);
      }
      return readable.map((path) => path.split('?')[0]).join(', ') || 'none';
    },
  }),
  behavior({
    id: 'headers/cors-issuer',
    ask: '`Access-Control-Allow-Origin` of discovery and the keys',
    cognito: 'none',
    source: 'facts, section 4',
    standing: unconfirmed,
    observe: async (target) => {
      const answers = [];
      for (const name of ['openid-configuration', 'jwks.json']) {
        const url = `${target.issuer}/.well-known/${name}`;
        answers.push(allowed(await target.fetch(new Request(url, { headers: ELSEWHERE }))));
      }
      return [...new Set(answers)].join(' | ');
    },
  }),
  behavior({
    id: 'headers/absolute-locations',
    ask: 'Whether its redirects are absolute URLs',
    cognito: 'always',
    source: 'obs',
    observe: async (target) => {
      const locations = (await answersOfTheDomain(target)).flatMap(({ headers }) => {
        return headers.get('location') ?? [];
      });
      return locations.every((location) => URL.canParse(location)) ? 'always' : 'not always';
    },
  }),
];

function pagesOf(target: Target): string[] {
  const query = target.authorizeQuery();
  return [
    `/oauth2/authorize?${query}`,
    '/oauth2/authorize',
    '/error?error=redirect_mismatch',
    `/login?${query}`,
    '/logout',
  ];
}

/** A page, a redirect, an error and a JSON response of the domain. */
async function answersOfTheDomain(target: Target): Promise<Response[]> {
  const pages = pagesOf(target).map((path) => target.get(path));
  const endpoints = [target.get('/oauth2/userInfo'), target.post('/oauth2/token', {})];
  return await Promise.all([...pages, ...endpoints]);
}

function xsrfCookie(response: Response): string | undefined {
  const line = response.headers.getSetCookie().findLast((one) => one.startsWith('XSRF-TOKEN='));
  const [pair = '', ...attributes] = line?.split(/;\s*/) ?? [];
  if (line === undefined) return undefined;
  const value = pair.slice('XSRF-TOKEN='.length).replace(UUID, '<uuid>');
  return [`XSRF-TOKEN=${value}`, ...attributes].join('; ');
}

function allowed({ headers }: Response): string {
  return headers.get('access-control-allow-origin') ?? 'none';
}
