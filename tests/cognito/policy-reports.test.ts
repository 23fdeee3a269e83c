import { expect, test } from 'vitest';
import { adviceFor } from '@/lib/cognito/requests/developer-requests';

const report = (directive: string, blocked: unknown, page = 'http://localhost:3000/photos?a=b') =>
  JSON.stringify({
    'csp-report': {
      'document-uri': page,
      'effective-directive': directive,
      'blocked-uri': blocked,
    },
  });

test.each([
  ['img-src', 'img-src'],
  ['media-src', 'media-src'],
  ['font-src', 'font-src'],
  ['style-src-elem', 'style-src'],
  ['connect-src', 'connect-src'],
  ['frame-src', 'frame-src'],
])('a blocked %s names the line to add', (directive, list) => {
  expect(adviceFor(report(directive, 'https://cdn.example.com:8443/a?token=secret'))).toBe(
    `The Content-Security-Policy blocks this at /photos, here and in a build: ${list} ` +
      `https://cdn.example.com:8443. To allow it, add 'https://cdn.example.com:8443' to '${list}' in lib/external-origins.js.`,
  );
});

test.each([
  ['script-src-elem', 'inline'],
  ['script-src-elem', 'https://cdn.example.com/a.js'],
  ['worker-src', 'blob'],
  ['form-action', 'https://shop.example.com'],
])('a blocked %s from %s names the recipe: no list allows it', (directive, blocked) => {
  const advice = adviceFor(report(directive, blocked)) ?? '';
  expect(advice).toContain('docs/make-it-yours.md');
  expect(advice).not.toContain('To allow it');
});

test('a report shows no query, no path of another site, and nothing that is not a report', () => {
  expect(adviceFor(report('img-src', 'https://cdn.example.com/a?token=secret'))).not.toMatch(
    /secret|a=b/,
  );
  for (const text of ['', '{', 'null', '[]', '{"csp-report":null}', '{"csp-report":{}}']) {
    expect(adviceFor(text)).toBeUndefined();
  }
  expect(adviceFor(report('img-src\n x', 'https://a.example'))).toBeUndefined();
  expect(adviceFor(report('img-src', 'inline\nA line of its own'))).not.toContain('own');
  expect(adviceFor(report('img-src', 'x'.repeat(9000)))?.length).toBeLessThan(500);
});
