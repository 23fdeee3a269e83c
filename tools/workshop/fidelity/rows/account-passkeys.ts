import { createAuthenticator } from '../../../../lib/local-pool/tests/authenticator';
import {
  type Browser,
  openBrowser,
  type Page,
} from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { type Behavior, behavior, different, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherClient, withSettings } from '../other-targets';
import type { Target } from '../target';
import { membersOf } from '../wire';
import { type ApiUser, signedIn } from './api-user';
import { signIn } from './walk';

type Authenticator = ReturnType<typeof createAuthenticator>;
type Changes = Parameters<Authenticator['create']>[1];

const own = (target: Target) => withSettings(target, { passkeys: true });

/** A row about a signed-in user of a pool with passkeys. */
function withPasskeys(
  id: string,
  ask: string,
  cognito: string,
  steps: (user: ApiUser, target: Target) => Promise<string>,
  row: Partial<Behavior> & Pick<Behavior, 'source'>,
): Behavior {
  return behavior({
    needs: 'control',
    ...row,
    id: `account-passkeys/${id}`,
    ask,
    cognito,
    async observe(target) {
      const pool = await own(target);
      return await steps(await signedIn(pool), pool);
    },
  });
}

/** A row about the page that adds a passkey. */
function onPage(
  id: string,
  ask: string,
  cognito: string,
  steps: (browser: Browser, target: Target) => Promise<string>,
  row: Partial<Behavior> & Pick<Behavior, 'source'>,
): Behavior {
  return behavior({
    needs: 'control',
    traits: ['managed'],
    ...row,
    id: `account-passkeys/${id}`,
    ask,
    cognito,
    async observe(target) {
      const pool = await own(target);
      return await steps(openBrowser(controlOf(pool)), pool);
    },
  });
}

async function options(user: ApiUser): Promise<ReadonlyMap<string, unknown>> {
  const answer = await user.reads('StartWebAuthnRegistration');
  return membersOf(answer.get('CredentialCreationOptions'));
}

/** Adds a passkey: the status, or the exception. */
async function add(user: ApiUser, changes: Changes = {}, by = user): Promise<string> {
  const challenge = String((await options(user)).get('challenge'));
  const Credential = createAuthenticator().create(challenge, changes);
  return exceptionIn(await by.says('CompleteWebAuthnRegistration', { Credential }));
}

function exceptionIn(said: string): string {
  return said.replace(/(Exception):.*/s, '$1');
}

const address = (target: Target, more: Record<string, string> = {}) =>
  `/passkeys/add?${new URLSearchParams({ client_id: target.clientId, redirect_uri: target.redirectUri, ...more })}`;

/** The query of the redirect to the callback URL. */
const queryOf = (page: Page) => page.callback?.search ?? 'no redirect';

/** The page after a sign-in. Here it is on another host. */
async function addPage(browser: Browser, target: Target): Promise<Page> {
  await signIn(browser, target, target.username, target.password);
  const to = (await browser.open(address(target))).callback;
  return await browser.open(`${to?.pathname}${to?.search}`);
}

/** Passkeys: the JSON API, and managed login's page (account-facts, 6). */
export const ACCOUNT_PASSKEYS: readonly Behavior[] = [
  withPasskeys(
    'options',
    'CredentialCreationOptions of StartWebAuthnRegistration: its members',
    'authenticatorSelection, challenge, excludeCredentials, pubKeyCredParams, rp, timeout, user',
    async (user) => [...(await options(user)).keys()].join(', '),
    { source: 'api: StartWebAuthnRegistration; cli; obs: an object, not a string' },
  ),
  withPasskeys(
    'user-id',
    '`user.id` in it',
    'the text of sub',
    async (user) => {
      const { id } = Object((await options(user)).get('user'));
      const text = Buffer.from(String(id), 'base64url').toString('utf8');
      return text === (await user.sees('sub')) ? 'the text of sub' : 'something else';
    },
    { source: 'cli' },
  ),
  withPasskeys(
    'rp-id',
    '`rp.id` in it',
    'the host name of the domain',
    async (user, target) => {
      const { id } = Object((await options(user)).get('rp'));
      return id === new URL(target.domain).hostname ? 'the host name of the domain' : String(id);
    },
    {
      source: 'dg: passkeys; obs 2026-09',
      standing: different('localhost', 'the domain is an IP address, which browsers refuse'),
    },
  ),
  withPasskeys(
    'complete',
    'CompleteWebAuthnRegistration, then the members of a passkey in the list',
    '200 {}; CredentialId, FriendlyCredentialName, RelyingPartyId, AuthenticatorAttachment, AuthenticatorTransports, CreatedAt',
    async (user) => {
      const added = await add(user);
      const list = [(await user.reads('ListWebAuthnCredentials')).get('Credentials')].flat();
      return `${added}; ${[...membersOf(list[0]).keys()].join(', ')}`;
    },
    { source: 'model; cli' },
  ),
  withPasskeys(
    'name',
    'FriendlyCredentialName of a security key',
    'Roaming passkey',
    async (user) => {
      await add(user, { attachment: 'cross-platform' });
      const list = [(await user.reads('ListWebAuthnCredentials')).get('Credentials')].flat();
      return String(membersOf(list[0]).get('FriendlyCredentialName'));
    },
    { source: 'cli; that of other authenticators is not documented' },
  ),
  withPasskeys(
    'refused',
    'A registration from another origin; for another relying party; without a user present',
    '400 WebAuthnOriginNotAllowedException; 400 WebAuthnRelyingPartyMismatchException; 400 WebAuthnCredentialNotSupportedException',
    async (user) => {
      const origin = await add(user, { origin: 'https://other.example' });
      const rpId = await add(user, { rpId: 'other.example' });
      return [origin, rpId, await add(user, { userPresent: false })].join('; ');
    },
    { source: 'api: CompleteWebAuthnRegistration' },
  ),
  withPasskeys(
    'challenge',
    'A registration that was never started',
    '400 WebAuthnChallengeNotFoundException',
    async (user) => {
      const Credential = createAuthenticator().create('bm90LXRoZXJl');
      return exceptionIn(await user.says('CompleteWebAuthnRegistration', { Credential }));
    },
    { source: 'api: CompleteWebAuthnRegistration' },
  ),
  withPasskeys(
    'client',
    'A registration that another client started',
    '400 WebAuthnClientMismatchException',
    async (user, target) => await add(user, {}, await signedIn(anotherClient(target))),
    { source: 'api: CompleteWebAuthnRegistration' },
  ),
  withPasskeys(
    'delete',
    'DeleteWebAuthnCredential, and again',
    '200 {}; 400 ResourceNotFoundException',
    async (user) => {
      await add(user);
      const list = [(await user.reads('ListWebAuthnCredentials')).get('Credentials')].flat();
      const CredentialId = membersOf(list[0]).get('CredentialId');
      const first = await user.says('DeleteWebAuthnCredential', { CredentialId });
      const again = await user.says('DeleteWebAuthnCredential', { CredentialId });
      return `${first}; ${exceptionIn(again)}`;
    },
    { source: 'api: DeleteWebAuthnCredential' },
  ),
  withPasskeys(
    'factors',
    'ConfiguredUserAuthFactors of a user with a passkey',
    'PASSWORD,WEB_AUTHN',
    async (user) => {
      await add(user);
      return String((await user.reads('GetUserAuthFactors')).get('ConfiguredUserAuthFactors'));
    },
    { source: 'model; their order is not documented' },
  ),
  onPage(
    'no-session',
    '`/passkeys/add` without a session, and an hour after the sign-in',
    '?result=invalid_session; ?result=invalid_session',
    async (browser, target) => {
      const without = queryOf(await browser.open(address(target)));
      await signIn(browser, target, target.username, target.password);
      controlOf(target).advance(3600);
      return `${without}; ${queryOf(await browser.open(address(target)))}`;
    },
    { source: 'obs 2026-09' },
  ),
  onPage(
    'page',
    '`/passkeys/add` after a sign-in: the heading, and the redirect once the passkey is added',
    'Set up sign-in with a passkey; ?result=success',
    async (browser, target) => {
      const page = await addPage(browser, target);
      const heading = /<h1>(.*?)<\/h1>/.exec(page.body)?.[1];
      const challenge = /challenge&quot;:&quot;([\w-]+)/.exec(page.body)?.[1] ?? '';
      const credential = JSON.stringify(createAuthenticator().create(challenge));
      const added = await browser.send(page, new URLSearchParams({ credential }));
      return `${heading}; ${queryOf(added)}`;
    },
    { source: 'obs 2026-09' },
  ),
  onPage(
    'not-now',
    'The button "Not now" on it',
    '?result=cancelled',
    async (browser, target) => {
      return queryOf(await browser.press(await addPage(browser, target), 'cancel'));
    },
    { source: 'not documented', standing: unconfirmed },
  ),
  onPage(
    'no-callback',
    '`/passkeys/add` without `redirect_uri`',
    'Missing required parameter redirect_uri',
    async (browser, target) => {
      const { body } = await browser.open(`/passkeys/add?client_id=${target.clientId}`);
      return /Missing required parameter \w+/.exec(body)?.[0] ?? 'something else';
    },
    { source: 'obs 2026-09' },
  ),
];
