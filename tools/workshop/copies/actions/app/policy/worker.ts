/** Fetches an address, in a bundled web worker. */
self.onmessage = async ({ data }: MessageEvent<string>) => {
  const reached = await fetch(data).then(
    () => 'reached',
    () => 'blocked',
  );
  self.postMessage(reached);
};
