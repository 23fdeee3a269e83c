import { type Behavior, behavior } from '../behavior';
import { writtenPart } from '../wire';

/** The refresh token, as far as clients can read it (cognito-facts, section 9). */
export const REFRESH_TOKEN: readonly Behavior[] = [
  behavior({
    id: 'refresh-token/header',
    ask: 'Its header',
    cognito: '{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}',
    source: 'obs',
    needs: 'sign-in',
    observe: async (target) => writtenPart((await target.tokens()).refresh_token, 0),
  }),
  behavior({
    id: 'refresh-token/parts',
    ask: 'The lengths of its parts, except the fourth, the ciphertext',
    cognito: '62, 342, 16, …, 22',
    source: 'obs',
    needs: 'sign-in',
    observe: async (target) => {
      const lengths = (await target.tokens()).refresh_token.split('.').map(({ length }) => length);
      return lengths.map((length, index) => (index === 3 ? '…' : length)).join(', ');
    },
  }),
  behavior({
    id: 'refresh-token/size',
    ask: 'The length of the ciphertext, rounded to hundreds, which cookies must hold',
    cognito: '1300',
    source: 'obs: about 1,272',
    needs: 'sign-in',
    observe: async (target) => {
      const [, , , ciphertext = ''] = (await target.tokens()).refresh_token.split('.');
      return String(Math.round(ciphertext.length / 100) * 100);
    },
  }),
  behavior({
    id: 'refresh-token/each',
    ask: 'The refresh tokens of two sign-ins of the same user',
    cognito: 'different',
    source: 'dg: token',
    needs: 'sign-in',
    observe: async (target) => {
      const [first, second] = [await target.tokens(), await target.freshTokens()];
      return first.refresh_token === second.refresh_token ? 'the same' : 'different';
    },
  }),
];
