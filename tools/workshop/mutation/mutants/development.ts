import { unit } from '../mutant';

/** What `next dev` has for developers reaches only this machine. */
export const development = unit(
  'lib/cognito/requests/developer-requests.ts',
  ['cognito/developer-requests'],
  [
    {
      id: 'dev-host',
      defense: 'a name that was pointed at this machine gets nothing of the developer',
      find: 'return isLocal ? undefined : { status: 403 };',
      replace: 'return undefined;',
    },
    {
      id: 'dev-path',
      defense: 'a path is compared as Next will read it',
      find: "asUrl(target, 'http://localhost')?.pathname ?? '/'",
      replace: 'target',
    },
    {
      id: 'dev-visitors',
      defense: 'all of `/_next` is for developers, except files',
      find: 'static|image',
      replace: 'static|image|hmr',
    },
    {
      id: 'dev-upgrade',
      defense: 'a refused WebSocket is closed',
      find: 'connection.destroy()',
      replace: 'connection.resume()',
    },
    {
      id: 'dev-origin',
      defense: 'a redirect leads to the configured origin only',
      find: '`${site.origin}${target}`',
      replace: '`${site.origin}${url}`',
    },
    {
      id: 'dev-loop',
      defense: 'a proxy that sends a loopback Host causes no redirect loop',
      find: 'if (isLocal && !isLoopback(site)) return undefined;',
      replace: '',
    },
  ],
);
