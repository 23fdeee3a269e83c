/** The pages' only style sheet. It is inlined and allowed by its hash, so it needs no nonce. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --text: #1d2330; --soft: #596171;
  --line: #d5d9e0; --field: #ffffff; --accent: #2f5bd3; --on-accent: #ffffff;
  --warn: #a3201d; --warn-back: #fdeceb; --good: #1c6434; --good-back: #e5f5ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171d; --card: #1d222b; --text: #e8eaee; --soft: #a7afbd;
    --line: #3a4250; --field: #14171d; --accent: #8fb0ff; --on-accent: #10203f;
    --warn: #ffb4ae; --warn-back: #3b1d1d; --good: #9ce0b2; --good-back: #16301f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 2rem 1rem; display: grid; place-items: center;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main {
  width: 100%; max-width: 25rem; padding: 1.75rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .75rem;
}
.badge {
  margin: 0 0 1rem; font-size: .8125rem; font-weight: 600; color: var(--soft);
}
h1 { margin: 0 0 1.25rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0 0 .25rem; font-size: 1rem; }
p { margin: 0 0 1rem; }
form + .soft { margin-top: .75rem; }
.soft { color: var(--soft); font-size: .875rem; }
.problem, .notice {
  overflow-wrap: anywhere; padding: .625rem .75rem; border-radius: .5rem;
  background: var(--warn-back); color: var(--warn);
}
.notice { background: var(--good-back); color: var(--good); }
a { color: var(--accent); }
.links { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 1rem 0; font-size: .9375rem; }
.links a { padding: .25rem 0; }
.hint { margin: -.625rem 0 1rem; font-size: .8125rem; }
.again {
  display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
  justify-content: space-between; margin-top: 1.25rem;
}
.again .soft { margin: 0; }
.qr { width: 12rem; margin: 0 auto 1rem; }
.qr svg { display: block; width: 100%; height: auto; border-radius: .5rem; }
h1, h2, code { overflow-wrap: anywhere; }
label { display: block; margin-bottom: .25rem; font-weight: 600; font-size: .875rem; }
input {
  width: 100%; margin-bottom: 1rem; padding: .625rem .75rem; font: inherit; color: inherit;
  background: var(--field); border: 1px solid var(--soft); border-radius: .5rem;
}
button, .button {
  min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  border: 1px solid var(--accent); border-radius: .5rem;
  background: var(--accent); color: var(--on-accent);
}
button.wide { width: 100%; }
button.passkey { margin-top: .75rem; }
.button { display: block; text-align: center; text-decoration: none; }
.button, button.second { background: transparent; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
section { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
ul { list-style: none; margin: .75rem 0 0; padding: 0; }
li {
  display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .5rem 0;
}
li p { margin: 0; min-width: 0; overflow-wrap: anywhere; }
li form { flex: none; }
code { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
main.wide { max-width: 46rem; }
.notice { scroll-margin-top: 12rem; }
.notice:focus { outline: 3px solid var(--good); outline-offset: 2px; }
.choices { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: .5rem; }
.choices button { flex: 1 1 auto; }
.choices + .soft { margin: .75rem 0 0; }
[aria-current] { box-shadow: inset 0 0 0 2px var(--accent); }
.now { display: block; font-size: .8125rem; font-weight: 400; line-height: 1.25; }
div.problem { margin-bottom: .75rem; padding: .75rem; }
.problem p { margin: 0; }
.problem form { margin-top: .75rem; }
.rest { display: block; width: 100%; height: .375rem; margin-top: .625rem; fill: var(--warn); }
.off { color: var(--warn); font-size: .875rem; }
dl { margin: 0 0 1rem; font-size: .875rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; color: var(--soft); }
.people li { flex-wrap: wrap; gap: .5rem 1rem; padding: .75rem 0; border-top: 1px solid var(--line); }
.people p { flex: 1 1 10rem; }
.people form { flex: 0 1 auto; display: flex; flex-wrap: wrap; gap: .5rem; }
.people button { padding: .5rem .75rem; font-size: .9375rem; }
@media (prefers-reduced-motion: reduce) { .rest { display: none; } }
footer { margin-top: 1.5rem; }
footer p { margin: 0; }
`;
