import { unit } from '../mutant';

const RELAY = 'lib/cognito/previews/relay.ts';
const PREVIEW = 'lib/cognito/config/preview-settings.ts';
const CONFIG = 'lib/cognito/config/preview-settings.ts';
const LOGIN = 'app/login/route.ts';

/** Callbacks are relayed only to our own previews, and the sessions of previews are valid only there. */
export const relay = [
  ...unit(
    RELAY,
    ['cognito/relay'],
    [
      {
        id: 'relay-type',
        defense: 'other data that was sealed with the same secret is not accepted as an envelope',
        find: '      typ: TYPE,\n      requiredClaims',
        replace: '      requiredClaims',
      },
      {
        id: 'relay-bound',
        defense: 'an envelope is bound to the state before it',
        find: 'if (jti !== (await hashOf(state)))',
        replace: 'if (jti === undefined)',
      },
      {
        id: 'relay-hosts',
        defense: 'the target must be on the list, even though one of our own deployments sealed it',
        find: '|| !isPreviewOrigin(aud, relay.hosts)',
        replace: '',
      },
      {
        id: 'relay-loop',
        defense: 'a callback is not passed on to the relay itself',
        find: 'if (aud === origin)',
        replace: 'if (aud === undefined)',
      },
      {
        id: 'relay-members',
        defense: 'other parameters of a callback are not passed on',
        find: 'for (const name of PASSED_ON) {',
        replace: 'for (const name of query.keys()) {',
      },
      {
        id: 'relay-twice',
        defense: 'a repeated parameter is refused, not passed on',
        find: 'if (values.length > 1)',
        replace: 'if (values.length > 9)',
      },
      {
        id: 'relay-clock',
        defense: 'an envelope expires with its attempt',
        find: 'clockTolerance: CLOCKS,',
        replace: 'clockTolerance: 1e9,',
      },
    ],
  ),
  ...unit(
    PREVIEW,
    ['cognito/relay'],
    [
      {
        id: 'preview-dot',
        defense: 'a dot in a pattern matches only a dot',
        find: "pattern.replaceAll('.', '\\\\.')",
        replace: 'pattern',
      },
      {
        id: 'preview-label',
        defense: 'a star matches only part of one label',
        find: "'[a-z0-9-]+'",
        replace: "'.+'",
      },
      {
        id: 'preview-anchored',
        defense: 'the whole host name must match the pattern',
        find: '`^https://${host}$`',
        replace: '`^https://${host}`',
      },
      {
        id: 'preview-everybody',
        defense: "a pattern that covers other customers' hosts is refused",
        find: 'parent !== shared && parent.endsWith(shared)',
        replace: 'parent.endsWith(shared)',
      },
      {
        id: 'preview-not-ours',
        defense: "a pattern outside the site's own domain is refused",
        find: 'return shared !== undefined &&',
        replace: 'return shared === undefined ||',
      },
      {
        id: 'preview-platform',
        defense: 'on a platform, only one customer can have a name that matches',
        find: '-git-\\*-[a-z0-9-]{3,}',
        replace: '\\*-[a-z0-9-]{3,}',
      },
    ],
  ),
  ...unit(
    CONFIG,
    ['cognito/preview-config'],
    [
      {
        id: 'config-relay-secret',
        defense: 'the relay secret must differ from the session secret',
        find: "if (own.includes(value)) return { problem: 'must differ from SESSION_SECRET' };",
        replace: '',
      },
      {
        id: 'config-relay-guessable',
        defense: 'the relay secret is as random as the session secret',
        find: 'return parseSecret(value);',
        replace: 'return value;',
      },
      {
        id: 'config-preview-first',
        defense: 'a preview deployment relays nothing',
        find: "if (origin !== undefined) return { role: 'preview', secret };",
        replace: '',
      },
    ],
  ),
  ...unit(
    LOGIN,
    ['workshop/in-process/relay'],
    [
      {
        id: 'login-relay-document',
        defense: 'only a document request passes a callback on',
        find: '  if (!isDocument(request)) return responses.unauthorized();\n  try {',
        replace: '  try {',
      },
    ],
  ),
];
