/** A form, so that signing out is a full navigation and works without JavaScript. */
export function SignOutButton({ everywhere = false }: { everywhere?: boolean }) {
  return (
    <form action="/logout" method="post">
      <button
        type="submit"
        className="button quiet"
        {...(everywhere ? { name: 'everywhere', value: 'yes' } : {})}
      >
        {everywhere ? 'Sign out everywhere' : 'Sign out'}
      </button>
    </form>
  );
}
