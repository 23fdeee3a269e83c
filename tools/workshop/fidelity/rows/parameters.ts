import { answer, pageSays } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Changes, Target } from '../target';
import { asked } from './asked';

/** The redirect to the sign-in page with one more parameter, in alphabetical order. */
const login = (more: string) =>
  `302 <domain>/login?client_id=<client>&${more}&redirect_uri=<callback>&response_type=code&scope=<scopes>&state=<state>`;

const FILLED = 'fills in the user name';

/** A parameter that changes nothing. */
function ignored(id: string, changes: Changes): Behavior {
  const sent = Object.entries(changes).map(([name, value]) => `${name}=${value}`);
  return behavior({
    id: `authorize/${id}`,
    ask: `\`${sent.join('&')}\``,
    cognito: '302 <domain>/login',
    source: 'facts, section 2',
    standing: unconfirmed,
    observe: async (target) => await pathOnly(target, await target.authorize(changes)),
  });
}

/** GET /oauth2/authorize: the other parameters (cognito-facts, section 2). */
export const PARAMETERS: readonly Behavior[] = [
  asked(
    'prompt-none',
    '`prompt=none` without a hosted session, managed login',
    { prompt: 'none' },
    {
      cognito: '302 <callback>?error=login_required&state=<state>',
      source: 'dg: authorize',
      traits: ['managed'],
    },
  ),
  asked(
    'prompt-none-classic',
    'The same in the classic hosted UI',
    { prompt: 'none' },
    {
      cognito: login('prompt=none'),
      source: 'facts, section 2',
      standing: unconfirmed,
      traits: ['classic'],
    },
  ),
  asked(
    'provider-cognito',
    '`identity_provider=COGNITO`',
    { identity_provider: 'COGNITO' },
    { cognito: login('identity_provider=COGNITO'), source: 'dg: authorize' },
  ),
  ...(['identity_provider', 'idp_identifier'] as const).map((name) =>
    behavior({
      id: `authorize/${name.replace('_', '-')}`,
      ask: `An \`${name}\` that the client does not have`,
      cognito: '302 <domain>/login → 401 "Login option is not available. Please try another one"',
      source: name === 'identity_provider' ? 'obs ×4' : 'facts, section 2',
      standing: name === 'identity_provider' ? { kind: 'same' } : unconfirmed,
      observe: async (target: Target) => {
        const sent = await target.authorize({ [name]: 'NobodyHasThis' });
        const said = 'Login option is not available. Please try another one';
        const page = await target.get(afterDomain(target, sent));
        return `${await pathOnly(target, sent)} → ${await pageSays(page, said)}`;
      },
    }),
  ),
  behavior({
    id: 'authorize/login-hint',
    ask: '`login_hint`, managed login',
    cognito: FILLED,
    source: 'dg: authorize',
    // A script renders the page, so the HTML does not show it.
    needs: 'control',
    traits: ['managed'],
    observe: async (target) => await hinted(target),
  }),
  behavior({
    id: 'authorize/login-hint-classic',
    ask: '`login_hint`, classic hosted UI',
    cognito: 'is ignored',
    source: 'dg: authorize',
    traits: ['classic'],
    observe: async (target) => await hinted(target),
  }),
  ignored('response-mode', { response_mode: 'form_post' }),
  ignored('display', { display: 'popup' }),
  ignored('ui-locales', { ui_locales: 'de' }),
  ignored('claims', { claims: '{"id_token":{"email":null}}' }),
  ignored('step-up', { acr_values: 'urn:nobody', max_age: '60' }),
  ignored('unknown', { nobody_knows: 'this' }),
  ignored('consent', { prompt: 'select_account consent' }),

  behavior({
    id: 'authorize/state-signs',
    ask: 'A `state` with a space, `+`, `%`, `"` and `{`, as it is returned',
    cognito: 'state=a+b%2Bc%25d%22%7B',
    source: 'issue: awslabs/cognito-at-edge#61, where this failed',
    standing: unconfirmed,
    observe: async (target) => {
      const sent = await target.authorize({ response_type: null, state: 'a b+c%d"{' });
      return /state=[^&]*/.exec(sent.headers.get('location') ?? '')?.[0] ?? 'none';
    },
  }),
  behavior({
    id: 'authorize/long-state',
    ask: 'A `state` of 9,000 characters',
    cognito: '413',
    source: 'issue: aws-samples/cloudfront-authorization-at-edge#117',
    observe: async (target) => `${(await target.authorize({ state: 'x'.repeat(9000) })).status}`,
  }),
  behavior({
    id: 'authorize/branding',
    ask: 'A client without a branding style, managed login',
    cognito: '403 "Login pages unavailable. Please contact an administrator."',
    source: 'obs ×8',
    needs: 'control',
    traits: ['managed'],
    observe: async (target) => await unbranded(target),
  }),
  behavior({
    id: 'authorize/branding-classic',
    ask: 'The same in the classic hosted UI',
    cognito: '200 without that text',
    source: 'api: ManagedLoginBranding',
    needs: 'control',
    traits: ['classic'],
    observe: async (target) => await unbranded(target),
  }),
];

/** Status and location without the query. */
async function pathOnly(target: Target, response: Response): Promise<string> {
  return (await answer(target, response)).replace(/\?.*$/, '');
}

function afterDomain(target: Target, response: Response): string {
  return (response.headers.get('location') ?? '').replace(target.domain, '');
}

/** Whether the user name field contains the hint. */
async function hinted(target: Target): Promise<string> {
  const query = target.authorizeQuery({ login_hint: 'zoe' });
  const page = await (await target.get(`/login?${query}`)).text();
  const fields = page.match(/<input[^>]*name="username"[^>]*>/g) ?? [];
  return fields.some((field) => field.includes('value="zoe"')) ? FILLED : 'is ignored';
}

async function unbranded(target: Target): Promise<string> {
  controlOf(target).changeClient({ branded: false });
  const page = await target.get(`/login?${target.authorizeQuery()}`);
  return await pageSays(page, 'Login pages unavailable. Please contact an administrator.');
}
