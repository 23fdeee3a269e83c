import { request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import type { CookieJar, JarRequest } from './cookie-jar';

/** What a browser sends when a person goes to a page. */
const DOCUMENT = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
};

/**
 * One request with a jar's cookies. Not by `fetch`, which adds fetch metadata of its own: a site
 * that tells documents from data would see data.
 *
 * @param jar gives its cookies, and takes the answer's
 * @param url absolute
 * @param options method, headers and body
 */
export async function fetchWithJar(
  jar: CookieJar,
  url: string,
  options: JarRequest = {},
): Promise<Response> {
  const { body } = options;
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  const cookie = jar.cookie(url);
  const headers = {
    ...DOCUMENT,
    ...(cookie === '' ? {} : { cookie }),
    ...(method === 'GET' || method === 'HEAD' ? {} : { origin: new URL(url).origin }),
    ...(body instanceof URLSearchParams ? FORM : {}),
    ...options.headers,
  };
  const response = await send(url, { method, headers, body: body?.toString() });
  jar.store(url, response.headers.getSetCookie());
  return response;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** No answer has a body with these, and `Response` takes none. */
const WITHOUT_BODY = [204, 205, 304];

function send(
  url: string,
  wire: { method: string; headers: Record<string, string>; body: string | undefined },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method, headers, body } = wire;
    const request = url.startsWith('https:') ? overTls : overHttp;
    // A connection of its own: a kept one may just have been closed by the other side.
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 0;
        const content = WITHOUT_BODY.includes(status) ? null : Buffer.concat(chunks);
        resolve(new Response(content, { status, headers: headersOf(incoming.rawHeaders) }));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Names and values in turn, each `Set-Cookie` line by itself. */
function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(raw[at] ?? '', raw[at + 1] ?? '');
  return headers;
}
