import form from '@/app/_components/form/form.module.css';
import type { Passkeys } from '@/lib/account/read';
import { ownerTag } from '@/lib/kept-form';
import styles from './passkeys.module.css';

type Passkey = NonNullable<Passkeys['list']>[number];

/** The passkeys with their names, which Cognito chooses, and a button to delete each. */
export function PasskeyList({ sub, list }: { sub: string; list: readonly Passkey[] }) {
  if (list.length === 0) return <p id="passkey-list">You have no passkeys yet.</p>;
  const owner = ownerTag(sub);
  return (
    <>
      <ul className={styles.list} id="passkey-list">
        {list.map((passkey) => (
          <Item key={passkey.id} passkey={passkey} owner={owner} />
        ))}
      </ul>
      <p className={form.hint}>
        Deleting a passkey here doesn’t remove it from your device or password manager.
      </p>
    </>
  );
}

function Item({ passkey, owner }: { passkey: Passkey; owner: string }) {
  const { id, name = 'Passkey', createdAt } = passkey;
  const added = createdAt === undefined ? '' : dateOf(createdAt);
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {added ? (
          <span>
            added on <time dateTime={added}>{added}</time>
          </span>
        ) : null}
      </div>
      <form action="/account/save" method="post">
        <input type="hidden" name="form" value="passkey" />
        <input type="hidden" name="owner" value={owner} />
        <input type="hidden" name="id" value={id} />
        <button type="submit" className="button quiet" aria-label={labelOf(name, added)}>
          Delete
        </button>
      </form>
    </li>
  );
}

function labelOf(name: string, added: string): string {
  return added ? `Delete ${name}, added on ${added}` : `Delete ${name}`;
}

/** The day in UTC; '' for a number that is no date. */
function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
