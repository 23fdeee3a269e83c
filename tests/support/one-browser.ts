import { launchBrowserServer, SHARED } from './browser';

/**
 * Starts one browser for all files of a test project; each test uses its own profile in it. For
 * `globalSetup` in `vitest.config.ts`.
 *
 * @returns closes the browser
 */
export default async function startOneBrowser(): Promise<() => Promise<void>> {
  const server = await launchBrowserServer();
  process.env[SHARED] = server.wsEndpoint();
  return async () => {
    delete process.env[SHARED];
    await server.close();
  };
}
