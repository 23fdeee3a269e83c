import { ADVICE } from '../config/advice';
import { isDevelopment } from '../config/environment';
import type { ProductionUrls } from '../config/reader';
import type { Misconfigured } from '../get-site';
import { logEvent } from '../logging';
import type { PageContext } from '../page-context';
import { plainPage } from './plain-page';

/**
 * 503 for a site whose environment variables are missing or wrong. In development, it lists what is
 * wrong. In production, it lists what to set if nothing is set yet; otherwise it gives no details.
 *
 * @param site from `getSite`
 * @param page the context of this request
 */
export function setUpPage(site: Misconfigured, page: PageContext): Response {
  const wrong = site.problems.map(({ variable }) => variable);
  logEvent({ type: 'configuration', ok: false, wrong }, page.reference);
  const action = { label: 'Try again', href: '/' };
  if (isDevelopment) {
    const list = site.problems.map(({ variable, problem }) => ({
      term: variable,
      text: `${problem}. ${ADVICE[variable]}`,
    }));
    const title = site.blank ? NOT_CONFIGURED : `${counted(list.length)} to fix`;
    const paragraphs = [
      `Set ${list.length === 1 ? 'it' : 'them'} in .env.local (see .env.example), then restart.`,
      ...(site.blank ? [LOCAL_POOL] : []),
    ];
    return plainPage(page, { status: 503, title, paragraphs, list, action, leadsToDoctor: true });
  }
  if (!site.blank) {
    const paragraphs = [
      'This site is not set up correctly. The site operator can find the reason in the log.',
      'You did nothing wrong. Please come back later.',
    ];
    return plainPage(page, { status: 503, title: 'Not available', paragraphs, action });
  }
  return plainPage(page, {
    status: 503,
    title: NOT_CONFIGURED,
    paragraphs: [
      `This site is running, but it has no Amazon Cognito user pool yet. Set ${counted(site.problems.length)} in its environment, then restart it; on a host that builds it for you, deploy it again.`,
      LOCAL_POOL,
    ],
    list: [
      ...site.problems.map(({ variable }) => ({ term: variable, text: ADVICE[variable] })),
      ...(site.urls ? toRegister(site.urls) : []),
    ],
    action,
  });
}

const NOT_CONFIGURED = 'Not configured yet';
const LOCAL_POOL =
  'To try it on your own machine without a user pool, run npm run dev: it starts a local one.';

function counted(variables: number): string {
  return variables === 1 ? '1 environment variable' : `${variables} environment variables`;
}

/** The URLs come from the host's setting for the production domain, never from a request. */
function toRegister({ redirectUri, logoutUri }: ProductionUrls) {
  const where = 'Add this exact URL to the app client, under Login pages > Allowed';
  return [
    { term: redirectUri, text: `${where} callback URLs.` },
    { term: logoutUri, text: `${where} sign-out URLs.` },
  ];
}
