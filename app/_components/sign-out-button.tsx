/**
 * A form, so that sign-out is a full page load and works without JavaScript.
 *
 * @param props.everywhere signs out on all devices
 * @param props.className replaces the look of a button
 */
export function SignOutButton(props: {
  everywhere?: boolean;
  label?: string;
  className?: string | undefined;
}) {
  const { everywhere = false, className = 'button quiet' } = props;
  const { label = everywhere ? 'Sign out everywhere' : 'Sign out' } = props;
  return (
    <form action="/logout" method="post">
      <button
        type="submit"
        className={className}
        {...(everywhere ? { name: 'everywhere', value: 'yes' } : {})}
      >
        {label}
      </button>
    </form>
  );
}
