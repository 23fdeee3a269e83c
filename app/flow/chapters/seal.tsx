import { timeLeft } from '@/app/_components/time';
import { Chapter } from '../chapter';
import type { CookieAnatomy } from '../cookie-anatomy';
import type { Evidence } from '../evidence-of';
import styles from '../flow.module.css';
import { type BarPart, StackedBar } from '../stacked-bar';

/** The session cookie: its content and its size. */
export function Seal({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { cookie } = evidence;
  const { received, plain, sealed, limits } = cookie;
  return (
    <Chapter step="seal" done={done}>
      <p>
        The site encrypts the tokens with its own secret and stores them in the session cookie.
        Scripts can’t read it, and any change makes it invalid. Nothing is stored on the server.
      </p>
      <p>
        Browsers limit each cookie to {limits.piece.toLocaleString('en')} bytes, and proxies limit
        all cookies together to about 8,000. So the site packs the tokens’{' '}
        {received.total.toLocaleString('en')} characters into {plain.toLocaleString('en')} bytes, or{' '}
        {sealed.toLocaleString('en')} once encrypted.
      </p>
      <StackedBar
        label="Received, in characters"
        scale={limits.all}
        parts={[
          { kind: 'id', name: NAMES.id, size: received.id },
          { kind: 'access', name: NAMES.access, size: received.access },
          { kind: 'refresh', name: NAMES.refresh, size: received.refresh },
        ]}
      />
      <StackedBar label="Packed, in bytes" scale={limits.all} parts={packedParts(cookie)} />
      <StackedBar
        label={`In the browser: ${cookie.pieces.length === 1 ? 'one cookie' : `${cookie.pieces.length} cookies`}, ${cookie.total.toLocaleString('en')} of ${limits.all.toLocaleString('en')} bytes`}
        scale={limits.all}
        mark={limits.piece}
        parts={cookie.pieces.map(({ name, bytes }) => ({ kind: 'sealed', name, size: bytes }))}
      />
      <p className={styles.note}>
        {cookie.attributes.join('; ')}. Expires {timeLeft(cookie.lifetime, 0)} after sign-in.
      </p>
    </Chapter>
  );
}

const NAMES = { id: 'ID token', access: 'access token', refresh: 'refresh token' } as const;

function packedParts({ packed }: CookieAnatomy): BarPart[] {
  return packed.map(({ part, token, bytes }) => ({
    kind: token,
    name: token === 'shared' || token === 'frame' ? part : `${NAMES[token]}: ${part}`,
    size: bytes,
  }));
}
