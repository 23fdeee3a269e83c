/** The button in the README, held against what the parser asks for. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';

const readme = readFileSync('README.md', 'utf8');
const address = /\]\((https:\/\/vercel\.com\/new\/clone\?[^)\s]+)\)/.exec(readme)?.[1] ?? '';
const { searchParams } = new URL(address);

describe('the deploy button', () => {
  test('asks for every variable without which there is no site on Vercel', () => {
    const parsed = parseConfig({
      VERCEL_ENV: 'production',
      VERCEL_PROJECT_PRODUCTION_URL: 'my-app.example.com',
    });
    const missing = parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
    expect(missing.length).toBeGreaterThan(3);
    const asked = searchParams.get('env')?.split(',');
    expect(asked?.filter((name) => name !== 'COGNITO_CLIENT_SECRET')).toEqual(missing);
  });

  test('says where each is found, in a place that exists and names them all', () => {
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

  test('names no repository of anybody: the README says to put one’s own in', () => {
    expect(searchParams.get('repository-url')).toBe('https://github.com/YOUR-NAME/YOUR-REPOSITORY');
    expect(readme).toContain('Put your repository in place of `YOUR-NAME/YOUR-REPOSITORY`');
  });

  test('hands over no value: a secret in an address is none', () => {
    expect([...searchParams.keys()].sort()).toEqual([
      'env',
      'envDescription',
      'envLink',
      'repository-url',
    ]);
  });
});
