import {
  chmodSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';

/** What of an environment file is about the app client: of one they are all, or of none. */
const CLIENTS_OWN = [
  'COGNITO_REGION',
  'COGNITO_USER_POOL_ID',
  'COGNITO_DOMAIN',
  'COGNITO_CLIENT_ID',
  'COGNITO_CLIENT_SECRET',
  'COGNITO_REDIRECT_URI',
  'COGNITO_LOGOUT_URI',
  'COGNITO_ISSUER',
];

export type Merged =
  | { readonly kind: 'merged'; readonly text: string; readonly madeSecret: boolean }
  /** Names whose other values would be lost. */
  | { readonly kind: 'refused'; readonly names: readonly string[] };

/**
 * Puts an environment into the text of an environment file. Every other line stays as it is, and so
 * does a SESSION_SECRET that has a value.
 *
 * @param text of the file; empty for a new one
 * @param environment `COGNITO_…` names and values, of which none needs quotes
 * @param options whether other values may be replaced, and a SESSION_SECRET for where there is none
 * @returns the new text, or the names whose values are in the way
 */
export function mergeEnv(
  text: string,
  environment: Readonly<Record<string, string>>,
  options: { force: boolean; sessionSecret: string },
): Merged {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const present = new Map(lines.flatMap(assignment));
  const isOther = (name: string) => {
    const value = present.get(name) ?? '';
    return value !== '' && value !== environment[name];
  };
  const others = CLIENTS_OWN.filter(isOther);
  if (others.length > 0 && !options.force) return { kind: 'refused', names: others };

  const madeSecret = (present.get('SESSION_SECRET') ?? '') === '';
  const wanted = new Map(Object.entries(environment));
  // What the new app client does not have must not be left of the old one.
  for (const name of others) if (!wanted.has(name)) wanted.set(name, '');
  if (madeSecret) wanted.set('SESSION_SECRET', options.sessionSecret);

  const written = new Set<string>();
  const kept = lines.flatMap((line) => {
    const [[name = ''] = []] = assignment(line);
    const value = wanted.get(name);
    if (value === undefined) return [line];
    if (written.has(name)) return [];
    written.add(name);
    return [`${name}=${value}`];
  });
  const added = [...wanted].filter(([name]) => !written.has(name));
  const all = [...kept, ...added.map(([name, value]) => `${name}=${value}`)];
  return { kind: 'merged', text: `${all.join('\n')}\n`, madeSecret };
}

/**
 * Reads a file of which there may be none.
 *
 * @param path of the file
 * @returns its text; empty if it does not exist
 */
export function readEnvFile(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * Replaces a file at once, readable by its owner alone.
 *
 * @param path of the file; a link stays one
 * @param text the whole of it
 */
export function writeEnvFile(path: string, text: string): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const draft = `${target}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  renameSync(draft, target);
}

/** Name and value of a line, as they stand there; nothing for a comment. */
function assignment(line: string): [string, string][] {
  const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  return name === undefined ? [] : [[name, value.replace(/^(['"])(.*)\1$/, '$2')]];
}
