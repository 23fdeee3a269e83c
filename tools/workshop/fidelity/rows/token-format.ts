import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherPerson } from '../other-targets';
import type { Target } from '../target';
import { claimsIn, writtenPart } from '../wire';
import { UUID_SHAPE } from './token-ids';

const REAL = 'obs: token of Dec 2025';

/** The same for the ID token and the access token of the shared sign-in. */
async function ofBoth(target: Target, say: (token: string) => string): Promise<string> {
  const { id_token, access_token } = await target.tokens();
  return [id_token, access_token].map(say).join(' | ');
}

/** What the ID token and the access token have in common (cognito-facts, section 9). */
export const TOKEN_FORMAT: readonly Behavior[] = [
  behavior({
    id: 'format/header',
    ask: 'The header of the ID and access token, without `typ`',
    cognito: '{"kid":"…","alg":"RS256"} | {"kid":"…","alg":"RS256"}',
    source: REAL,
    needs: 'sign-in',
    observe: async (target) => {
      return await ofBoth(target, (token) => {
        return writtenPart(token, 0).replace(/"kid":"[^"]+"/, '"kid":"…"');
      });
    },
  }),
  behavior({
    id: 'format/slashes',
    ask: 'The slashes in the JSON of `iss`',
    cognito: 'escaped | escaped',
    source: REAL,
    needs: 'sign-in',
    observe: async (target) => {
      const escaped = JSON.stringify(target.issuer).replaceAll('/', '\\/');
      return await ofBoth(target, (token) => {
        return writtenPart(token, 1).includes(`"iss":${escaped}`) ? 'escaped' : 'plain';
      });
    },
  }),
  behavior({
    id: 'format/iss',
    ask: '`iss`',
    cognito: 'the issuer | the issuer',
    source: 'dg: ID token',
    needs: 'sign-in',
    observe: async (target) => {
      return await ofBoth(target, (token) => {
        return claimsIn(token).get('iss') === target.issuer ? 'the issuer' : 'another';
      });
    },
  }),
  behavior({
    id: 'format/sub',
    ask: 'The format of `sub`, and whether both tokens have the same',
    cognito: 'looks like a UUID | looks like a UUID, the same',
    source: 'obs',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token, access_token } = await target.tokens();
      const subs = [id_token, access_token].map((token) => String(claimsIn(token).get('sub')));
      const forms = subs.map((sub) =>
        UUID_SHAPE.test(sub) ? 'looks like a UUID' : 'another format',
      );
      return `${forms.join(' | ')}, ${subs[0] === subs[1] ? 'the same' : 'different'}`;
    },
  }),
  behavior({
    id: 'format/sub-is-no-uuid',
    ask: 'That `sub` as a UUID of RFC 9562, with a version and a variant',
    cognito: 'not valid',
    source: 'obs: 34c84488-e0e1-70ae-d2ee-991ad1a898c8',
    needs: 'sign-in',
    observe: async (target) => {
      const sub = String(claimsIn((await target.tokens()).id_token).get('sub'));
      return /^.{14}[1-8].{4}[89ab]/.test(sub) ? 'valid' : 'not valid';
    },
  }),
  behavior({
    id: 'format/event-id',
    ask: '`event_id`',
    cognito: 'absent | absent',
    source: `${REAL}; in others it is present`,
    standing: unconfirmed,
    needs: 'sign-in',
    observe: async (target) => {
      return await ofBoth(target, (token) =>
        claimsIn(token).has('event_id') ? 'present' : 'absent',
      );
    },
  }),
  behavior({
    id: 'format/step-up',
    ask: '`acr` and `amr` if none was requested',
    cognito: 'absent | absent',
    source: 'obs: live 2026-10-06',
    needs: 'sign-in',
    observe: async (target) => {
      return await ofBoth(target, (token) => {
        const claims = claimsIn(token);
        return claims.has('acr') || claims.has('amr') ? 'present' : 'absent';
      });
    },
  }),
  behavior({
    id: 'format/times',
    ask: 'The types of `auth_time`, `exp` and `iat`; whether `iat` and `auth_time` are the same in both tokens',
    cognito: 'number | number, the same in both',
    source: 'dg: ID token, access token',
    needs: 'sign-in',
    observe: async (target) => {
      const names = ['auth_time', 'exp', 'iat'];
      const types = await ofBoth(target, (token) => {
        return [...new Set(names.map((name) => typeof claimsIn(token).get(name)))].join(' or ');
      });
      const times = (
        await ofBoth(target, (token) => {
          return `${claimsIn(token).get('iat')} ${claimsIn(token).get('auth_time')}`;
        })
      ).split(' | ');
      return `${types}, ${times[0] === times[1] ? 'the same in both' : 'different'}`;
    },
  }),
  behavior({
    id: 'format/no-groups',
    ask: '`cognito:groups` of a user without groups',
    cognito: 'absent, absent',
    source: 'obs',
    needs: 'control',
    observe: async (target) => {
      const { id_token, access_token } = await anotherPerson(target, 'bob').freshTokens();
      return [id_token, access_token]
        .map((token) => (claimsIn(token).has('cognito:groups') ? 'present' : 'absent'))
        .join(', ');
    },
  }),
  behavior({
    id: 'format/groups',
    ask: '`cognito:groups` of a user in two groups',
    cognito: '["admin","staff"] | ["admin","staff"]',
    source: 'dg: ID token, access token; as a set, whose order is not documented',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).addToGroup(target.username, 'staff');
      return await ofBoth(target, (token) => {
        const groups = claimsIn(token).get('cognito:groups');
        return JSON.stringify(Array.isArray(groups) ? groups.toSorted() : 'not a list');
      });
    },
  }),
];
