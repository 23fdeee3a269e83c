import { request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import type { CookieJar, JarRequest } from './cookie-jar';

/** The headers that a browser sends when a user opens a page. */
const DOCUMENT = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
};

/**
 * Sends one request with a jar's cookies. It doesn't use `fetch`, which adds its own fetch
 * metadata: a site that tells document requests from data requests would see a data request.
 *
 * @param jar the cookies to send; also stores those of the response
 * @param url an absolute URL
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

/** Responses with these statuses have no body, and `Response` accepts none. */
const WITHOUT_BODY = [204, 205, 304];

function send(
  url: string,
  wire: { method: string; headers: Record<string, string>; body: string | undefined },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method, headers, body } = wire;
    const request = url.startsWith('https:') ? overTls : overHttp;
    // A new connection each time: the server may just have closed a kept-alive one.
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

/** Node alternates names and values, and keeps each `Set-Cookie` line separate. */
function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(raw[at] ?? '', raw[at + 1] ?? '');
  return headers;
}
