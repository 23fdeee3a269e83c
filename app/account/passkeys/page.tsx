import { ErrorSummary } from '@/app/_components/form/field';
import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { RECENT } from '@/lib/account/form';
import { isFederated, providerOf } from '@/lib/account/provider';
import { type Passkeys, readPasskeys } from '@/lib/account/read';
import { requireRecentSignIn } from '@/lib/cognito';
import { keptForm, ownerTag } from '@/lib/kept-form';
import { pageMetadata } from '@/lib/page-metadata';
import styles from '../account.module.css';

const PATH = '/account/passkeys';
export const metadata = pageMetadata(PATH);
/** Cognito refuses another one. */
const MOST = 20;

/** The user’s passkeys: the list, and the ways to delete one and to add one. Needs a recent sign-in. */
export default async function PasskeysPage() {
  const user = await requireRecentSignIn(RECENT, PATH);
  return (
    <PageShell path={PATH}>
      <p>
        <a href="/account">Your account</a>
      </p>
      <h1>Passkeys</h1>
      {isFederated(user) ? (
        <p>You sign in with {providerOf(user)}. Set up passkeys there.</p>
      ) : (
        <OwnPasskeys sub={user.sub} />
      )}
    </PageShell>
  );
}

async function OwnPasskeys({ sub }: { sub: string }) {
  const [{ list, supported, problem }, kept] = await Promise.all([
    readPasskeys(),
    keptForm(PATH, sub),
  ]);
  const error = kept?.errors.form;
  if (!supported && !list?.length) return <p>This site doesn’t support passkeys.</p>;
  return (
    <>
      <p className="lead">
        A passkey signs you in with your fingerprint, your face or your screen lock, without a
        password.
      </p>
      <ErrorSummary errors={error ? [['passkey-list', error]] : []} />
      {kept && !error ? (
        <Notice>
          Nothing was deleted. You had to sign in again, or the site could not check your session.
        </Notice>
      ) : null}
      {problem ? <Notice>{problem}</Notice> : null}
      {list ? <PasskeyList sub={sub} list={list} /> : null}
      {supported && list && list.length < MOST ? (
        <>
          <p className={styles.add}>
            <a href={`${PATH}/add`} className="button">
              Add a passkey
            </a>
          </p>
          <p className={form.hint}>
            This opens the sign-in page, which is where the passkey is created.
          </p>
        </>
      ) : null}
    </>
  );
}

function Notice({ children }: { children: string }) {
  return (
    <p className={form.notice} role="status">
      {children}
    </p>
  );
}

type Passkey = NonNullable<Passkeys['list']>[number];

/** The passkeys with their names, which Cognito chooses, and a button to delete each. */
function PasskeyList({ sub, list }: { sub: string; list: readonly Passkey[] }) {
  if (list.length === 0) return <p id="passkey-list">You have no passkeys yet.</p>;
  const owner = ownerTag(sub);
  return (
    <>
      <ul className={styles.passkeys} id="passkey-list">
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
