import { readCookie } from '../cookies';
import { TEXT_KEYS, TEXTS, type TextKey } from './translations';

export type Language = keyof typeof TEXTS;

/** Every language with its texts, in the order of `TEXT_KEYS`. */
export const LANGUAGES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(TEXTS).map(([lang, texts]) => [
    lang,
    texts.split('|').map((text) => text.replace(/\s+/g, ' ').trim()),
  ]),
);

/**
 * The language of the parameter `lang`, or else of the cookie that stores the last one.
 *
 * @param request the browser's request
 * @returns English for anything unknown
 */
export function languageOf(request: Request): Language {
  const asked = new URL(request.url).searchParams.get('lang') ?? readCookie(request, 'lang') ?? '';
  return isLanguage(asked) ? asked : 'en';
}

/**
 * Returns a text in a language.
 *
 * @param lang the language of the page
 * @param word the key of the text
 * @param value replaces `{0}`
 */
export function translate(lang: Language, word: TextKey, value = ''): string {
  const text = LANGUAGES.get(lang)?.[TEXT_KEYS.indexOf(word)] ?? word;
  // A function, so that `$&` in the value has no special meaning.
  return text.replace('{0}', () => value);
}

function isLanguage(text: string): text is Language {
  return LANGUAGES.has(text);
}
