import { Reference } from './reference';

/** What someone sees who is signed in, but not in the group. */
export function Forbidden({ group }: { group?: string | undefined }) {
  return (
    <>
      <h1>This page is not for your account</h1>
      <p className="lead">
        {group ? (
          <>
            It is for members of the group <code>{group}</code>, and you are not one of them.
          </>
        ) : (
          'It is for members of a group that you are not in.'
        )}
      </p>
      <p>
        If you should be, ask the operator of this site to add you; then refresh your session on
        your profile.
      </p>
      <p>
        <a className="button" href="/profile">
          Go to your profile
        </a>
      </p>
      <Reference />
    </>
  );
}
