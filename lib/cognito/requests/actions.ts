import type { IncomingMessage } from 'node:http';
import { getSite } from '../get-site';
import { builtRoutes } from './built-routes';
import { parseJson } from './incoming';
import { isMultipart } from './read-form';
import { FOREIGN_ACTION, NO_FORM, type Refusal } from './refusal';

/**
 * Checks a request that Next may take for a Server Action: one with the header `Next-Action`, or a
 * multipart form, as a browser sends it before the page has loaded React.
 *
 * Next reads such a form even if the page has no Server Action. And it compares `Origin` with `Host`
 * or `X-Forwarded-Host`, which any client can set, and responds to another origin with a 500.
 *
 * @param request before Next sees it; its forwarded host is replaced with the configured one
 * @param path its decoded path
 * @returns why it is refused, or undefined
 */
export function actionProblem(request: IncomingMessage, path: string): Refusal | undefined {
  const { method, headers } = request;
  const named = headers['next-action'] !== undefined;
  if (method !== 'POST') return undefined;
  if (!named && !isMultipart(headers['content-type'] ?? '')) return undefined;
  const routes = builtRoutes();
  const page = path.replace(/(?<=.)\/$/, '');
  if (!named && routes.withoutActions.has(page)) return NO_FORM;
  const site = getSite();
  if (!site.ok) return undefined;
  const { origin } = site.config;
  const foreign = headers.origin !== undefined && headers.origin !== origin;
  if (foreign && (named || !routes.isHandler(page))) return FOREIGN_ACTION;
  headers['x-forwarded-host'] = new URL(origin).host;
  return undefined;
}

/**
 * Whether a request calls a Server Action of this build without a list of arguments, which is JSON
 * (https://react.dev/reference/rsc/use-server#serializable-parameters-and-return-values): Next would
 * respond with a 500. What the arguments are is for the action to check.
 *
 * @param request that may call a Server Action
 * @param form its body: text, or the fields of a multipart form
 */
export function lacksArguments({ headers }: IncomingMessage, form: FormData | string): boolean {
  if (!builtRoutes().actions.has(String(headers['next-action']))) return false;
  const list = typeof form === 'string' ? form : form.get('0');
  return !Array.isArray(parseJson(String(list)));
}
