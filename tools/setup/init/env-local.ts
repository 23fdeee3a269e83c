import { parseEnv } from 'node:util';

/**
 * The text of `.env.local` with a session secret in it.
 *
 * A new file has every other variable of `.env.example` as a comment: as long as none is set,
 * `npm run dev` uses the local user pool. Of a file that is there nothing is taken away.
 *
 * @param example the text of `.env.example`
 * @param present the text of `.env.local`, undefined if there is none
 * @param secret 32 random bytes or more, as text without white space
 * @returns the new text, or undefined when there is a secret already
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
  // The last one of a name counts.
  return `${present}${present === '' || present.endsWith('\n') ? '' : '\n'}${line}\n`;
}

const EMPTY = 'SESSION_SECRET=';
const HEAD_OF_EXAMPLE = 1;
const HEAD = `# Made by \`npm run init\`; git ignores it. What .env.example says of each variable stands here, too.
# For a real Amazon Cognito user pool take the "# " from its variables, and fill them in.
`;
