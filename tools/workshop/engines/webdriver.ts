/**
 * A small client of W3C WebDriver (https://www.w3.org/TR/webdriver2/), with the commands that these tests
 * use. `WebKitWebDriver` has no WebDriver BiDi, and no other package drives WebKitGTK.
 */

/** Where an element is identified in the protocol's JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** One command to an endpoint of a session, such as `POST url`. */
export type Command = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
) => Promise<unknown>;

/**
 * Sends a command to a driver.
 *
 * @param address the driver's origin
 * @param method of HTTP
 * @param path of the endpoint
 * @param body its parameters
 * @returns the answer's `value`
 * @throws Error with the driver's own words
 */
async function send(
  address: string,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${address}${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const { value }: { value?: unknown } = await answer.json();
  if (answer.ok) return value;
  throw new Error(
    `WebDriver ${method} ${path}: ${textOf(value, 'error')}: ${textOf(value, 'message')}`,
  );
}

/**
 * Starts a session: a browser with a new profile.
 *
 * @param address the driver's origin
 * @param capabilities what the browser must offer
 * @returns sends a command to the session
 */
export async function startSession(address: string, capabilities: object): Promise<Command> {
  const body = { capabilities: { alwaysMatch: capabilities } };
  const id = textOf(await send(address, 'POST', '/session', body), 'sessionId');
  return (method, path, parameters) =>
    send(address, method, `/session/${id}${path && `/${path}`}`, parameters);
}

/**
 * The identifier of an element that a script has returned.
 *
 * @param value the script's answer
 * @returns empty if the script returned something else
 */
export function elementOf(value: unknown): string {
  return textOf(value, ELEMENT);
}

/**
 * A member of an answer as text.
 *
 * @param value an answer, or a part of it
 * @param name of the member
 * @returns empty if there is none
 */
export function textOf(value: unknown, name: string): string {
  const member = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return member === undefined ? '' : String(member);
}
