import { STATE, type Target } from './target';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** A response may contain tokens where an error was expected; they must not get into the line. */
const TOKEN = /\bey[\w-]{20,}[\w.-]*/g;

/**
 * Describes a response in one line: status and location, or status and JSON. Names replace hosts, IDs and
 * UUIDs, so that the line is the same for every pool and in every run, and contains no secret. Query
 * parameters, whose order varies in Cognito, are sorted.
 *
 * @param target the pool that responded
 * @param response its response, not yet read
 */
export async function answer(target: Target, response: Response): Promise<string> {
  const location = response.headers.get('location');
  if (location !== null) return `${response.status} ${place(target, location)}`;
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  if (text === '') return `${response.status} empty`;
  if (type.includes('json')) return `${response.status} ${named(target, text)}`;
  return `${response.status} ${type.includes('html') ? 'page' : 'text'}`;
}

/**
 * Describes in one line whether a page contains a text.
 *
 * @param response a page
 * @param text to look for, as the page displays it
 */
export async function pageSays(response: Response, text: string): Promise<string> {
  const page = readable(await response.text());
  return `${response.status} ${page.includes(text) ? `"${text}"` : 'without that text'}`;
}

/**
 * A URL with names for its parts, a sorted query, and spaces as `+`.
 *
 * @param target whose hosts are known
 * @param location absolute
 */
export function place(target: Target, location: string): string {
  if (!URL.canParse(location)) return named(target, location);
  const url = new URL(location);
  const [base = ''] = location.split(/[?#]/);
  const query = new URLSearchParams([...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1)));
  const values = [...query].map(([name, value]) => {
    return `${name}=${named(target, value).replaceAll(' ', '+')}`;
  });
  return named(target, base) + (values.length === 0 ? '' : `?${values.join('&')}`);
}

function named(target: Target, text: string): string {
  const names: [string, string][] = [
    [target.issuer, '<issuer>'],
    [target.redirectUri, '<callback>'],
    [target.logoutUri, '<logout uri>'],
    [target.domain, '<domain>'],
    [target.clientId, '<client>'],
  ];
  const whole = names.find(([value]) => text === value);
  if (whole) return whole[1];
  if (text === STATE) return '<state>';
  if (text === target.scopes.join(' ')) return '<scopes>';
  return names
    .reduce((all, [value, name]) => all.replaceAll(value, name), text)
    .replaceAll(UUID, '<uuid>')
    .replaceAll(TOKEN, '<token>');
}

/** Removes markup, decodes HTML's five escapes, and collapses white space. */
function readable(html: string): string {
  const escapes: [string, string][] = [
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#39;', "'"],
    ['&amp;', '&'],
  ];
  const text = html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ');
  return escapes
    .reduce((all, [escaped, sign]) => all.replaceAll(escaped, sign), text)
    .replaceAll(/\s+/g, ' ');
}
