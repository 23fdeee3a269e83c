import {
  confirmUserAttribute,
  deleteUser,
  fetchAuthSession,
  fetchMFAPreference,
  fetchUserAttributes,
  getCurrentUser,
  listWebAuthnCredentials,
  setUpTOTP,
  signInWithRedirect,
  signOut,
  updateMFAPreference,
  updatePassword,
  updateUserAttributes,
  verifyTOTPSetup,
} from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
// Handles the redirect back: it reads the code from the URL when the page opens again.
import '@aws-amplify/auth/enable-oauth-listener';
import { Amplify, Hub, type ResourcesConfig } from '@aws-amplify/core';

declare global {
  /** The configuration that the site's server has written into the page. */
  var amplifyConfig: ResourcesConfig;
  /** What users can do with their own account. The tests call it in the page. */
  var account: typeof selfService;
}

const selfService = {
  confirmUserAttribute,
  deleteUser,
  fetchMFAPreference,
  fetchUserAttributes,
  listWebAuthnCredentials,
  setUpTOTP,
  updateMFAPreference,
  updatePassword,
  updateUserAttributes,
  verifyTOTPSetup,
};
globalThis.account = selfService;

const onClick = (id: string, action: () => Promise<unknown>) =>
  document.getElementById(id)?.addEventListener('click', () => {
    action().then(show, (error: unknown) => write('error', String(error)));
  });

// The package `aws-amplify` does this in its own `configure`, but it also contains the rest of AWS.
const tokenProvider = cognitoUserPoolsTokenProvider;
Amplify.configure(globalThis.amplifyConfig, { Auth: { tokenProvider } });
if (globalThis.amplifyConfig.Auth) tokenProvider.setAuthConfig(globalThis.amplifyConfig.Auth);
Hub.listen('auth', ({ payload }) => {
  write('events', `${read('events')} ${payload.event}`.trim());
  if ('data' in payload && payload.event.endsWith('_failure')) {
    write('error', JSON.stringify(payload.data));
  }
  void show();
});
onClick('sign-in', () => signInWithRedirect({ customState: 'where I was' }));
onClick('refresh', () => fetchAuthSession({ forceRefresh: true }));
onClick('sign-out', () => signOut());
onClick('sign-out-everywhere', () => signOut({ global: true }));
void show();

/** Shows who is signed in, and with which claims. */
async function show(): Promise<void> {
  try {
    const { tokens } = await fetchAuthSession();
    const { username, userId } = await getCurrentUser();
    const claims = { id: tokens?.idToken?.payload, access: tokens?.accessToken.payload };
    write('claims', JSON.stringify(claims));
    write('user', `${username} ${userId}`);
  } catch {
    write('claims', '');
    write('user', 'signed out');
  }
}

function write(id: string, text: string): void {
  const output = document.getElementById(id);
  if (output) output.textContent = text;
}

function read(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}
