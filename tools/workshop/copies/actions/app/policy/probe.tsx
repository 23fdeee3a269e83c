'use client';

import { useEffect, useState } from 'react';

/** Tries everything, and shows what worked. */
export function Probe({ allowed, other }: { allowed: string; other: string }) {
  const [result, setResult] = useState('');
  useEffect(() => {
    probe(allowed, other).then((found) => setResult(JSON.stringify(found)));
  }, [allowed, other]);
  return <output id="result">{result}</output>;
}

async function probe(allowed: string, other: string): Promise<Record<string, boolean>> {
  const found: Record<string, boolean> = {
    attribute: colorOf('attribute'),
    tag: colorOf('tag'),
    fill:
      getComputedStyle(document.querySelector('main img') ?? document.body).position === 'absolute',
    upload: await shows(URL.createObjectURL(await (await fetch('/icon-192.png')).blob())),
  };
  for (const [name, origin] of [
    ['allowed', allowed],
    ['other', other],
  ]) {
    found[`${name} image`] = await shows(`${origin}/pixel.svg`);
    found[`${name} connection`] = await fetch(`${origin}/data`).then(
      () => true,
      () => false,
    );
    found[`${name} font`] = await new FontFace('probe', `url(${origin}/font.woff2)`).load().then(
      () => true,
      () => false,
    );
    found[`${name} style`] = await loads(
      Object.assign(document.createElement('link'), {
        rel: 'stylesheet',
        href: `${origin}/style.css`,
      }),
    );
    found[`${name} frame`] = await frames(`${origin}/frame`);
    found[`${name} in a worker`] = await inWorker(`${origin}/data`);
  }
  return found;
}

function colorOf(id: string): boolean {
  const element = document.getElementById(id);
  return element !== null && getComputedStyle(element).color === 'rgb(1, 2, 3)';
}

function shows(src: string): Promise<boolean> {
  const image = new Image();
  image.src = src;
  return image.decode().then(
    () => true,
    () => false,
  );
}

function loads(element: HTMLElement): Promise<boolean> {
  return new Promise((resolve) => {
    element.onload = () => resolve(true);
    element.onerror = () => resolve(false);
    document.head.append(element);
  });
}

/** A frame that the policy blocks loads, too: an error page. Only the other page says hello. */
function frames(src: string): Promise<boolean> {
  const frame = document.createElement('iframe');
  return new Promise((resolve) => {
    window.addEventListener('message', (event) => {
      if (event.source === frame.contentWindow) resolve(true);
    });
    document.addEventListener('securitypolicyviolation', (event) => {
      if (event.effectiveDirective === 'frame-src') resolve(false);
    });
    frame.src = src;
    document.body.append(frame);
  });
}

function inWorker(url: string): Promise<boolean> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data === 'reached');
    worker.onerror = () => resolve(false);
    worker.postMessage(url);
  });
}
