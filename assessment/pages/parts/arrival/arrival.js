// Arriving on a page: its language for screen readers, its title, the top of it, and the focus on its heading.
// Streamlit sets none of these, and opens a page where the last one was scrolled to.
let before = '';

export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.title = data.title;
  if (before === data.page) return;
  const arrived = before !== '';
  before = data.page;
  if (!arrived) return;
  requestAnimationFrame(() => {
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    const heading = document.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  });
}
