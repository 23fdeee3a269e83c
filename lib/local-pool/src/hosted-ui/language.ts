import { readCookie } from '../cookies';
import { TEXT_KEYS, TEXTS, type TextKey } from './translations';

export type Language = keyof typeof TEXTS;

/** Every language with its texts, in the order of the words. */
export const LANGUAGES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(TEXTS).map(([lang, texts]) => [
    lang,
    texts.split('|').map((text) => text.replace(/\s+/g, ' ').trim()),
  ]),
);

/**
 * The language that was asked for last: by the parameter `lang`, else by the cookie that keeps it.
 *
 * @param request the browser's
 * @returns English for anything unknown
 */
export function languageOf(request: Request): Language {
  const asked = new URL(request.url).searchParams.get('lang') ?? readCookie(request, 'lang') ?? '';
  return isLanguage(asked) ? asked : 'en';
}

/**
 * A text.
 *
 * @param lang of the page
 * @param word which text
 * @param value put in for `{0}`
 */
export function translate(lang: Language, word: TextKey, value = ''): string {
  const text = LANGUAGES.get(lang)?.[TEXT_KEYS.indexOf(word)] ?? word;
  // As a function: `$&` in a value is no pattern.
  return text.replace('{0}', () => value);
}

function isLanguage(text: string): text is Language {
  return LANGUAGES.has(text);
}
