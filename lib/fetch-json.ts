/** What a call to this site's API returned. A `message` is a sentence that you can show. */
export type Fetched =
  | { readonly ok: true; readonly data: unknown }
  /** `status` is 0 if there was no response. `data` is the JSON of the response, if it had any. */
  | {
      readonly ok: false;
      readonly status: number;
      readonly message: string;
      readonly data?: unknown;
    };

/** The longest time to wait for a retry, in seconds, and the shortest between two sign-ins. */
const [LONGEST_WAIT, BETWEEN_SIGN_INS] = [10, 30];

/**
 * Calls an API of this site from a client component. If the user must sign in, first or again, the
 * document goes to `/login` and comes back to this page. A response with `Retry-After` is asked for
 * once more: this site sends it before a route handler has run.
 *
 * @param path of the route handler
 * @param init as for `fetch`; with `stay`, the page is never left, for polling and revalidation
 * @returns the JSON, narrow it before you use it; or what went wrong
 * @throws the signal's reason when you abort, also while waiting
 */
export async function fetchJson(
  path: string,
  { stay = false, ...init }: RequestInit & { stay?: boolean } = {},
): Promise<Fetched> {
  const first = await ask(path, init);
  const wait = Number(first?.headers.get('retry-after'));
  const again =
    (first?.status === 503 || first?.status === 401) && wait > 0 && wait <= LONGEST_WAIT;
  if (again) await pause(wait, init.signal);
  const response = again ? await ask(path, init) : first;
  if (!response) return { ok: false, status: 0, message: 'The site can’t be reached.' };
  const data: unknown = await response.json().catch(() => undefined);
  if (response.ok) return { ok: true, data };
  const { status } = response;
  if (status === 401 && !stay) goToSignIn(data);
  return {
    ok: false,
    status,
    message: sentence(status, response.headers.get('retry-after')),
    data,
  };
}

async function ask(path: string, init: RequestInit): Promise<Response | undefined> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  try {
    return await fetch(path, { ...init, headers });
  } catch {
    init.signal?.throwIfAborted();
    return undefined;
  }
}

function pause(seconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** Not from a hidden tab, and not twice in a row: a 401 that a sign-in doesn't change must not loop. */
function goToSignIn(data: unknown): void {
  if (document.hidden || !mayLeave()) return;
  const query = new URLSearchParams({ returnTo: location.pathname + location.search });
  const given = typeof data === 'object' && data !== null && 'max_age' in data ? data.max_age : '';
  if (typeof given === 'number') query.set('max_age', String(given));
  location.assign(`/login?${query}`);
}

function mayLeave(): boolean {
  try {
    const last = Number(sessionStorage.getItem('sent-to-sign-in'));
    if (Date.now() - last < BETWEEN_SIGN_INS * 1000) return false;
    sessionStorage.setItem('sent-to-sign-in', String(Date.now()));
    return true;
  } catch {
    // Without storage, a loop can't be noticed.
    return false;
  }
}

function sentence(status: number, retryAfter: string | null): string {
  if (status === 401) return 'Sign in to continue.';
  if (status === 403) return 'You don’t have access to this.';
  if (status !== 503) return 'That didn’t work. Please try again.';
  const when = Number(retryAfter) > 0 ? `in ${retryAfter} seconds` : 'later';
  return `The service isn’t available right now. Please try again ${when}.`;
}
