import { readFileSync } from 'node:fs';
import { scriptsOf } from '../docs/commands';

/** What owners of a copy rely on, by kind. The names of each kind are sorted. */
export type Surface = Readonly<Record<Kind, readonly string[]>>;

const KINDS = [
  'environment',
  'exports of @/lib/cognito',
  'cookies',
  'commands',
  'exports of files that owners edit',
] as const;
type Kind = (typeof KINDS)[number];

/** The files in which owners make their choices. */
const OWNERS = [
  'lib/access.ts',
  'lib/account/fields.ts',
  'lib/account/notify.ts',
  'lib/account/on-delete.ts',
  'lib/body-limits.js',
  'lib/external-origins.js',
  'lib/on-event.ts',
  'lib/site.ts',
  'lib/theme.ts',
];

/** The surface of the project as it is now. */
export function readSurface(): Surface {
  const cookies = readFileSync('lib/cognito/session/cookies.ts', 'utf8');
  const names = /type CookieName =([^;]+);/.exec(cookies)?.[1] ?? '';
  return {
    environment: matches(readFileSync('.env.example', 'utf8'), /^([A-Z_]+)=/gm),
    'exports of @/lib/cognito': exportsOf('lib/cognito/index.ts'),
    cookies: matches(names, /'([^']+)'/g),
    commands: Object.keys(scriptsOf())
      .filter((name) => !name.startsWith('pre'))
      .sort(),
    'exports of files that owners edit': OWNERS.flatMap((file) =>
      exportsOf(file).map((name) => `${name} of ${file}`),
    ).sort(),
  };
}

/** The names that a module exports, types too. */
function exportsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const declared = matches(
    text,
    /^export (?:default )?(?:async )?(?:const|function|interface|type) (\w+)/gm,
  );
  const lists = matches(text, /^export (?:type )?\{([^}]+)\}/gm).flatMap((list) => list.split(','));
  const listed = lists.map((name) => name.replace(/^\s*type\s+/, '').trim()).filter(Boolean);
  return [...declared, ...listed].sort();
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found).sort();
}

/** A name that the next release adds or removes. */
export interface Change {
  readonly kind: string;
  readonly name: string;
  readonly what: 'added' | 'removed';
}

/**
 * Compares two surfaces.
 *
 * @param before that of the last release
 * @param now that of the project
 */
export function changesBetween(before: Surface, now: Surface): Change[] {
  return KINDS.flatMap((kind) => {
    const [old, present] = [before[kind] ?? [], now[kind]];
    const added = present.filter((name) => !old.includes(name));
    const removed = old.filter((name) => !present.includes(name));
    return [
      ...added.map((name) => ({ kind, name, what: 'added' }) as const),
      ...removed.map((name) => ({ kind, name, what: 'removed' }) as const),
    ];
  });
}

/**
 * The changes that the changelog doesn't mention: a removed name must be among what owners do by hand, an added one
 * anywhere under Unreleased.
 *
 * @param changes since the last release
 * @param unreleased the items under Unreleased, and those of its section By hand
 * @returns one line for each
 */
export function unmentioned(
  changes: readonly Change[],
  unreleased: { readonly all: readonly string[]; readonly byHand: readonly string[] },
): string[] {
  return changes
    .filter(({ name, what }) => {
      const [word = name] = name.split(' ');
      const items = what === 'removed' ? unreleased.byHand : unreleased.all;
      return !items.some((item) => item.includes(word));
    })
    .map(({ kind, name, what }) => `${kind}: ${name} was ${what}`);
}
