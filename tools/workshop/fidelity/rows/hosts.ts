import { place } from '../answer';
import { type Behavior, behavior, different, unconfirmed } from '../behavior';
import type { Target } from '../target';
import { membersOf } from '../wire';

const CONFIGURATION = '/.well-known/openid-configuration';
const KEYS = '/.well-known/jwks.json';

/** Discovery and keys, which only the issuer serves (cognito-facts, section 1). */
export const HOSTS: readonly Behavior[] = [
  behavior({
    id: 'hosts/members',
    ask: 'The members of the discovery document, in their order',
    cognito:
      'authorization_endpoint, end_session_endpoint, id_token_signing_alg_values_supported, issuer, jwks_uri, response_types_supported, revocation_endpoint, scopes_supported, subject_types_supported, token_endpoint, token_endpoint_auth_methods_supported, userinfo_endpoint',
    source: 'obs',
    observe: async (target) => [...(await discovery(target)).keys()].join(', '),
  }),
  behavior({
    id: 'hosts/absent-members',
    ask: 'Members that strict clients expect but do not find',
    cognito:
      'no code_challenge_methods_supported, no grant_types_supported, no claims_supported, no registration_endpoint, no introspection_endpoint',
    source: 'obs; issue: anthropics/claude-ai-mcp#946',
    observe: async (target) => {
      const members = await discovery(target);
      return [
        'code_challenge_methods_supported',
        'grant_types_supported',
        'claims_supported',
        'registration_endpoint',
        'introspection_endpoint',
      ]
        .map((name) => `${members.has(name) ? '' : 'no '}${name}`)
        .join(', ');
    },
  }),
  behavior({
    id: 'hosts/endpoints',
    ask: 'Its issuer and endpoints',
    cognito:
      '<issuer>, <issuer>/.well-known/jwks.json, <domain>/oauth2/authorize, <domain>/oauth2/token, <domain>/oauth2/userInfo, <domain>/oauth2/revoke, <domain>/logout',
    source: 'obs',
    observe: async (target) => {
      const members = await discovery(target);
      return [
        'issuer',
        'jwks_uri',
        'authorization_endpoint',
        'token_endpoint',
        'userinfo_endpoint',
        'revocation_endpoint',
        'end_session_endpoint',
      ]
        .map((name) => place(target, String(members.get(name))))
        .join(', ');
    },
  }),
  behavior({
    id: 'hosts/lists',
    ask: 'The values that it lists as supported',
    cognito:
      'response types code token; scopes openid email phone profile; subjects public; RS256; client_secret_basic client_secret_post',
    source: 'obs',
    observe: async (target) => {
      const members = await discovery(target);
      const list = (name: string) => [members.get(name)].flat().join(' ');
      return [
        `response types ${list('response_types_supported')}`,
        `scopes ${list('scopes_supported')}`,
        `subjects ${list('subject_types_supported')}`,
        list('id_token_signing_alg_values_supported'),
        list('token_endpoint_auth_methods_supported'),
      ].join('; ');
    },
  }),
  behavior({
    id: 'hosts/issuer-form',
    ask: 'Whether the issuer ends with a slash',
    cognito: 'no slash',
    source: 'dg: federation endpoints',
    observe: async (target) => {
      return String((await discovery(target)).get('issuer')).endsWith('/') ? 'a slash' : 'no slash';
    },
  }),
  behavior({
    id: 'hosts/not-on-the-domain',
    ask: "Discovery and keys at the domain's root",
    cognito: 'neither',
    source: 'dg: domains',
    observe: async (target) => {
      const found = [];
      for (const path of [CONFIGURATION, KEYS]) {
        if ((await target.get(path)).status === 200) found.push(path);
      }
      return found.join(', ') || 'neither';
    },
  }),
  behavior({
    id: 'hosts/unknown-pool',
    ask: 'The keys of a user pool that does not exist',
    cognito: '400 {"message":"User pool <pool> does not exist."}',
    source: 'obs 2026',
    observe: async (target) => {
      const [, own = '', region = ''] = /^(.*\/)([\w-]+)_\w+$/.exec(target.issuer) ?? [];
      const nobody = `${region}_NobodyHas`;
      const response = await target.fetch(new Request(`${own}${nobody}${KEYS}`));
      return `${response.status} ${(await response.text()).replace(nobody, '<pool>')}`;
    },
  }),
  behavior({
    id: 'hosts/issuer-cookies',
    ask: 'Cookies set by the key endpoint',
    cognito: 'none',
    source: 'facts, section 1',
    standing: unconfirmed,
    observe: async (target) => {
      const cookies = (await target.issuerGet(KEYS)).headers.getSetCookie();
      return cookies.length === 0 ? 'none' : `${cookies.length}`;
    },
  }),
  behavior({
    id: 'hosts/one-origin',
    ask: 'How many origins the issuer and the domain have together',
    cognito: 'two',
    source: 'dg: domains',
    standing: different(
      'one',
      'one origin is easier to start and to remember; a setting gives the issuer its own',
    ),
    observe: async ({ issuer, domain }) => {
      return new URL(issuer).origin === new URL(domain).origin ? 'one' : 'two';
    },
  }),
  behavior({
    id: 'hosts/other-endpoints',
    ask: 'Endpoints for client registration, introspection, pushed authorization requests and device codes',
    cognito: 'none',
    source: 'facts, section 16',
    observe: async (target) => {
      const there = [];
      for (const name of ['register', 'introspect', 'par', 'device_authorization']) {
        const response = await target.post(`/oauth2/${name}`, { client_id: target.clientId });
        if (response.status < 400 && response.status !== 302) there.push(name);
      }
      return there.join(', ') || 'none';
    },
  }),
];

async function discovery(target: Target): Promise<ReadonlyMap<string, unknown>> {
  return membersOf(await (await target.issuerGet(CONFIGURATION)).json());
}
