import { parseEnv } from 'node:util';

/**
 * The text of `.env.local` with a session secret in it.
 *
 * A new file contains all other variables of `.env.example` as comments: as long as none is set,
 * `npm run dev` uses the local user pool. In an existing file, every line is kept.
 *
 * @param example the text of `.env.example`
 * @param present the text of `.env.local`, undefined if it doesn't exist
 * @param secret 32 random bytes or more, as text without white space
 * @returns the new text, or undefined if it already has a secret
 */
export function withSecret(
  example: string,
  present: string | undefined,
  secret: string,
): string | undefined {
  const line = `SESSION_SECRET=${secret}`;
  if (present === undefined) {
    const lines = example.split('\n').slice(HEAD_OF_EXAMPLE);
    const rest = lines.map((each) => (each === EMPTY ? line : each.replace(/^(?=[A-Z_]+=)/, '# ')));
    return `${HEAD}${rest.join('\n')}`;
  }
  if ((parseEnv(present).SESSION_SECRET ?? '').trim() !== '') return undefined;
  // If a name occurs twice, the last line counts.
  return `${present}${present === '' || present.endsWith('\n') ? '' : '\n'}${line}\n`;
}

const EMPTY = 'SESSION_SECRET=';
const HEAD_OF_EXAMPLE = 1;
const HEAD = `# Created by \`npm run init\` from .env.example. Git ignores this file.
# To use a real Amazon Cognito user pool, remove the "# " before its variables and fill them in.
`;
