import type { BrowserContextOptions, Page, Request } from 'playwright-core';
import { atWork } from './person';
import type { Stage } from './stage';
import type { View } from './views';

/** A view in a browser of its own, and what was seen and said on the way. */
export interface Visit {
  readonly view: View;
  readonly page: Page;
  /** Lines of the console, violations of the policy, and requests that went wrong or elsewhere. */
  complaints(): Promise<string[]>;
  /** What the browser has loaded for it: addresses of scripts and style sheets. */
  loaded(): string[];
  /** The document, in bytes, uncompressed. */
  readonly documentBytes: number;
}

/** The widths that everything is looked at in, in CSS pixels: a phone's and a desk's. */
export const WIDTHS = [390, 1440] as const;

/**
 * Opens a view, lets its scripts run, and leaves it open while something is done with it.
 *
 * @param stage from `setStage`
 * @param view which
 * @param options of the browser's profile: the size, the colours
 * @param look what to do there
 * @throws Error if the view is not reached, or has another status
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
    if (status !== view.status) throw new Error(`${view.name} has status ${status}, ${page.url()}`);
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
 * Clears what a view has broken. Not part of a visit: the same view may be open elsewhere.
 *
 * @param stage from `setStage`
 * @param view which
 */
export function mend({ site }: Stage, view: View): void {
  if (view.fault) site.pool.fault(view.fault.path, null);
}

/** Runs before anything of the page. */
function watchPolicy(): void {
  const violations: string[] = [];
  Reflect.set(window, 'violations', violations);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push(`the policy forbids ${blockedURI} (${violatedDirective})`);
  });
}

/** Until React, if it is there, has taken over what is seen, and whatever it asked for has come. */
async function settle(page: Page, quiet: () => Promise<void>): Promise<void> {
  if ((await page.locator('script[src]').count()) > 0) {
    await atWork(page);
    await quiet();
  }
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Collects everything, from the first page on; what counts is decided at the end. */
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
    /** Until nothing is on its way any more. */
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
      // Chromium's own line for a document of such a status.
      ...lines
        .filter((line) => status < 400 || !line.includes(`responded with a status of ${status}`))
        .map((line) => `the console says: ${line}`),
      ...requests
        .filter((request) => !request.isNavigationRequest())
        .flatMap((request) => [
          ...(wrong.has(request) ? [`${request.url()} went wrong: ${wrong.get(request)}`] : []),
          ...(isOf(request.url(), url) ? [] : [`${request.url()} is of another origin`]),
        ]),
    ],
  };
}

function isOf(url: string, page: string): boolean {
  return url.startsWith('data:') || new URL(url).origin === new URL(page).origin;
}
