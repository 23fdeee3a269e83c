/** A request of the page and its response. */
export interface Trial {
  readonly request: string;
  /** Status, size and time; or that there was no response. */
  readonly summary: string;
  readonly headers: string;
  readonly body: string;
}

/** The response headers that matter for sign-in. */
const SHOWN = ['content-type', 'cache-control', 'www-authenticate', 'retry-after'];

/**
 * Calls an API of this site.
 *
 * @param path of the API
 * @param credentials whether the browser sends the session cookie
 * @returns what was sent and what came back, also if nothing did
 */
export async function attempt(path: string, credentials: 'same-origin' | 'omit'): Promise<Trial> {
  const cookie = credentials === 'omit' ? 'none' : 'your session, not readable by scripts';
  const request = `GET ${path}\naccept: application/json\ncookie: (${cookie})`;
  const start = performance.now();
  try {
    const answer = await fetch(path, { headers: { accept: 'application/json' }, credentials });
    const text = await answer.text();
    const milliseconds = Math.round(performance.now() - start);
    const headers = SHOWN.filter((name) => answer.headers.has(name));
    return {
      request,
      summary: `${answer.status} ${answer.statusText}, ${new Blob([text]).size} bytes in ${milliseconds} ms`,
      headers: headers.map((name) => `${name}: ${answer.headers.get(name)}`).join('\n'),
      body: formatted(text),
    };
  } catch {
    return { request, summary: 'No response: the site can’t be reached.', headers: '', body: '' };
  }
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
