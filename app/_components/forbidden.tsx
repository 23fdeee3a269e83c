import { Reference } from './reference';

/** The 403 page, for a signed-in user who isn't in the required group. */
export function Forbidden({ group }: { group?: string | undefined }) {
  return (
    <>
      <h1>You do not have access to this page</h1>
      <p className="lead">
        {group ? (
          <>
            Only members of the group <code>{group}</code> can open it.
          </>
        ) : (
          'Only members of a group that you are not in can open it.'
        )}
      </p>
      <p>
        If you need access, ask the site operator to add you to the group. Then sign out, and sign
        in again.
      </p>
      <p>
        <a className="button" href="/account">
          Go to your account
        </a>
      </p>
      <Reference />
    </>
  );
}
