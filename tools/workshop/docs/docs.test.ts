/**
 * Checks all code in the documents. A new kind of block or an unknown command fails: add it to one of the two
 * tables below, or put a comment before the block that says which file checks it (`tools/workshop/docs/blocks.ts`).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { run } from '@/tools/setup/child.js';
import { SKELETON } from '@/tools/setup/lean/parts';
import { stepOf } from '../recipes/document';
import { type Block, blocksOf } from './blocks';
import { commandsOf, missingPaths, scriptsOf, wrongWithRun } from './commands';
import { brokenLinks } from './links';
import { typeErrors } from './type-check';

/** The check for each kind of block, by the word after the fence. Other blocks need a comment: from, or checked by. */
const KINDS: Readonly<Record<string, (block: Block) => string[]>> = {
  ts: () => [], // checked all together, below
  tsx: () => [],
  sh: ({ text }) => commandsOf(text).flatMap(wrongWith),
  json: ({ text }) => (isJson(text) ? [] : ["this isn't JSON"]),
  env: ({ text }) => Object.keys(parseEnv(text)).filter((name) => !VARIABLES.includes(name)),
  mermaid: ({ text }) =>
    /^(sequenceDiagram|flowchart \w+)\n/.test(text) ? [] : ['unknown kind of diagram'],
  // An edit of a file, for tools/workshop/recipes to follow.
  diff: (block) => (isStep(block) ? [] : ['only the recipes have edits']),
  // The output of a command, or a tree of files: nobody copies these.
  text: () => [],
};

/** For commands that need an account or an engine, only the files that they name are checked. */
const READ_OFF = 'it follows the reference of its program';

/** Allowed commands in shell blocks besides `npm run`, and why they are correct. */
const COMMANDS: readonly { readonly like: RegExp; readonly because: string }[] = [
  { like: /^npm (test|start|ci)( -- [\w ./-]+)?$/, because: 'they are in package.json' },
  { like: /^npm ci --ignore-scripts$/, because: 'the workflow runs it' },
  { like: /^npm install --save-exact --ignore-scripts [\w@./-]+$/, because: 'npm documents it' },
  { like: /^git (clone|init|add|commit|mv|switch|push|pull)\b/, because: 'git documents it' },
  {
    like: /^node --import tsx \.\.\/template\/tools\/setup\/update\.ts --from https:\/\/github\.com\/OWNER\/TEMPLATE\.git$/,
    because: 'tools/workshop/update runs it in a copy from before 1.0.0',
  },
  { like: /^cd [\w./-]+$/, because: 'it is a shell builtin' },
  { like: /^mkdir "?[\w./[\]-]+"?$/, because: 'POSIX has it' },
  {
    like: /^openssl rand -base64 32$/,
    because: 'it prints 44 characters, and the configuration requires 32',
  },
  { like: /^aws (cloudformation|cognito-idp|secretsmanager) [a-z-]+ -/, because: READ_OFF },
  { like: /^docker (build|run|compose) /, because: READ_OFF },
  { like: /^terraform (init|apply|plan|output)\b/, because: READ_OFF },
  { like: /^\(umask 077 && terraform output -raw \w+ > \.env\.local\b/, because: READ_OFF },
  { like: /^cp \.env\.example \.env\.local$/, because: 'both names are checked in tests/init' },
];

/** The document whose steps `tools/workshop/recipes` follows, and type-checks in a copy. */
const RECIPES = 'docs/make-it-yours.md';
const isStep = (block: Block) => block.file === RECIPES && stepOf(block) !== undefined;

const read = (file: string) => readFileSync(file, 'utf8');
const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
const DOCUMENTS = execFileSync('git', listing, { encoding: 'utf8' })
  .split('\n')
  // Its links lead from where a lean copy has it: ./lean.test.ts checks them there.
  .filter((file) => file !== '' && file !== SKELETON && existsSync(file));
const BLOCKS = DOCUMENTS.flatMap((file) => blocksOf(file, read(file)));
const VARIABLES = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);

function wrongWith(command: string): string[] {
  const paths = missingPaths(command).map(
    (path) => `\`${command}\` names ${path}, which does not exist`,
  );
  if (command.startsWith('npm run ')) return [...paths, ...wrongWithRun(command)];
  const known = COMMANDS.some(({ like }) => like.test(command));
  return known ? paths : [...paths, `nothing checks \`${command}\``];
}

/** The problems of a block, by its comment or its kind. */
function faults(block: Block): string[] {
  const { note, language, text, file } = block;
  if (note?.kind === 'from') {
    if (!existsSync(note.value)) return [`${note.value} does not exist`];
    return read(note.value).includes(text) ? [] : [`not an exact copy from ${note.value}`];
  }
  if (note?.kind === 'checked by') {
    const knows = existsSync(note.value) && read(note.value).includes(file);
    return knows ? [] : [`${note.value} does not name ${file}`];
  }
  const check = KINDS[language];
  return check ? check(block) : [`nothing checks a block of "${language}"`];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each(BLOCKS.map((block) => [block.at, block] as const))('%s is right', (_, block) => {
  expect(faults(block)).toEqual([]);
});

test('every TypeScript block passes the type check', async () => {
  // A block that is copied from a file is checked there.
  const typed = BLOCKS.filter(
    (block) =>
      /^tsx?$/.test(block.language) &&
      (!block.note || block.note.kind === 'with') &&
      !isStep(block),
  );
  expect(typed.length).toBeGreaterThan(0);
  expect(await typeErrors(typed)).toBe('');
}, 30_000);

describe('the commands', () => {
  const lines = DOCUMENTS.flatMap((file) => read(file).split('\n'));
  const explained = lines
    .filter((line) => line.includes('`-- --help`'))
    .flatMap((line) =>
      [...line.matchAll(/`npm run ((?:--prefix [\w./-]+ )?[\w:-]+)/g)].slice(0, 1),
    );
  const names = [...new Set(explained.map(([, name = '']) => name))];

  test.each(names)(
    'explain themselves with --help where a document says so: %s',
    async (command) => {
      const [, folder = '.', name = ''] = /^(?:--prefix (\S+) )?(\S+)$/.exec(command) ?? [];
      const [node = '', ...args] = String(scriptsOf(folder)[name]).split(' ');
      expect(node).toBe('node');
      const { ok, output } = await run(process.execPath, [...args, '--help'], { cwd: folder });
      expect(ok, output).toBe(true);
      expect(output).toContain('--');
    },
    30_000,
  );

  test('are found in the documents', () => {
    expect(names).toContain('init');
    expect(BLOCKS.length).toBeGreaterThan(10);
  });
});

test.each(DOCUMENTS)('the links of %s work', (file) => {
  expect(brokenLinks(file)).toEqual([]);
});

describe('an error in a document is found', () => {
  const block = (language: string, text: string, note = '') => {
    const [found] = blocksOf('docs/x.md', `${note}\`\`\`${language}\n${text}\n\`\`\`\n`);
    if (!found) throw new Error('This is not a block.');
    return found;
  };

  test.each([
    ['an unknown kind', block('cobol', 'x')],
    ['no kind', block('', 'x')],
    ['a missing script', block('sh', 'npm run gone')],
    ['a script of another package', block('sh', 'npm run --prefix tools/workshop dev')],
    ['a missing option', block('sh', 'npm run init -- --gone')],
    ['a missing file', block('sh', 'docker build -f infra/gone .')],
    ['a command that nothing checks', block('sh', '# remark\nnpm test # fine\ncurl x | sh')],
    ['JSON with an extra comma', block('json', '{"a":1,}')],
    ['a missing variable', block('env', 'COGNITO_GONE=1')],
    ['a quotation that differs', block('ts', 'guarD', '<!-- from: middleware.ts -->\n')],
    ['a missing test', block('yaml', 'x: 1', '<!-- checked by: tests/gone.ts -->\n')],
    [
      'a test that does not read the document',
      block('yaml', 'x: 1', '<!-- checked by: LICENSE -->\n'),
    ],
  ])('%s', (_, wrong) => {
    expect(faults(wrong)).not.toEqual([]);
  });

  test('a wrong type', async () => {
    const note = "<!-- with: import { getUser } from '@/lib/cognito'; -->\n";
    expect(await typeErrors([block('ts', 'await getUser();', note)])).toBe('');
    const wrong = block('ts', 'const name: string = await getUser();', note);
    expect(await typeErrors([wrong])).toMatch(/docs-x-md-2\.ts.*TS2322/);
  }, 30_000);
});
