/** Plain words everywhere: the table in CONTRIBUTING.md lists what to avoid and what to write instead. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FILES } from '../../../tests/support/sources';
import { rulesIn, withoutRules, wordsToAvoid } from './words';

const CONTRIBUTING = 'CONTRIBUTING.md';
const TEXTS = /\.(md|tsx?|js|css|ya?ml)$|(^|\/)(\.env\.example|Dockerfile)$/;

test('no file uses a phrase that CONTRIBUTING.md advises against', () => {
  const contributing = readFileSync(CONTRIBUTING, 'utf8');
  const rules = rulesIn(contributing);
  expect(rules.length).toBeGreaterThan(10);
  const files = FILES.filter((file) => TEXTS.test(file));
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) => {
    const text = file === CONTRIBUTING ? withoutRules(contributing) : readFileSync(file, 'utf8');
    return wordsToAvoid(file, text, rules);
  });
  expect(found, `\n${found.join('\n')}\n`).toEqual([]);
});

describe('the search for words', () => {
  const table = `Prose about a purple cow.

| don't say | say |
|---|---|
| \`cow\`, \`purple cow\` | the \`animal\` |
| \`isn't a dog\` | is a cat |

After the purple cow.
`;
  const rules = rulesIn(table);
  const found = (text: string) => wordsToAvoid('x.ts', text, rules);

  test('reads the rows of the table', () => {
    expect(rules).toEqual([
      { phrases: ['cow', 'purple cow'], say: 'the animal' },
      { phrases: ["isn't a dog"], say: 'is a cat' },
    ]);
    expect(rulesIn('# No table\n')).toEqual([]);
  });

  test('refuses a row without a phrase or without a replacement', () => {
    for (const row of ['| cow | animal |', '| `cow` | |']) {
      expect(() => rulesIn(`| don't say | say |\n|---|---|\n${row}\n`)).toThrow(row);
    }
  });

  test('names the file, the line, the phrase and the replacement, once for each place', () => {
    expect(found('One.\nA Purple  cow, and a COW.\n')).toEqual([
      'x.ts:2: "Purple  cow". Say: the animal',
      'x.ts:2: "COW". Say: the animal',
    ]);
  });

  test.each([
    ['block comment', '/**\n * It is a purple\n * cow.\n */'],
    ['line comment', '  // It\n  // is a purple\n  // cow.\n'],
    ['comment in a configuration file', '# It\n# is a purple\n# cow.\n'],
    ['paragraph with Windows line endings', 'One.\r\nA purple\r\ncow.\r\n'],
  ])('finds a phrase that is split over two lines of a %s', (_, text) => {
    expect(found(text)).toEqual(['x.ts:2: "purple cow". Say: the animal']);
  });

  test.each(["isn't a dog", 'isn’t a dog', "isn\\'t a dog", 'isn&apos;t a dog'])(
    'finds a phrase however its apostrophe is written: %s',
    (text) => {
      expect(found(text)).toEqual([`x.ts:1: "${text}". Say: is a cat`]);
    },
  );

  test.each(['cows and a scowl', 'a cowboy_cow2', 'purple. A écow', "isn't a dogma"])(
    'ignores a longer word that contains one: %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  test('ignores the table itself, and keeps the numbers of the lines', () => {
    expect(found(withoutRules(table))).toEqual([
      'x.ts:1: "purple cow". Say: the animal',
      'x.ts:8: "purple cow". Say: the animal',
    ]);
  });
});
