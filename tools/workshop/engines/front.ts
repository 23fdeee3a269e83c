import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createCertificate } from '../../../tests/support/certificate';
import { freePort, type RunningSite, startSite } from '../../../tests/support/site';

/** What a front does beyond passing requests on. */
export interface Extras {
  /** Runs in every page before its other scripts. */
  readonly first?: string;
  /** By path: runs in the page when it has loaded. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Answers a request itself. */
  readonly answer?: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
}

/**
 * Starts the built site and its user pool behind a proxy, as a site is in production.
 *
 * @param scheme of the site's public origin
 * @param extras for a browser that nothing drives: what its pages do by themselves
 */
export async function startBehind(
  scheme: 'http' | 'https',
  { first, scripts = {}, answer = () => false }: Extras = {},
): Promise<RunningSite> {
  const port = await freePort();
  const site = await startSite({ publicOrigin: `${scheme}://localhost:${port}` });
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (answer(incoming, outgoing)) return;
    const { method, url = '/' } = incoming;
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
    const onward = request(`${site.address}${url}`, { method, headers }, (response) =>
      passBack(response, outgoing, { first, last: scripts[url] }),
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  const front =
    scheme === 'https' ? createSecureServer(await createCertificate(), pass) : createServer(pass);
  await new Promise<void>((resolve) => void front.listen(port, resolve));
  return {
    ...site,
    close: async () => {
      front.closeAllConnections();
      front.close();
      await site.close();
    },
  };
}

/** Adds scripts of the page itself, which its own policy allows. */
async function passBack(
  response: IncomingMessage,
  outgoing: ServerResponse,
  { first, last }: { first: string | undefined; last: string | undefined },
): Promise<void> {
  const { statusCode = 502, headers } = response;
  outgoing.writeHead(statusCode, headers);
  const adds = (first ?? last) !== undefined && headers['content-type']?.includes('html');
  if (!adds) return void response.pipe(outgoing);
  const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
  const script = (text = '') => `<script nonce="${nonce}">${text}</script>`;
  let page = '';
  for await (const chunk of response.setEncoding('utf8')) page += chunk;
  outgoing.write(page.replace(/<head>/, (head) => `${head}${script(first)}`));
  outgoing.end(last && script(`addEventListener('load', () => {${last}});`));
}
