import { readFileSync } from 'node:fs';
import { type Answer, send } from '@/tests/support/http';
import { DOCUMENT, FETCH } from '@/tests/support/visitor';

/** A request that Next itself would answer with a 500, or without this site's headers. */
export interface OddRequest {
  readonly name: string;
  readonly path: string;
  readonly method?: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Router states that are not one: not decodable, not JSON, and JSON of another shape. */
const ROUTER_STATES = [
  'x',
  '%',
  '%E4',
  'null',
  '[]',
  '{}',
  '["",{"children":["x"]}]',
  '[["id","x","d"],{}]',
  '["",{},null,"refetch-all"]',
  `["",${'{"children":["",'.repeat(40)}`,
];
const SOUND_STATES = [
  '["",{}]',
  '["",{"children":[["id","%","d",null],{"children":["__PAGE__",{}]}]},null,"refetch"]',
  '["",{"children":["__proto__",{"constructor":["__PAGE__",{}]}]},null,"metadata-only"]',
];
const ROUTER_HEADERS: readonly Record<string, string>[] = [
  ...[...ROUTER_STATES, ...SOUND_STATES].map((state) => ({ 'next-router-state-tree': state })),
  { 'next-router-prefetch': '1', 'next-router-state-tree': 'x' },
  { 'next-router-prefetch': 'x' },
  { 'next-router-segment-prefetch': '/../x' },
  { 'next-router-segment-prefetch': '/_tree' },
  { 'next-url': '//[' },
  { 'next-url': '/%' },
  { 'next-hmr-refresh': '1' },
];
const RANGES = [
  'bytes=99999999-',
  'bytes=5-1',
  'bytes=-0',
  'bytes=a-b',
  'bytes=0-0,99999999-',
  'x',
];
const UNDECODABLE = ['%', '50%', '%E4', '%c3%28', '%ff/x', 'x%', '%00', '%F0%9F'];
const PART = '--x\r\nContent-Disposition: form-data; name="a"; filename=""\r\n\r\n\r\n';

/** A multipart form with as many empty files. */
export function multipart(parts: number): string {
  return `${PART.repeat(parts)}--x--\r\n`;
}

/** Where to send odd requests. */
interface Paths {
  readonly pages: readonly string[];
  readonly files: readonly string[];
  readonly actions?: readonly string[];
}

/**
 * Odd requests to one site.
 *
 * @param origin the site's
 * @param paths.pages to ask in every odd way
 * @param paths.files public files
 * @param paths.actions IDs of the build's Server Actions
 */
export function oddRequests(origin: string, { pages, files, actions = [] }: Paths): OddRequest[] {
  const form = { 'content-type': 'multipart/form-data; boundary=x' };
  const posts: Omit<OddRequest, 'path'>[] = [
    { name: 'multipart form', headers: form, body: multipart(1) },
    { name: 'multipart form of 5,000 parts', headers: form, body: multipart(5000) },
    { name: 'broken multipart form', headers: form, body: '--x\r\nno' },
    {
      name: 'multipart form without a boundary',
      headers: { 'content-type': 'multipart/form-data' },
    },
    { name: 'unknown Server Action', headers: { 'next-action': '4'.repeat(42) }, body: '[]' },
    { name: 'malformed Server Action', headers: { 'next-action': 'a\x9b31mx\x85y' }, body: '[]' },
    ...actions.flatMap((id) =>
      ['', 'x', 'null', '{}', '[]', '[1,{"get":"x"}]'].map((body) => ({
        name: `Server Action with the arguments ${body}`,
        headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' },
        body,
      })),
    ),
    {
      name: 'Server Action with a multipart form',
      headers: { ...form, 'next-action': '4'.repeat(42) },
      body: multipart(5000),
    },
  ];
  const origins: Record<string, string>[] = [
    { origin },
    {},
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'x y' },
    { origin, 'x-forwarded-host': 'evil.example' },
    { origin, 'x-forwarded-host': 'x\x85\x9b31m y' },
  ];
  return [
    ...pages.flatMap((path) => [
      ...ROUTER_HEADERS.map((extra) => ({
        name: `router: ${JSON.stringify(extra).slice(0, 80)}`,
        path,
        headers: { ...FETCH, rsc: '1', ...extra },
      })),
      ...UNDECODABLE.map((end) => ({
        name: 'undecodable path',
        path: `${path === '/' ? '' : path}/${end}`,
        headers: DOCUMENT,
      })),
      ...posts.flatMap((post) =>
        origins.map((from) => ({
          ...post,
          name: `${post.name} ${JSON.stringify(from)}`,
          path,
          method: 'POST',
          headers: { ...DOCUMENT, ...from, ...post.headers },
        })),
      ),
    ]),
    ...files.flatMap((path) =>
      RANGES.map((range) => ({ name: `range ${range}`, path, headers: { ...FETCH, range } })),
    ),
  ];
}

const HEADERS = [
  'content-security-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
];

/**
 * Sends each of them, follows redirects on the site with the same headers, and names what no response
 * may be: a 500, or one without the headers of this site.
 *
 * @param origin the site's
 * @param requests to send
 * @param cookie of a session
 */
export async function faultsOf(
  origin: string,
  requests: readonly OddRequest[],
  cookie?: string,
): Promise<string[]> {
  const faults: string[] = [];
  for (const request of requests) {
    for (const answer of await answersTo(origin, request, cookie)) {
      const missing = HEADERS.filter((name) => !answer.headers.has(name));
      if (answer.status < 500 && missing.length === 0) continue;
      faults.push(`${request.path} ${request.name}: ${answer.status} without ${missing.join(' ')}`);
    }
  }
  return faults;
}

async function answersTo(
  origin: string,
  { path, method, body, ...request }: OddRequest,
  cookie?: string,
): Promise<Answer[]> {
  const headers = { ...request.headers, ...(cookie ? { cookie } : {}) };
  const options = { headers, ...(method ? { method } : {}), ...(body ? { body } : {}) };
  const answers = [await send(origin, { ...options, path })];
  for (let hops = 0; hops < 3; hops++) {
    const next = new URL(answers.at(-1)?.headers.get('location') ?? 'none:', origin);
    if (next.origin !== origin) break;
    answers.push(await send(origin, { ...options, path: `${next.pathname}${next.search}` }));
  }
  return answers;
}

/** What Next prints by itself for a Server Action that it doesn't know. */
export const UNKNOWN_ACTION =
  /^Error: (Failed to find Server Action|The Server Reference ID|Invalid Server Actions request).*\n(Read more: .*\n)?( +at .*\n)*/gm;

/** The IDs of the Server Actions of the build in this folder. */
export function builtActions(): string[] {
  const text = readFileSync('.next/server/server-reference-manifest.json', 'utf8');
  return Object.keys(JSON.parse(text).node);
}
