export const contentType = 'image/svg+xml';

/** An image that Next serves for the page. */
export default function Image() {
  const headers = { 'Content-Type': contentType };
  return new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers });
}
