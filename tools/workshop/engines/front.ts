import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createCertificate } from '../../../tests/support/certificate';
import { freePort, type RunningSite, startSite } from '../../../tests/support/site';

/** What a front does beyond passing requests on. */
export interface Extras {
  /** By path: runs in the page when it has loaded, as a script of the page itself. */
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
  { scripts = {}, answer = () => false }: Extras = {},
): Promise<RunningSite> {
  const port = await freePort();
  const site = await startSite({ publicOrigin: `${scheme}://localhost:${port}` });
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (answer(incoming, outgoing)) return;
    const { method, url = '/' } = incoming;
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
    const onward = request(`${site.address}${url}`, { method, headers }, (response) =>
      passBack(response, outgoing, scripts[url]),
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

async function passBack(
  response: IncomingMessage,
  outgoing: ServerResponse,
  script: string | undefined,
): Promise<void> {
  outgoing.writeHead(response.statusCode ?? 502, response.headers);
  const isPage = response.statusCode === 200 && response.headers['content-type']?.includes('html');
  if (!isPage || script === undefined) return void response.pipe(outgoing);
  // The page's own policy allows it.
  const policy = String(response.headers['content-security-policy']);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  for await (const chunk of response) outgoing.write(chunk);
  outgoing.end(`<script nonce="${nonce}">addEventListener('load', () => {${script}});</script>`);
}
