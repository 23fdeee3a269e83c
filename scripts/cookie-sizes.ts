/** `npm run cookie:sizes`: how many bytes a session takes in the browser, by whose it is. */
import { parseConfig } from '../lib/cognito/protocol/config';
import { openJar } from '../lib/cognito/session/cookies';
import { writeSession } from '../lib/cognito/session/session';
import { REFERENCE_PEOPLE, referenceTokens } from '../tests/support/reference-tokens';

const parsed = parseConfig({
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: '1example23456789abcdefghij',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'of no importance here, but of 32 characters',
});
if (!parsed.ok) throw new Error('The example configuration is wrong.');
const { config } = parsed;

console.log('ID     access refresh  cookies  largest  all      whose');
for (const person of REFERENCE_PEOPLE) {
  const now = Math.floor(Date.now() / 1000);
  const tokens = referenceTokens(person, now);
  const jar = openJar({ get: () => undefined, getAll: () => [] });
  const session = { ...tokens, signedInAt: now, receivedAt: now };
  const refused = await writeSession(config, jar, session, now).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : 'refused'),
  );
  // Name and value, as browsers count.
  const sizes = jar.written.map(({ name, value }) => name.length + value.length);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const columns = [
    ...[tokens.idToken, tokens.accessToken, tokens.refreshToken].map((token) => token.length),
    sizes.length,
    Math.max(0, ...sizes),
    all,
  ].map((number, column) => String(number).padEnd([7, 7, 9, 9, 9, 9][column] ?? 9));
  console.log(`${columns.join('')}${person.name}${refused ? `: ${refused}` : ''}`);
}
