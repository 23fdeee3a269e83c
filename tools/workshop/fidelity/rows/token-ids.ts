import { type Behavior, behavior } from '../behavior';
import { controlOf } from '../control';
import { claimsIn } from '../wire';

/** The format of Cognito's IDs, which are not all valid by RFC 9562. */
export const UUID_SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `jti` and `origin_jti` (cognito-facts, section 9). */
export const TOKEN_IDS: readonly Behavior[] = [
  behavior({
    id: 'token-ids/jti',
    ask: '`jti` and `origin_jti` of the ID and access token',
    cognito: 'UUIDs: two jti, one origin_jti',
    source: 'dg: token revocation',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token, access_token } = await target.tokens();
      const claims = [id_token, access_token].map(claimsIn);
      const jti = claims.map((one) => String(one.get('jti')));
      const origin = claims.map((one) => String(one.get('origin_jti')));
      if (![...jti, ...origin].every((id) => UUID_SHAPE.test(id))) return 'not UUIDs';
      const words = ['none', 'one', 'two'];
      return `UUIDs: ${words[new Set(jti).size]} jti, ${words[new Set(origin).size]} origin_jti`;
    },
  }),
  behavior({
    id: 'token-ids/origin-jti',
    ask: '`origin_jti` of two sign-ins of the same user',
    cognito: 'different',
    source: 'dg: token revocation',
    needs: 'sign-in',
    observe: async (target) => {
      const both = [await target.tokens(), await target.freshTokens()];
      const [first, second] = both.map(({ id_token }) => claimsIn(id_token).get('origin_jti'));
      return first === second ? 'the same' : 'different';
    },
  }),
  ...[
    {
      id: 'untraceable',
      rotation: undefined,
      ask: 'without revocation',
      cognito: 'absent, absent',
    },
    {
      id: 'traceable-by-rotation',
      rotation: { graceSeconds: 0 },
      ask: 'without revocation, with rotation',
      cognito: 'present, present',
    },
  ].map(({ id, rotation, ask, cognito }) =>
    behavior({
      id: `token-ids/${id}`,
      ask: `\`jti\` and \`origin_jti\` of a client ${ask}`,
      cognito,
      source: 'dg: token revocation, refresh tokens',
      needs: 'control',
      observe: async (target) => {
        controlOf(target).changeClient({ tokenRevocation: false, rotation });
        const claims = claimsIn((await target.freshTokens()).id_token);
        return ['jti', 'origin_jti']
          .map((name) => (claims.has(name) ? 'present' : 'absent'))
          .join(', ');
      },
    }),
  ),
];
