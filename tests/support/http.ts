import { request } from 'node:http';

export interface Answer {
  status: number;
  headers: Headers;
  /** One entry for each `Set-Cookie` line. */
  setCookies: string[];
  body: string;
}

/**
 * Sends one request with exactly these headers. `fetch` would add its own fetch metadata headers, and
 * couldn't forge a `Host`.
 *
 * @param url absolute, http
 * @param options method, headers and body as they are sent
 * @returns the response; redirects are not followed
 */
export function send(
  url: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: string;
    /** The request target exactly as it is sent, without URL parsing. */
    path?: string;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, path } = options;
    // Use a new connection: the server may just have closed one that was kept alive.
    const wire = { method, headers, agent: false, ...(path ? { path } : {}) };
    const outgoing = request(url, wire, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { 'set-cookie': setCookies = [], ...rest } = incoming.headers;
        resolve({
          status: incoming.statusCode ?? 0,
          headers: new Headers(Object.entries(rest).map(([name, value]) => [name, String(value)])),
          setCookies,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/**
 * The name of a cookie as a site sets it: on http, names end with the port.
 *
 * @param origin the site's public origin
 * @param name without prefix and port; also a chunk of the session, such as `session.0`
 */
export function cookieName(origin: string, name: string): string {
  const { protocol, port } = new URL(origin);
  if (protocol === 'https:') return `__Host-${name}`;
  return port === '' ? name : name.replace(/^[^.]+/, `$&-${port}`);
}

/**
 * The cookies of one host, with their names as a site sets them.
 *
 * @param origin the site's public origin
 * @param cookies by name, without prefix and port
 */
export function namedCookies(
  origin: string,
  cookies: Readonly<Record<string, string>>,
): Map<string, string> {
  return new Map(
    Object.entries(cookies).map(([name, value]) => [cookieName(origin, name), value] as const),
  );
}

const NAMES = /(?<=^|; ?)(session(?=[.=;]|$)|signin(?=-)|(?:signed-out|seen|theme)(?==))/g;

/**
 * A `Cookie` header, in which this site's cookies have their names as the site sets them.
 *
 * @param origin the site's public origin
 * @param header with names without prefix and port
 */
export function cookieHeader(origin: string, header: string): string {
  return header.replace(NAMES, (name) => cookieName(origin, name));
}
