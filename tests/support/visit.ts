import type { BrowserContextOptions, Page, Request } from 'playwright-core';
import { atWork } from './person';
import type { Stage } from './stage';
import type { View } from './views';

/** A view that is open in its own browser profile, and what the browser reported. */
export interface Visit {
  readonly view: View;
  readonly page: Page;
  /** Console lines, policy violations, and requests that failed or went to another origin. */
  complaints(): Promise<string[]>;
  /** The URLs of the scripts and style sheets that the browser has loaded. */
  loaded(): string[];
  /** The size of the document in bytes, uncompressed. */
  readonly documentBytes: number;
}

/** The widths of a phone and a desktop, in CSS pixels. */
export const WIDTHS = [390, 1440] as const;

/**
 * Opens a view, waits for its scripts, runs a function, and closes the view.
 *
 * @param stage from `setStage`
 * @param view the view to open
 * @param options of the browser profile: size, colors
 * @param look runs while the view is open
 * @returns the function's result
 * @throws Error if the view doesn't open or has another status
 */
export async function visit<T>(
  stage: Stage,
  view: View,
  options: BrowserContextOptions,
  look: (visit: Visit) => Promise<T>,
): Promise<T> {
  const { pool } = stage.site;
  const context = await stage.seat(view.who, {
    reducedMotion: 'reduce',
    bypassCSP: view.withoutPolicy === true,
    ...options,
  });
  try {
    await context.addInitScript(watchPolicy);
    const page = await context.newPage();
    if (view.fault) pool.fault(view.fault.path, view.fault.what);
    const said = listen(page);
    const answer = await view.way(page, stage);
    const status = answer?.status() ?? 0;
    if (status !== view.status) {
      throw new Error(`${view.name} has status ${status}, not ${view.status}: ${page.url()}`);
    }
    await settle(page, said.quiet);
    return await look({
      view,
      page,
      loaded: said.loaded,
      documentBytes: (await answer?.body())?.length ?? 0,
      complaints: async () => [
        ...said.complaints(page.url(), status),
        ...(await page.evaluate(() => Reflect.get(window, 'violations') ?? [])),
      ],
    });
  } finally {
    await context.close();
  }
}

/**
 * Ends the fault that a view needs. `visit` doesn't do this, because the view may also be open elsewhere.
 *
 * @param stage from `setStage`
 * @param view the view that was visited
 */
export function endFault({ site }: Stage, view: View): void {
  if (view.fault) site.pool.fault(view.fault.path, null);
}

/** Records policy violations. Runs in the page before its scripts. */
function watchPolicy(): void {
  const violations: string[] = [];
  Reflect.set(window, 'violations', violations);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push(`the policy blocks ${blockedURI} (${violatedDirective})`);
  });
}

/** Waits until React, if the page uses it, has hydrated the page and all its requests are done. */
async function settle(page: Page, quiet: () => Promise<void>): Promise<void> {
  if ((await page.locator('script[src]').count()) > 0) {
    await atWork(page);
    await quiet();
  }
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Collects everything that the browser reports; `complaints` then selects what counts. */
function listen(page: Page) {
  const lines: string[] = [];
  const requests: Request[] = [];
  const wrong = new Map<Request, string>();
  const pending = new Set<Request>();
  const waiting: (() => void)[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(String(error)));
  page.on('request', (request) => {
    requests.push(request);
    pending.add(request);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) wrong.set(response.request(), `status ${response.status()}`);
  });
  page.on('requestfinished', end);
  page.on('requestfailed', (request) => {
    wrong.set(request, request.failure()?.errorText ?? 'failed');
    end(request);
  });

  function end(request: Request): void {
    pending.delete(request);
    if (pending.size === 0) for (const wake of waiting.splice(0)) wake();
  }

  return {
    /** Resolves when no request is pending. */
    quiet: () =>
      new Promise<void>((resolve) => {
        if (pending.size === 0) resolve();
        else waiting.push(resolve);
      }),
    loaded: () =>
      requests
        .filter((request) => /^(script|stylesheet)$/.test(request.resourceType()))
        .map((request) => request.url()),
    complaints: (url: string, status: number) => [
      // Leave out the line that Chromium logs for a document with an error status.
      ...lines
        .filter((line) => status < 400 || !line.includes(`responded with a status of ${status}`))
        .map((line) => `the console says: ${line}`),
      ...requests
        .filter((request) => !request.isNavigationRequest())
        .flatMap((request) => [
          ...(wrong.has(request) ? [`${request.url()} failed: ${wrong.get(request)}`] : []),
          ...(isOf(request.url(), url) ? [] : [`${request.url()} is on another origin`]),
        ]),
    ],
  };
}

function isOf(url: string, page: string): boolean {
  return url.startsWith('data:') || new URL(url).origin === new URL(page).origin;
}
