/**
 * `npm run --prefix tools/workshop cookie:sizes`: prints how many bytes a session takes in the browser for each reference
 * user, and how many it may take.
 */
import { parseConfig } from '../../../lib/cognito/config/parse-config';
import { openJar } from '../../../lib/cognito/session/cookies';
import { createSessionStore } from '../../../lib/cognito/session/session-store';
import {
  headerBytes,
  REFERENCE_PEOPLE,
  REFERENCE_TIME,
  referenceTokens,
} from '../../../tests/support/reference-tokens';

const parsed = parseConfig({
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: '1example23456789abcdefghij',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'tests-only:Pl0Ok7Ij4Uh1Yg8Tf5Rd2Es9Wa6Q',
});
if (!parsed.ok) throw new Error('The example configuration is wrong.');
const { config } = parsed;

console.log('ID     access refresh  cookies  largest  header   at most  user');
for (const person of REFERENCE_PEOPLE) {
  const now = REFERENCE_TIME;
  const tokens = referenceTokens(person);
  const jar = openJar({ get: () => undefined, getAll: () => [] });
  const session = { ...tokens, signedInAt: now, receivedAt: now };
  const refused = await createSessionStore(config, () => now)
    .write(jar, session)
    .then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : 'refused'),
    );
  const cookies = jar.written.map(({ name, value }) => [name, value] as const);
  // Browsers count the name and the value.
  const sizes = cookies.map(([name, value]) => name.length + value.length);
  const columns = [
    ...[tokens.idToken, tokens.accessToken, tokens.refreshToken].map((token) => token.length),
    sizes.length,
    Math.max(0, ...sizes),
    headerBytes(cookies),
    person.budget.bytes,
  ].map((number, column) => String(number).padEnd([7, 7, 9, 9, 9, 9][column] ?? 9));
  console.log(`${columns.join('')}${person.name}${refused ? `: ${refused}` : ''}`);
}
