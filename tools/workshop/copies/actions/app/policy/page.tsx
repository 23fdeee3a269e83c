import Image from 'next/image';
import { connection } from 'next/server';
import { PageShell } from '@/app/_components/page-shell';
import { Probe } from './probe';

/** One of each thing that a Content-Security-Policy may block. */
export default async function PolicyPage() {
  await connection();
  return (
    <PageShell path="/">
      <h1>Policy</h1>
      <p id="attribute" style={{ color: 'rgb(1, 2, 3)' }}>
        A style attribute
      </p>
      <style>{'#tag { color: rgb(1, 2, 3) }'}</style>
      <p id="tag">A style without a nonce</p>
      <div style={{ position: 'relative', width: 40, height: 40 }}>
        <Image src="/icon-192.png" alt="" fill />
      </div>
      <Probe allowed={process.env.ALLOWED ?? ''} other={process.env.OTHER ?? ''} />
    </PageShell>
  );
}
