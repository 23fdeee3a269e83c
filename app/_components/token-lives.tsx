import type { TokenLife, Visitor } from '@/lib/cognito';
import { Moment, timeLeft } from './time';

type Lives = (Visitor & { state: 'signed-in' })['lives'];

/** How long the three tokens live; the tokens themselves never leave the server. */
export function TokenLives({ lives }: { lives: Lives }) {
  const now = Date.now() / 1000;
  return (
    <table className="wide">
      <caption>Your three tokens</caption>
      <thead>
        <tr>
          <th scope="col">Token</th>
          <th scope="col">Issued</th>
          <th scope="col">Ends</th>
          <th scope="col">Left</th>
        </tr>
      </thead>
      <tbody>
        <Row name="ID token" life={lives.id} now={now} />
        <Row name="Access token" life={lives.access} now={now} />
        <Row name="Refresh token" life={lives.refresh} now={now} atMost />
      </tbody>
    </table>
  );
}

function Row({
  name,
  life,
  now,
  atMost = false,
}: {
  name: string;
  life: TokenLife;
  now: number;
  atMost?: boolean;
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Moment at={life.issuedAt} />
      </td>
      <td>
        <Moment at={life.expiresAt} />
      </td>
      <td>
        {atMost ? 'at most ' : ''}
        {timeLeft(life.expiresAt, now)}
      </td>
    </tr>
  );
}
