/** The columns of the diagram, from left to right. */
export const ACTORS = ['Browser', 'This site', 'Cognito'] as const;

/** A message from one actor to another. If both are the same, it is a step of work. */
export interface Message {
  readonly from: 0 | 1 | 2;
  readonly to: 0 | 1 | 2;
  readonly text: string;
}

/** One step of the flow, for the diagram and the page. */
export interface Step {
  /** The anchor on the page. */
  readonly id: string;
  readonly title: string;
  readonly messages: readonly Message[];
  /** The code of this step: an ID from `app/source/wanted.ts`. */
  readonly code: string;
}

const [BROWSER, SITE, COGNITO] = [0, 1, 2] as const;

/** The whole flow, in order. */
export const STEPS = [
  {
    id: 'ask',
    title: 'The browser requests a page',
    messages: [{ from: BROWSER, to: SITE, text: 'GET /profile' }],
    code: 'admit',
  },
  {
    id: 'attempt',
    title: 'The middleware starts a sign-in attempt',
    messages: [{ from: SITE, to: BROWSER, text: '307, key cookie' }],
    code: 'start',
  },
  {
    id: 'hosted-ui',
    title: 'The hosted UI signs you in',
    messages: [
      { from: BROWSER, to: COGNITO, text: 'name and password' },
      { from: COGNITO, to: BROWSER, text: '302, code' },
    ],
    code: 'authorize',
  },
  {
    id: 'callback',
    title: 'You come back with a code',
    messages: [{ from: BROWSER, to: SITE, text: '/login?code&state' }],
    code: 'callback',
  },
  {
    id: 'tokens',
    title: 'The site exchanges the code for tokens',
    messages: [
      { from: SITE, to: COGNITO, text: 'code, verifier' },
      { from: COGNITO, to: SITE, text: 'three tokens' },
    ],
    code: 'exchange',
  },
  {
    id: 'verify',
    title: 'The site verifies the tokens',
    messages: [{ from: SITE, to: SITE, text: 'verify both' }],
    code: 'verify',
  },
  {
    id: 'seal',
    title: 'The tokens go into the session cookie',
    messages: [{ from: SITE, to: BROWSER, text: '303, session cookie' }],
    code: 'seal',
  },
  {
    id: 'page',
    title: 'The page reads your claims',
    messages: [
      { from: BROWSER, to: SITE, text: 'GET /profile' },
      { from: SITE, to: BROWSER, text: '200, page' },
    ],
    code: 'page',
  },
  {
    id: 'refresh',
    title: 'The middleware refreshes the tokens',
    messages: [
      { from: SITE, to: COGNITO, text: 'refresh token' },
      { from: COGNITO, to: SITE, text: 'new tokens' },
    ],
    code: 'refresh',
  },
  {
    id: 'sign-out',
    title: 'You sign out',
    messages: [
      { from: BROWSER, to: SITE, text: 'POST /logout' },
      { from: SITE, to: COGNITO, text: 'revoke' },
    ],
    code: 'sign-out',
  },
] as const satisfies readonly Step[];

/** The name of a step. */
export type StepId = (typeof STEPS)[number]['id'];
