import {
  chmodSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';

/** The variables that describe one app client, so they must always be replaced together. */
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
  /** Names whose existing values would be lost. */
  | { readonly kind: 'refused'; readonly names: readonly string[] };

/**
 * Merges an environment into the text of an environment file. All other lines are kept, and so is an
 * existing SESSION_SECRET.
 *
 * @param text the text of the file; empty for a new file
 * @param environment `COGNITO_…` names and values; no value needs quotes
 * @param options whether to replace other values, and the SESSION_SECRET to use if there is none
 * @returns the new text, or the names whose existing values differ
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
  // Clear the old app client's values that the new one doesn't have.
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
 * Reads a file that may not exist.
 *
 * @param path its path
 * @returns its text; empty if it doesn't exist
 */
export function readEnvFile(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * Replaces a file atomically, readable only by its owner.
 *
 * @param path its path; a symbolic link stays one
 * @param text the whole text
 */
export function writeEnvFile(path: string, text: string): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const draft = `${target}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  renameSync(draft, target);
}

/** The name and value in a line, without quotes; empty for a comment. */
function assignment(line: string): [string, string][] {
  const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  return name === undefined ? [] : [[name, value.replace(/^(['"])(.*)\1$/, '$2')]];
}
