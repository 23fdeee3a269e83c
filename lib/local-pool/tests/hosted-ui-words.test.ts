import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../src/hosted-ui/language';
import { loginPath, openBrowser } from './hosted-ui-browser';
import { startPool } from './support';

describe('the languages', () => {
  it('are those of managed login', () => {
    expect([...LANGUAGES.keys()].sort()).toEqual(
      ['de', 'en', 'es', 'fr', 'id', 'it', 'ja', 'ko', 'pt-BR', 'zh-CN', 'zh-TW'].sort(),
    );
  });

  it.each([...LANGUAGES])('%s has every text, with its placeholders', (_, texts) => {
    const english = LANGUAGES.get('en') ?? [];
    expect(texts).toHaveLength(english.length);
    for (const [index, text] of texts.entries()) {
      expect(text).not.toBe('');
      expect(text.includes('{0}'), text).toBe(english[index]?.includes('{0}'));
    }
  });

  it('are kept in a cookie until another one is requested', async () => {
    const pool = await startPool();
    const browser = openBrowser(pool);
    const first = await browser.open(loginPath({ lang: 'pt-BR' }));
    expect(first.body).toContain('<h1>Entrar</h1>');
    expect(first.response.headers.getSetCookie()).toContain(
      'lang=pt-BR; Path=/; HttpOnly; SameSite=Lax',
    );
    expect((await browser.open(loginPath())).body).toContain('<html lang="pt-BR">');
    expect((await browser.open(loginPath({ lang: 'ja' }))).body).toContain('<h1>サインイン</h1>');
    expect((await browser.open(loginPath({ lang: 'xx' }))).body).toContain('<h1>Sign in</h1>');
    browser.cookies.set('lang', '__proto__');
    expect((await browser.open(loginPath())).body).toContain('<html lang="en">');
  });

  it('keep Cognito’s messages in English, and mark them as English for screen readers', async () => {
    const browser = openBrowser(await startPool());
    const page = await browser.open(loginPath({ lang: 'de' }));
    const refused = await browser.press(page, 'signInSubmitButton', {
      username: 'alice',
      password: 'x',
    });
    expect(refused.body).toContain('<h1>Anmelden</h1>');
    expect(refused.body).toContain('role="alert" lang="en">Incorrect username or password.<');
  });

  it('are not supported by the classic hosted UI, which sets no cookie', async () => {
    const browser = openBrowser(await startPool({ hostedUi: 'classic' }));
    browser.cookies.set('lang', 'de');
    const page = await browser.open(loginPath({ lang: 'de' }));
    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toContain('<h1>Sign in</h1>');
    expect(page.response.headers.getSetCookie().join()).not.toContain('lang=');
  });
});
