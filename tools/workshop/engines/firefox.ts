import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, type BrowserContext, launch, type Page } from 'puppeteer-core';
import type { Engine, Profile, Tab } from './engine';
import { PATIENCE, visible } from './engine';

/**
 * Starts a headless Firefox, which puppeteer drives over WebDriver BiDi.
 *
 * @param path of Firefox
 * @param preferences of `about:config`
 */
export async function startFirefox(
  path: string,
  preferences: Record<string, unknown> = {},
): Promise<Engine> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: preferences,
    defaultViewport: null,
  });
  return {
    name: 'Firefox',
    narrowest: 320,
    newProfile: () => newProfile(browser),
    close: () => browser.close(),
  };
}

async function newProfile(browser: Browser): Promise<Profile> {
  const context = await browser.createBrowserContext();
  const complaints: string[] = [];
  const pages: Page[] = [];
  const newTab = async () => {
    const page = await context.newPage();
    pages.push(page);
    page.setDefaultTimeout(PATIENCE);
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.evaluateOnNewDocument(WATCH_POLICY);
    return tabOf(page);
  };
  return {
    tab: await newTab(),
    newTab,
    complaints: async () => [...complaints, ...(await violationsIn(pages))],
    setCookies: (origin, cookies) => setCookies(context, origin, cookies),
    async cookies(origin) {
      const { hostname } = new URL(origin);
      const own = (await context.cookies()).filter(({ domain }) => domain === hostname);
      return new Map(own.map(({ name, value }) => [name, name.length + value.length]));
    },
    close: () => context.close(),
  };
}

/** Records what the policy of a page blocks. */
const WATCH_POLICY = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push('the policy blocks ' + blockedURI + ' (' + violatedDirective + ')');
  });
`;

async function violationsIn(pages: readonly Page[]): Promise<string[]> {
  const found = await Promise.all(
    pages.map((page) => page.evaluate('(window.violations ?? []).join("\\n")')),
  );
  return found.flatMap((lines) => String(lines).split('\n')).filter((line) => line !== '');
}

async function setCookies(
  context: BrowserContext,
  origin: string,
  cookies: ReadonlyMap<string, string>,
): Promise<void> {
  const { hostname, protocol } = new URL(origin);
  const where = { domain: hostname, path: '/', httpOnly: true, secure: protocol === 'https:' };
  await context.setCookie(
    ...[...cookies].map(([name, value]) => ({ name, value, ...where, sameSite: 'Lax' as const })),
  );
}

function tabOf(page: Page): Tab {
  // Without JavaScript in pages, only what an expression returns at once arrives: puppeteer's own
  // selectors and waits would hang.
  const ask = async (expression: string) => String(await page.evaluate(expression));

  /** The middle of an element, once it stays where it is and nothing covers it. Empty until then. */
  const middleOf = (selector: string) =>
    ask(`(() => {
      const element = ${visible(selector)};
      element?.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = element?.getBoundingClientRect() ?? {};
      const middle = [x + width / 2, y + height / 2];
      return element?.contains(document.elementFromPoint(...middle)) ? middle.join() : '';
    })()`);

  async function press(selector: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    for (let before = ''; Date.now() < deadline; ) {
      const middle = await middleOf(selector);
      if (middle !== '' && middle === before) {
        const [x = 0, y = 0] = middle.split(',').map(Number);
        return page.mouse.click(x, y);
      }
      before = middle;
      // Firefox finds the target of a click in another process, which learns of a scroll a moment later.
      await wait(100);
    }
    throw new Error(`${selector} can’t be clicked at ${page.url().split('?')[0]}`);
  }

  return {
    ask,
    url: () => ask('location.href'),
    open: async (url) => void (await page.goto(url)),
    click: (selector) => press(selector),
    async type(selector, text) {
      await press(selector);
      await ask(`(document.activeElement.value = '')`);
      await page.keyboard.type(text);
    },
    resize: (width) => page.setViewport({ width, height: 900 }),
  };
}
