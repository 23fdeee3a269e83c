import type { Page } from 'playwright-core';

/**
 * Gives a tab a passkey device that says yes to everything, as long as the tab is open.
 * https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 *
 * @param page the tab, in Chromium
 * @returns how many passkeys the device has
 */
export async function addVirtualAuthenticator(page: Page): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    const { credentials } = await devTools.send('WebAuthn.getCredentials', { authenticatorId });
    return credentials.length;
  };
}
