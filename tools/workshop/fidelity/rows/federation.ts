import {
  chooseAtProvider,
  goToProvider,
  openBrowser,
  signInOver,
} from '../../../../lib/local-pool/tests/browser-double';
import { GINA as GINAS_ID } from '../../../../lib/local-pool/tests/federated';
import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { codeIn, type Target } from '../target';
import { claimsIn, membersOf, tokensIn } from '../wire';

const GINA = { person: GINAS_ID };

/** A round trip to the simulated Google; a real one would need a Google user. */
function overGoogle(
  id: string,
  ask: string,
  cognito: string,
  trip: (target: Target, asked: { client_id: string }) => Promise<string>,
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    source: 'dg: attribute mapping; obs',
    needs: 'control',
    ...row,
    id: `federation/${id}`,
    ask,
    cognito,
    observe: async (target) => {
      const client_id = target.clientId;
      controlOf(target).changeClient({ identityProviders: ['COGNITO', 'Google'] }, client_id);
      return await trip(target, { client_id });
    },
  });
}

/** The claims of the simulated Gina after a sign-in with Google. */
async function ginasClaims(target: Target, asked: { client_id: string }) {
  const browser = openBrowser(controlOf(target));
  const callback = await signInOver(browser, 'Google', GINA, asked);
  return claimsIn((await tokensIn(await target.redeem(codeIn(callback)))).id_token);
}

/** Sign-in with an external provider (cognito-facts, sections 2, 3 and 9). */
export const FEDERATION: readonly Behavior[] = [
  overGoogle(
    'code',
    'The redirect after a sign-in with a provider',
    '302 <callback>?code=<uuid>&state=<state>',
    async (t, asked) => {
      return await answer(t, await signInOver(openBrowser(controlOf(t)), 'Google', GINA, asked));
    },
  ),
  overGoogle(
    'username',
    'The user name, with a prefix in lower case, and the group of the provider',
    'google_104729183650274918365, us-east-1_LocalPool_Google',
    async (t, asked) => {
      const claims = await ginasClaims(t, asked);
      return `${claims.get('cognito:username')}, ${claims.get('cognito:groups')}`;
    },
  ),
  overGoogle(
    'identities',
    'The claim `identities`',
    'dateCreated: string, userId: string, providerName: Google, providerType: Google, issuer: null, primary: true (string)',
    async (t, asked) => {
      const [identity] = Object(await ginasClaims(t, asked)).get('identities') ?? [];
      const one = membersOf(identity);
      const types = ['dateCreated', 'userId'].map((name) => `${name}: ${typeof one.get(name)}`);
      const values = ['providerName', 'providerType', 'issuer', 'primary'].map(
        (name) => `${name}: ${one.get(name)}`,
      );
      return `${[...types, ...values].join(', ')} (${typeof one.get('primary')})`;
    },
  ),
  overGoogle(
    'nonce',
    'The `nonce` claim when no `nonce` was sent',
    'a string',
    async (t, asked) => `a ${typeof (await ginasClaims(t, asked)).get('nonce')}`,
    { source: 'dg: ID token' },
  ),
  overGoogle(
    'cancel',
    'A user who cancels at the provider',
    '302 <callback>?error=access_denied&state=<state>',
    async (t, asked) => {
      const browser = openBrowser(controlOf(t));
      return await answer(t, await signInOver(browser, 'Google', { cancel: '1' }, asked));
    },
    { standing: unconfirmed, source: 'issue: amplify-flutter#7350' },
  ),
  overGoogle(
    'failure',
    'An error from the provider',
    '302 <callback>?error=invalid_request&error_description=attributes+required:+[email]&state=<state>',
    async (t, asked) => {
      const failure = {
        error: 'invalid_request',
        description: 'attributes required: [email]',
      } as const;
      controlOf(t).failFederation('Google', failure);
      return await answer(t, await signInOver(openBrowser(controlOf(t)), 'Google', GINA, asked));
    },
    { source: 'dg: authorize; obs' },
  ),
  overGoogle(
    'replay',
    "The provider's response a second time, as with the Back button",
    '302 <domain>/error?error=Invalid+state',
    async (t, asked) => {
      const browser = openBrowser(controlOf(t));
      const at = await goToProvider(browser, 'Google', asked);
      const earlier = browser.copy();
      await chooseAtProvider(browser, at, GINA);
      return await answer(t, await chooseAtProvider(earlier, at, GINA));
    },
    { source: 'obs' },
  ),
];
