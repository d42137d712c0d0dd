// A text area reaches the server only when it is left or on Ctrl+Enter. A note would be lost with a closed tab,
// so this presses Ctrl+Enter a moment after the last letter, and at once when the page is put away.
const PAUSE = 700;
const waiting = new Map();
let listening = false;

function send(area) {
  clearTimeout(waiting.get(area));
  waiting.delete(area);
  if (!area.isConnected) return;
  area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true }));
}

function sendAll() {
  [...waiting.keys()].forEach(send);
}

export default function ({ data }) {
  if (listening) return;
  listening = true;
  const ours = `[class*="st-key-${data.prefix}"] textarea`;
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof Element) || !target.matches(ours)) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => send(target), PAUSE));
  });
  document.addEventListener('visibilitychange', () => document.hidden && sendAll());
  addEventListener('pagehide', sendAll);
}
