import { launchBrowserServer, SHARED } from './browser';

/**
 * Starts one browser for all files of a test project; each test has a profile of its own in it. For
 * `globalSetup` of `vitest.config.ts`.
 *
 * @returns ends it
 */
export default async function startOneBrowser(): Promise<() => Promise<void>> {
  const server = await launchBrowserServer();
  process.env[SHARED] = server.wsEndpoint();
  return async () => {
    delete process.env[SHARED];
    await server.close();
  };
}
