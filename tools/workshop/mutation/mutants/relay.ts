import { unit } from '../mutant';

const RELAY = 'lib/cognito/previews/relay.ts';
const PREVIEW = 'lib/cognito/previews/preview-hosts.ts';
const CONFIG = 'lib/cognito/config/preview-settings.ts';
const LOGIN = 'app/login/route.ts';

/** Callbacks go on to our own previews alone, and sessions of previews stay there. */
export const relay = [
  ...unit(
    RELAY,
    ['cognito/relay'],
    [
      {
        id: 'relay-type',
        defence: 'nothing else that was sealed with the secret passes for an envelope',
        find: '      typ: TYPE,\n      requiredClaims',
        replace: '      requiredClaims',
      },
      {
        id: 'relay-bound',
        defence: 'an envelope belongs to the random text before it',
        find: "if (id === undefined || id === '' || jti !== id)",
        replace: "if (id === 'never')",
      },
      {
        id: 'relay-hosts',
        defence: 'a target is on the list, though it was sealed by one of ours',
        find: '|| !isPreviewOrigin(aud, relay.hosts)',
        replace: '',
      },
      {
        id: 'relay-loop',
        defence: 'no callback is passed on in a circle',
        find: 'if (aud === origin)',
        replace: 'if (aud === undefined)',
      },
      {
        id: 'relay-members',
        defence: 'what else stands in the address of a callback is not passed on',
        find: 'for (const name of PASSED_ON) {',
        replace: 'for (const name of query.keys()) {',
      },
      {
        id: 'relay-twice',
        defence: 'no parameter is passed on that comes twice',
        find: 'if (values.length > 1)',
        replace: 'if (values.length > 9)',
      },
      {
        id: 'relay-clock',
        defence: 'an envelope ends with its attempt',
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
        defence: 'a dot of a pattern is a dot',
        find: "pattern.replaceAll('.', '\\\\.')",
        replace: 'pattern',
      },
      {
        id: 'preview-label',
        defence: 'a star is a part of one label',
        find: "'[a-z0-9-]+'",
        replace: "'.+'",
      },
      {
        id: 'preview-anchored',
        defence: 'a target is on the list as a whole',
        find: '`^https://${host}$`',
        replace: '`^https://${host}`',
      },
      {
        id: 'preview-everybody',
        defence: 'a pattern that names everybody’s hosts is refused',
        find: 'labels.length >= 4',
        replace: 'labels.length >= 2',
      },
    ],
  ),
  ...unit(
    CONFIG,
    ['cognito/preview-config'],
    [
      {
        id: 'config-relay-secret',
        defence: 'the secret of the relay is not the session secret',
        find: "if (own.includes(value)) return { problem: 'must differ from SESSION_SECRET' };",
        replace: '',
      },
      {
        id: 'config-preview-first',
        defence: 'a preview relays nothing',
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
        defence: 'a callback is passed on for documents alone',
        find: '  if (!isDocument(request)) return responses.unauthorized();\n  const query = request.nextUrl.searchParams;\n  try {',
        replace: '  const query = request.nextUrl.searchParams;\n  try {',
      },
    ],
  ),
];
