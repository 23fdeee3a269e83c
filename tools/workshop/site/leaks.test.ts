import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servedFiles } from '../../../tests/support/built-site';
import { send } from '../../../tests/support/http';
import {
  overhear,
  SECRETS,
  type Search,
  type SecretKind,
  type Secrets,
  searchFor,
} from '../../../tests/support/overhear';
import {
  type Exchange,
  nameOf,
  type RecordedSite,
  startRecordedSite,
  tour,
} from '../../../tests/support/recorder';
import { leakyDay } from '../support/leaky-day';

/** Unique values that contain every character that an encoding might change. */
const CLIENT_SECRET = marked('client');
const OLD_SECRET = marked('session of yesterday');
const NEW_SECRET = marked('session of today');

function marked(name: string): string {
  return ['+', '/', '=', '&', '%', '"', '<', '>'].map((odd, at) => `${name}${at}${odd}`).join('');
}

let site: RecordedSite;
let secrets: Secrets;
let search: Search;
beforeAll(async () => {
  site = await startRecordedSite({
    env: {
      COGNITO_CLIENT_SECRET: CLIENT_SECRET,
      SESSION_SECRET: JSON.stringify({ 2: NEW_SECRET, 1: OLD_SECRET }),
    },
  });
  site.pool.changeClient({ clientSecret: CLIENT_SECRET });
  const pool = overhear(site);
  secrets = pool.secrets;
  secrets.add('client secret', CLIENT_SECRET);
  secrets.add('session secret', OLD_SECRET);
  secrets.add('session secret', NEW_SECRET);
  await tour(site);
  await leakyDay(site, pool);
  for (const exchange of site.exchanges) noteWhatWentThrough(exchange);
  search = searchFor(secrets);
}, 120_000);
afterAll(() => site.close());

/** Records the secrets of unfinished sign-in attempts, and all sealed cookies. */
function noteWhatWentThrough({ asked, headers, setCookies }: Exchange): void {
  const location = headers.get('location') ?? '';
  if (isToHostedUi(location)) {
    const { searchParams } = new URL(location);
    secrets.add('state', searchParams.get('state'));
    secrets.add('nonce', searchParams.get('nonce'));
  }
  for (const pair of [...(asked.get('cookie') ?? '').split('; '), ...setCookies]) {
    const [, value] = /^(?:session|signin)[^=]*=([^;]+)/.exec(pair) ?? [];
    secrets.add('sealed cookie', value);
  }
}

const isToHostedUi = (location: string) =>
  location.startsWith(`${site.environment.COGNITO_DOMAIN}/oauth2/authorize?`);
const isHtml = ({ headers }: Exchange) => /^text\/html/.test(headers.get('content-type') ?? '');
const isRsc = ({ headers }: Exchange) => /x-component/.test(headers.get('content-type') ?? '');
const isFile = ({ url }: Exchange) => /^\/(_next\/static\/|icon\.svg$|robots\.txt$)/.test(url);
const bodiesOf = (which: (exchange: Exchange) => boolean) => () =>
  site.exchanges.filter(which).map((exchange): Text => [nameOf(exchange), bodyOf(exchange)]);

/** A text, and where it comes from. */
type Text = [from: string, text: string];

const PLACES: Record<string, () => Text[] | Promise<Text[]>> = {
  'a page': bodiesOf(isHtml),
  'what Next’s router fetches': bodiesOf(isRsc),
  'a file': bodiesOf(isFile),
  'any other body': bodiesOf((each) => !isHtml(each) && !isRsc(each) && !isFile(each)),
  'a header': () => site.exchanges.map((each): Text => [nameOf(each), headersOf(each)]),
  'a URL of the site': () => site.exchanges.map((each): Text => [nameOf(each), addressOf(each)]),
  'the output of the server': () => [['output', site.output()]],
  'a file of the build': async () =>
    Promise.all(
      (await servedFiles()).map(
        async ({ file }): Promise<Text> => [file, await readFile(file, 'utf8')],
      ),
    ),
};

/** Next repeats the target of a redirect in the body; it is already checked as a header. */
function bodyOf({ headers, body }: Exchange): string {
  return body === headers.get('location') ? '' : body;
}

/** All headers, without the values that must be there: sealed cookies, and the state and nonce for the hosted UI. */
function headersOf({ headers, setCookies }: Exchange): string {
  const cookies = setCookies.map((line) => line.replace(/^((?:session|signin)[^=]*)=[^;]+/, '$1'));
  const rest = [...headers].filter(([name]) => name !== 'location').flat();
  const location = headers.get('location') ?? '';
  const target = isToHostedUi(location) ? withoutParameters(location, 'state', 'nonce') : location;
  return [...cookies, ...rest, target].join('\n');
}

/** The URL, without the parameters that a callback must have. */
function addressOf({ url }: Exchange): string {
  return /^\/login\/?\?/.test(url)
    ? withoutParameters(`${site.origin}${url}`, 'code', 'state')
    : url;
}

function withoutParameters(address: string, ...names: string[]): string {
  const url = new URL(address);
  for (const name of names) url.searchParams.delete(name);
  return url.href;
}

/** Whether a page shows the claims, including the nonce of the finished sign-in. */
const isShownOnPurpose = (kind: SecretKind, from: string) =>
  kind === 'nonce' && /^[A-Z]+ \/(profile|api\/me) /.test(from);

const TAKE_OUT =
  'No page, header, URL or log may show this. If one of your pages shows the claims, which include the nonce, add it to isShownOnPurpose.';

test('every kind of secret occurred, and every kind of failure was logged', () => {
  for (const kind of SECRETS) expect(secrets.of(kind).length, kind).toBeGreaterThan(0);
  for (const what of [
    'signIn.failed","code":"unavailable',
    'signIn.failed","code":"client_rejected',
    'signIn.failed","code":"token_invalid',
    'refresh.failed","code":"token_invalid',
    'refresh.failed","code":"sign_in_refused',
    'signOut.failed","step":"revoke',
    'signOut.failed","step":"everywhere',
  ]) {
    expect(site.output()).toContain(`"type":"${what}"`);
  }
});

describe.each(Object.keys(PLACES))('in %s', (place) => {
  const found = new Map<SecretKind, Set<string>>();
  beforeAll(async () => {
    const texts = (await PLACES[place]?.()) ?? [];
    expect(texts.length).toBeGreaterThan(0);
    for (const [from, text] of texts) {
      for (const kind of search(text)) {
        if (!isShownOnPurpose(kind, from))
          found.set(kind, (found.get(kind) ?? new Set()).add(from));
      }
    }
  }, 120_000);

  test.each(SECRETS)('there is no %s', (kind) => {
    // Reports what was found and where, but not its value.
    expect([...(found.get(kind) ?? [])], TAKE_OUT).toEqual([]);
  });
});

test('no file for the browser has a source map', async () => {
  const scripts = (await servedFiles()).filter(({ path }) => /\.(js|css)$/.test(path));
  expect(scripts.length).toBeGreaterThan(5);
  for (const { file, path } of scripts) {
    expect(await readFile(file, 'utf8'), path).not.toContain('sourceMappingURL');
    expect((await send(`${site.origin}${path}.map`)).status, path).toBe(404);
  }
});
