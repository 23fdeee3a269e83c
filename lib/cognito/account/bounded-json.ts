/** In bytes. Cognito's largest response has some 70 attributes of 2,048 characters. */
const MOST = 1_000_000;

/** The body of a response. */
export type Body =
  /** JSON, or `{}` for no bytes at all: `DeleteUser` has no body. */
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not_json' }
  | { readonly kind: 'too_large' };

/**
 * Reads a body of at most a megabyte.
 *
 * @param response whose body hasn't been read
 * @returns the parsed body, or what is wrong with it
 * @throws what the stream throws if the connection breaks or the time is up
 */
export async function boundedJson(response: Response): Promise<Body> {
  const text = await boundedText(response);
  if (text === undefined) return { kind: 'too_large' };
  if (text.trim() === '') return { kind: 'json', value: {} };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'not_json' };
  }
}

async function boundedText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > MOST) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
