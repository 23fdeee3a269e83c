import { PageShell } from '@/app/_components/page-shell';
import { SignInWithGoogle } from '../_components/sign-in-with-google';

export default function WelcomePage() {
  return (
    <PageShell path="/welcome">
      <h1>Welcome</h1>
      <SignInWithGoogle />
    </PageShell>
  );
}
