import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeBack } from '../support/expired';
import { type Answer, namedCookies } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, DOCUMENT, type Visitor } from '../support/visitor';

let site: InProcessSite;
let bob: Visitor;
beforeAll(async () => {
  site = await startInProcess();
  bob = createVisitor(site.origin);
  await bob.signIn('bob');
});
afterAll(() => site.close());

/** Text that an attacker tries to get into the log or onto a page. */
const WORDS = 'call-0800-stranger';
const FORGED = 'FFFFFFFF';
const HEADERS = { ...DOCUMENT, 'x-reference': FORGED };

const referenceOf = ({ body }: Answer) => /Reference: <code>([^<]*)</.exec(body)?.[1] ?? '';
const linesWith = (text: string) =>
  site
    .output()
    .split('\n')
    .filter((line) => line.includes(text));

async function inAnOutage(ask: () => Promise<Answer>): Promise<Answer> {
  for (const path of ['/oauth2/token', '/']) site.pool.fault(path, { status: 500 });
  try {
    return await ask();
  } finally {
    for (const path of ['/oauth2/token', '/']) site.pool.fault(path, null);
  }
}

describe('an error page has the reference of a log line that says what happened:', () => {
  const stranger = (query: string) => createVisitor(site.origin).open(`/login?${query}`, HEADERS);
  const CASES: [string, number, RegExp, () => Promise<Answer>][] = [
    [
      'a callback without an attempt',
      400,
      /attempt_unknown/,
      () => stranger(`code=${WORDS}&state=${WORDS}`),
    ],
    [
      'a sign-in that was declined',
      400,
      /\(access_denied\)/,
      () => stranger(`error=access_denied&error_description=${WORDS}&state=${WORDS}`),
    ],
    [
      'a sign-in that was cancelled',
      400,
      /\(user_cancelled_authorize\)/,
      () => stranger(`error=user_cancelled_authorize&error_description=${WORDS}`),
    ],
    ['an error with an unknown code', 400, /\(unknown\)/, () => stranger(`error=${WORDS}`)],
    ['a callback without a state', 400, /\(state\)/, () => stranger(`code=${WORDS}`)],
    [
      'a form of another site',
      403,
      /not a same-origin request/,
      () => bob.post(`/logout?${WORDS}`, {}, { ...HEADERS, origin: `https://${WORDS}.example` }),
    ],
    [
      'too many cookies',
      431,
      /too many cookies/,
      () => {
        const many = Array.from({ length: 201 }, (_, index) => [`${WORDS}${index}`, ''] as const);
        const visitor = createVisitor(site.origin);
        visitor.cookies.set('localhost', new Map(many));
        return visitor.open('/', HEADERS);
      },
    ],
    [
      'an outage at a sign-in',
      503,
      /"signIn.failed","code":"unavailable"/,
      async () => {
        const visitor = createVisitor(site.origin);
        const callback = await visitor.reachCallback('alice');
        return inAnOutage(() => visitor.open(callback, HEADERS));
      },
    ],
    [
      'an outage at a refresh',
      503,
      /"refresh.failed","code":"unavailable"/,
      async () => {
        const visitor = await comeBack(site);
        return inAnOutage(() => visitor.open(`/profile?${WORDS}`, HEADERS));
      },
    ],
    [
      'an outage at a sign-out everywhere',
      503,
      /"signOut.failed","step":"everywhere","code":"unavailable"/,
      async () => {
        const visitor = await comeBack(site);
        return inAnOutage(() => visitor.post('/logout', { everywhere: 'yes' }, HEADERS));
      },
    ],
  ];

  test.each(CASES)('%s', async (_, status, what, ask) => {
    const page = await ask();
    expect(page.status).toBe(status);
    const reference = referenceOf(page);
    expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(reference).not.toBe(FORGED);
    await expect.poll(() => linesWith(reference)).toHaveLength(1);
    const [line = ''] = linesWith(reference);
    expect(line).toMatch(what);
    expect(JSON.parse(line)).toMatchObject({
      reference,
      level: expect.stringMatching(/warn|error/),
    });
    expect(line.length).toBeLessThan(300);
    // The page has one button, and contains no text of the attacker.
    const main = /<main.*?<\/main>/s.exec(page.body)?.[0];
    expect(main?.match(/class="button/g)).toHaveLength(1);
    expect(page.body.replaceAll(/<script.*?<\/script>|<[^>]*>/gs, '')).not.toContain(WORDS);
    expect(site.output()).not.toContain(WORDS);
  });

  test('a new one each time, and never the one that a request contains', async () => {
    const ask = () => stranger('error=access_denied');
    const pages = [await ask(), await ask()];
    const [one = '', other = ''] = pages.map(referenceOf);
    expect(one).not.toBe(other);
    for (const { body } of pages) expect(body).not.toContain(FORGED);
    expect(linesWith(FORGED)).toEqual([]);
  });
});

test('pages that are not errors are not logged, and show no reference', async () => {
  const before = site.output();
  for (const path of ['/', '/profile', '/logout', '/api/me']) {
    const page = await bob.open(path, HEADERS);
    expect([path, page.status, referenceOf(page)]).toEqual([path, 200, '']);
  }
  expect(site.output()).toBe(before);
});

test.each([
  ['dark', 'dark'],
  ['light', 'light'],
  ['"><script>', undefined],
  ['', undefined],
])('a plain page with the theme cookie %j has the theme %s', async (chosen, theme) => {
  const visitor = createVisitor(site.origin);
  visitor.cookies.set('localhost', namedCookies(site.origin, { theme: chosen }));
  const { body } = await visitor.open('/login?error=access_denied');
  expect(body).toContain(theme ? `<html lang="en" data-theme="${theme}">` : '<html lang="en">');
});
