import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../../tests/support/site';
import { startDisplay } from './display';
import type { Engine, Profile, Tab } from './engine';
import { visible } from './engine';
import { type Command, elementOf, startSession, textOf } from './webdriver';

/** How long a driver may take to start, and to end its browser. In milliseconds. */
const [START, END] = [10_000, 3000];

/**
 * WebKitGTK's MiniBrowser, driven over W3C WebDriver. The driver knows neither statuses nor the console.
 *
 * @param path of MiniBrowser
 */
export async function startWebKit(path: string): Promise<Engine> {
  const display = await startDisplay();
  return {
    name: 'WebKit',
    // MiniBrowser's own buttons need this much.
    narrowest: 450,
    newProfile: () => newProfile(path, display.name),
    close: async () => display.close(),
  };
}

/** Each profile has its own driver: a browser that hangs blocks its driver. */
async function newProfile(path: string, display: string): Promise<Profile> {
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', ['-p', String(port)], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
  const browser = { binary: path, args: ['--automation'] };
  const command = await whenReady(() =>
    startSession(`http://127.0.0.1:${port}`, {
      acceptInsecureCerts: true,
      'webkitgtk:browserOptions': browser,
    }),
  );
  return {
    tab: tabOf(command, String(await command('GET', 'window'))),
    newTab: async () =>
      tabOf(command, textOf(await command('POST', 'window/new', { type: 'tab' }), 'handle')),
    complaints: async () => [],
    async setCookies(origin, cookies) {
      // WebDriver sets cookies only for the site that a tab shows.
      await command('POST', 'url', { url: `${origin}/robots.txt` });
      const secure = origin.startsWith('https:');
      for (const [name, value] of cookies) {
        const rest = { path: '/', httpOnly: true, secure, sameSite: 'Lax' };
        await command('POST', 'cookie', { cookie: { name, value, ...rest } });
      }
    },
    async cookies() {
      const all = await command('GET', 'cookie');
      const list: unknown[] = Array.isArray(all) ? all : [];
      return new Map(
        list.map((each) => {
          const name = textOf(each, 'name');
          return [name, name.length + textOf(each, 'value').length];
        }),
      );
    },
    async close() {
      // A browser that hangs doesn't answer. It ends with its screen.
      await Promise.race([command('DELETE', '').catch(() => {}), wait(END)]);
      driver.kill('SIGKILL');
    },
  };
}

async function whenReady<T>(start: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + START;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      // A driver that listens has an opinion of its own.
      if (Date.now() > deadline || !String(error).includes('fetch failed')) throw error;
      await wait(50);
    }
  }
}

/** The commands of a session go to one tab at a time. */
function tabOf(command: Command, handle: string): Tab {
  const here: Command = async (...values) => {
    await command('POST', 'window', { handle });
    return command(...values);
  };
  const run = (script: string) => here('POST', 'execute/sync', { script, args: [] });

  async function find(selector: string): Promise<string> {
    const element = elementOf(await run(`return ${visible(selector)}`));
    if (element) return `element/${element}`;
    throw new Error(`${selector} is not visible at ${await here('GET', 'url')}`);
  }

  return {
    ask: async (expression) => String(await run(`return (${expression})`)),
    url: async () => String(await here('GET', 'url')),
    open: async (url) => void (await here('POST', 'url', { url })),
    click: async (selector) => void (await here('POST', `${await find(selector)}/click`, {})),
    async type(selector, text) {
      const element = await find(selector);
      await here('POST', `${element}/clear`, {});
      await here('POST', `${element}/value`, { text });
    },
    resize: async (width) => void (await here('POST', 'window/rect', { width, height: 900 })),
  };
}
