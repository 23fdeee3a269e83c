/** Compares the button in the README with the variables that the parser requires. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';

const readme = readFileSync('README.md', 'utf8');
const address = /\]\((https:\/\/vercel\.com\/new\/clone\?[^)\s]+)\)/.exec(readme)?.[1] ?? '';
const { searchParams } = new URL(address);

describe('the deploy button', () => {
  test('asks for every variable that a site on Vercel requires', () => {
    const parsed = parseConfig({
      VERCEL_ENV: 'production',
      VERCEL_PROJECT_PRODUCTION_URL: 'my-app.example.com',
    });
    const missing = parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
    expect(missing.length).toBeGreaterThan(3);
    const asked = searchParams.get('env')?.split(',');
    expect(asked?.filter((name) => name !== 'COGNITO_CLIENT_SECRET')).toEqual(missing);
  });

  test('links to a section of the README that explains every variable', () => {
    const link = searchParams.get('envLink') ?? '';
    const [repository, anchor] = link.split('#');
    expect(repository).toBe(searchParams.get('repository-url'));
    const heading = readme
      .split('\n')
      .findIndex(
        (line) =>
          line.startsWith('## ') && line.slice(3).toLowerCase().replaceAll(' ', '-') === anchor,
      );
    expect(heading).toBeGreaterThan(0);
    const section = readme.split('\n').slice(heading).join('\n').split('\n## ')[0] ?? '';
    for (const name of searchParams.get('env')?.split(',') ?? []) expect(section).toContain(name);
    expect(searchParams.get('envDescription')?.length).toBeGreaterThan(20);
  });

  test('contains a placeholder for the repository, which the README says to replace', () => {
    expect(searchParams.get('repository-url')).toBe('https://github.com/YOUR-NAME/YOUR-REPOSITORY');
    expect(readme).toContain('First replace `YOUR-NAME/YOUR-REPOSITORY`');
  });

  test('passes no values: a secret must not be in a URL', () => {
    expect([...searchParams.keys()].sort()).toEqual([
      'env',
      'envDescription',
      'envLink',
      'repository-url',
    ]);
  });
});
