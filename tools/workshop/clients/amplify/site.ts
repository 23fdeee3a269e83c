import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { ResourcesConfig } from '@aws-amplify/core';
import { build } from 'esbuild';

const PAGE = fileURLToPath(new URL('page.ts', import.meta.url));

export interface AmplifySite {
  /** `http://localhost:<port>/`: its only page, which is also the callback URL and the sign-out URL. */
  readonly url: string;
  /** Sets the Amplify configuration that the page gets the next time it opens. */
  configure(config: ResourcesConfig): void;
  close(): Promise<void>;
}

/** Bundles the page with Amplify, as a site's build would do, and serves it on a free port. */
export async function serveAmplifySite(): Promise<AmplifySite> {
  const options = { bundle: true, write: false, format: 'iife', target: 'es2022' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [PAGE], logLevel: 'error' });
  const script = outputFiles[0]?.text ?? '';
  let config: ResourcesConfig = {};

  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : html(config));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.');
  return {
    url: `http://localhost:${address.port}/`,
    configure(next) {
      config = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function html(config: ResourcesConfig): string {
  return `<!doctype html>
<html lang="en">
<title>A site with Amplify</title>
<button id="sign-in">Sign in</button>
<button id="refresh">Refresh</button>
<button id="sign-out">Sign out</button>
<button id="sign-out-everywhere">Sign out everywhere</button>
<output id="user"></output>
<output id="claims"></output>
<output id="events"></output>
<output id="error"></output>
<script>globalThis.amplifyConfig = ${JSON.stringify(config)}</script>
<script src="/page.js"></script>
</html>`;
}
