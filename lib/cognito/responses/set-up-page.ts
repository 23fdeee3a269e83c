import { ADVICE } from '../config/advice';
import type { ProductionUrls } from '../config/vercel';
import { isDevelopment } from '../environment';
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
    const paragraphs = ['Set these in .env.local (see .env.example), then restart.'];
    return plainPage(
      { status: 503, title: 'Almost there', paragraphs, list, action, leadsToDoctor: true },
      page,
    );
  }
  if (!site.blank) {
    const paragraphs = [
      'This site is not set up correctly. The site operator can find the reason in the log.',
      'You did nothing wrong. Please come back later.',
    ];
    return plainPage({ status: 503, title: 'Not available', paragraphs, action }, page);
  }
  return plainPage(
    {
      status: 503,
      title: 'One step left',
      paragraphs: [
        'This site is deployed, but not connected to an Amazon Cognito user pool yet. Set these environment variables and deploy again. The README says where to find each value.',
      ],
      list: [
        ...site.problems.map(({ variable }) => ({ term: variable, text: ADVICE[variable] })),
        ...(site.urls ? toRegister(site.urls) : []),
      ],
      action,
    },
    page,
  );
}

/** The URLs come from the host's setting for the production domain, never from a request. */
function toRegister({ redirectUri, logoutUri }: ProductionUrls) {
  const where = 'Add this exact URL to the app client, under Login pages > Allowed';
  return [
    { term: redirectUri, text: `${where} callback URLs.` },
    { term: logoutUri, text: `${where} sign-out URLs.` },
  ];
}
