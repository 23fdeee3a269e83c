'use client';

import { useState } from 'react';
import { useVisitor } from '@/app/_components/visitor';
import { fetchJson } from '@/lib/fetch-json';

/** Shows the visitor, calls an API, and shows the result. */
export function CallApi() {
  const visitor = useVisitor();
  const [result, setResult] = useState('');
  const call = async (path: string) => {
    const fetched = await fetchJson(path);
    setResult(fetched.ok ? JSON.stringify(fetched.data) : fetched.message);
  };
  return (
    <>
      <p id="visitor">
        {visitor.state === 'signed-in'
          ? [visitor.name, ...visitor.groups].join(', ')
          : visitor.state}
      </p>
      {['hello', 'recent', 'broken'].map((name) => (
        <button key={name} id={name} type="button" onClick={() => call(`/api/${name}`)}>
          {name}
        </button>
      ))}
      <output>{result}</output>
    </>
  );
}
