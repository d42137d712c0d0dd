// Statements, scenes and the look back at what was skipped: one page at a time, all of it on the phone,
// so that a tunnel stops nobody. Every tap is kept on the device, sent at once, and sent again until
// the server has it; `rev` says which of two answers is the newer, whatever the clocks say.
//
// Tried on Streamlit 1.67: this function is called again when the data changed (not at every rerun), with the
// same place and without the cleanup of the call before; the cleanup only runs when the place goes away. So
// nothing that must outlive a call hangs on one: a `Sheet` lives in this module, one per sitting, with its own
// timer and listeners; a call only hands it the place to draw in and the newest words.
//
// An adaptive sitting is built as one goes: every reply names the fields still wanted, in order (`next`), and each
// page takes the first of them that were not shown yet. Without a network it goes on by the last `next` it heard.

const PAUSES = [1000, 2000, 4000, 8000, 15000, 30000];
const LONGEST_WAIT = 15000;
const LONGEST_LOOK = 1500; // that Next waits for the newest word on what is still wanted
const MOST = 200;
const sheets = new Map();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!sheets.has(data.sitting)) sheets.set(data.sitting, new Sheet(data));
  sheets.get(data.sitting).show(data, parentElement, () => setTriggerValue('done', true));
}

class Sheet {
  constructor(data) {
    this.name = `carefit:${data.sitting}`;
    this.answers = new Map(Object.entries(data.answers));
    this.revs = new Map(Object.entries(data.revs));
    this.pending = new Map();
    this.late = [];
    this.stopped = '';
    this.tries = 0;
    this.shelfWorks = true;
    this.takeFromShelf();
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.flush());
    window.addEventListener('pagehide', () => this.flush());
    window.addEventListener('online', () => this.send());
    window.addEventListener('storage', (event) => event.key === this.name && this.takeFromShelf() && this.redraw());
    window.addEventListener('popstate', (event) => this.turnBack(event.state));
  }

  // Drawing ------------------------------------------------------------------------------------------------

  show(data, place, done) {
    const other = this.place !== place || this.data?.language !== data.language;
    Object.assign(this, { data, place, done });
    for (const [item, rev] of Object.entries(data.revs)) {
      if (rev > (this.revs.get(item) ?? 0)) this.stand(item, data.answers[item] ?? null, rev);
    }
    document.documentElement.lang = data.language;
    this.lines = new Set(data.items.map((item) => item.id));
    this.hearNext(data);
    if (!other) return;
    if (data.adaptive && !this.met) {
      this.met = inPages([...this.lines].filter((id) => this.has(id)), data.per_page);
      this.grow(this.met);
    }
    this.layPages();
    this.page ??= this.firstOpenPage();
    history.replaceState({ ...history.state, carefit: this.page }, '');
    this.redraw();
    this.send();
  }

  redraw() {
    if (!this.place) return;
    const page = this.pages[this.page];
    const { words } = this.data;
    this.find('heading').textContent = page.heading;
    this.find('said').replaceChildren(...page.said.map((text) => make('p', { textContent: text })));
    this.find('sheet').replaceChildren(...page.draw(this));
    const back = make('button', { type: 'button', textContent: words.back, className: 'second' });
    back.addEventListener('click', () => this.turn(this.page - 1));
    const ways = this.page ? [back] : [];
    if (page.kind !== 'review') {
      const next = make('button', { type: 'button', textContent: words.next });
      next.addEventListener('click', () => (this.data.adaptive ? this.lookAndTurn() : this.turn(this.page + 1)));
      ways.unshift(next);
    }
    this.find('ways').replaceChildren(...ways);
    this.progress();
    this.say();
  }

  turn(page) {
    history.pushState({ ...history.state, carefit: page }, '');
    this.goTo(page);
  }

  turnBack(state) {
    if (this.place?.isConnected && Number.isInteger(state?.carefit) && this.pages[state.carefit]) this.goTo(state.carefit);
  }

  goTo(page) {
    this.page = page;
    this.notice = '';
    this.redraw();
    this.readFrom = performance.now();
    const heading = this.find('heading');
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start' }); // not the line above it: that sticks to the top, so it is always in view
  }

  firstOpenPage() {
    const open = this.pages.findIndex((page) => page.fields.some((field) => !this.has(field)));
    return open === -1 ? this.pages.length - 1 : open;
  }

  layPages() {
    this.pages = pagesOf(this.data, this.met ?? inPages([...this.lines], this.data.per_page), this.late);
  }

  // Adaptive: which pages come ------------------------------------------------------------------------------

  hearNext({ next, about }) {
    if (!this.data.adaptive || !next) return;
    this.next = next;
    this.about = about;
    if (this.pages) this.progress();
  }

  // One page more of what is wanted and was not shown yet; false where there is none.
  grow(pages) {
    const shown = new Set([...this.met, ...this.late].flat());
    const fresh = this.next.filter((field) => this.lines.has(field) && !shown.has(field) && !this.has(field));
    if (!fresh.length) return false;
    pages.push(fresh.slice(0, this.data.per_page));
    this.layPages();
    return true;
  }

  async lookAndTurn() {
    const from = this.page;
    if (this.pending.size && !this.tries && !this.looking) {
      this.looking = true; // a second tap does not wait
      await Promise.race([this.send(), new Promise((resolve) => setTimeout(resolve, LONGEST_LOOK))]);
      this.looking = false;
      if (this.page !== from) return;
    }
    if (from === this.met.length - 1) this.grow(this.met);
    if (this.pages[from + 1].kind === 'review') this.grow(this.late); // an answer was changed: a few more lines
    this.turn(from + 1);
  }

  // The last answers asked for more, or for a line that was skipped: show that instead of handing in.
  wantsMore(skip) {
    if (this.grow(this.late)) this.turn(this.pages.length - 2);
    else if (!skip && this.openFields().length) this.redraw();
    else return false;
    return true;
  }

  // Fields that were shown, are open, and are wanted still.
  openFields() {
    const wanted = this.data.adaptive ? new Set(this.next) : null;
    const open = (field) => !this.has(field) && (!wanted || wanted.has(field));
    return this.pages.flatMap((page, at) => page.fields.filter(open).map((field) => ({ field, at })));
  }

  // Lines still to come and all fields to come, as far as one can tell from the last reply and the taps since.
  stillToCome() {
    const open = this.next.filter((field) => !this.has(field));
    const scenes = open.filter((field) => !this.lines.has(field)).length;
    const here = this.pages[this.page].fields.filter((field) => this.lines.has(field) && open.includes(field)).length;
    const answered = this.next.length - open.length;
    const lines = open.length > scenes ? Math.max(this.about - answered - scenes, here) : 0;
    return { lines, fields: lines + scenes };
  }

  progress() {
    const { data } = this;
    if (data.adaptive) return this.progressAdaptive();
    const page = this.pages[this.page];
    const lines = data.items.map((item) => item.id);
    const done = lines.filter((id) => this.has(id)).length;
    const fields = this.pages.flatMap((p) => p.fields);
    const all = fields.filter((field) => this.has(field)).length;
    this.find('progress').textContent = page.kind === 'scene' ? page.count : put(data.words.progress, { done, all: lines.length });
    this.find('bar').style.width = `${(100 * all) / fields.length}%`;
  }

  progressAdaptive() {
    const { words } = this.data;
    const page = this.pages[this.page];
    const done = [...this.answers.keys()].filter((field) => this.has(field));
    const { lines, fields } = this.stillToCome();
    const text = lines ? put(words.about, { n: lines }) : put(words.done, { done: done.filter((field) => this.lines.has(field)).length });
    this.find('progress').textContent = page.kind === 'scene' ? page.count : text;
    this.find('bar').style.width = `${(100 * done.length) / (done.length + fields)}%`;
  }

  say() {
    if (!this.place) return;
    const { words } = this.data;
    let state = this.touched ? 'saved' : '';
    if (this.stopped) state = this.stopped;
    else if (this.pending.size && this.tries) state = this.shelfWorks ? 'offline' : 'unsaved';
    else if (this.pending.size) state = 'saving';
    const text = this.notice || words[state] || '';
    const line = this.find('state');
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = this.notice ? 'notice' : state;
  }

  find(id) {
    return this.place.querySelector(`#${id}`);
  }

  // Answers ------------------------------------------------------------------------------------------------

  has(field) {
    return this.answers.get(field) !== undefined && this.answers.get(field) !== null;
  }

  keep(field, value) {
    this.takeFromShelf();
    const rev = Math.max(this.revs.get(field) ?? 0, this.pending.get(field)?.rev ?? 0) + 1;
    const now = performance.now();
    const ms = Math.round(now - (this.readFrom ?? 0)); // since the page came up, or the answer before this one
    this.readFrom = now;
    this.answers.set(field, value);
    this.pending.set(field, { item: field, value, rev, ms });
    this.touched = true;
    this.notice = '';
    this.tries = 0;
    this.putOnShelf();
    this.progress();
    this.send();
  }

  // What the server says stands, unless a newer tap is still on its way.
  stand(field, value, rev) {
    const mine = this.pending.get(field);
    this.revs.set(field, rev);
    if (mine && mine.rev > rev) return false;
    this.pending.delete(field);
    const changed = (this.answers.get(field) ?? null) !== (value ?? null);
    this.answers.set(field, value ?? null);
    return changed;
  }

  // The shelf: this device's own memory, shared by its tabs ------------------------------------------------

  takeFromShelf() {
    let shelf = {};
    try {
      shelf = JSON.parse(localStorage.getItem(this.name)) ?? {};
    } catch {
      this.shelfWorks = false;
    }
    let news = false;
    for (const [field, tap] of Object.entries(shelf)) {
      if (tap.aside || tap.rev <= (this.pending.get(field)?.rev ?? this.revs.get(field) ?? 0)) continue;
      this.pending.set(field, tap);
      this.answers.set(field, tap.value);
      news = true;
    }
    return news;
  }

  putOnShelf() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name)) ?? {};
      for (const [field, tap] of Object.entries(kept)) {
        const rev = this.revs.get(field) ?? 0;
        if (!tap.aside && tap.rev > rev && !this.pending.has(field)) continue; // another tab's tap, still on its way
        if (!tap.aside) delete kept[field];
      }
      for (const [field, tap] of this.pending) kept[field] = tap;
      if (Object.keys(kept).length) localStorage.setItem(this.name, JSON.stringify(kept));
      else localStorage.removeItem(this.name);
      this.shelfWorks = true;
    } catch {
      this.shelfWorks = false; // a private window may refuse; the answers still go out over the network
    }
  }

  setAside(fields) {
    for (const field of fields) {
      const tap = this.pending.get(field);
      this.pending.delete(field);
      try {
        const kept = JSON.parse(localStorage.getItem(this.name)) ?? {};
        kept[field] = { ...tap, aside: true };
        localStorage.setItem(this.name, JSON.stringify(kept));
      } catch {
        this.shelfWorks = false;
      }
    }
  }

  // Sending ------------------------------------------------------------------------------------------------

  // One call at a time; whoever waits for it waits for every tap so far.
  send() {
    clearTimeout(this.timer);
    if (!this.sending && !this.stopped && this.pending.size) {
      this.sending = this.deliver().finally(() => {
        this.sending = null;
        this.say();
      });
    }
    this.say();
    return this.sending ?? Promise.resolve();
  }

  async deliver() {
    while (this.pending.size && !this.stopped) {
      const batch = [...this.pending.values()].slice(0, MOST);
      try {
        await this.hear(await this.post(this.data.url, { answers: batch }), batch);
        this.tries = 0;
      } catch {
        const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
        this.tries += 1;
        this.timer = setTimeout(() => this.send(), pause * (0.75 + Math.random() / 2));
        return;
      }
    }
  }

  async hear(reply, batch) {
    if (reply.ok) {
      let elsewhere = false;
      const heard = await reply.json();
      for (const { item, value, rev } of heard.saved) elsewhere = this.stand(item, value, rev) || elsewhere;
      this.hearNext(heard);
      this.putOnShelf();
      if (!elsewhere) return;
      this.notice = this.data.words.elsewhere;
      this.redraw();
    } else if (reply.status === 401 || reply.status === 403) {
      this.stopped = 'door'; // kept on the device; sent when the link is opened again
    } else if (reply.status === 409) {
      this.setAside(this.pending.keys());
      this.stopped = 'closed';
    } else if (reply.status === 422) {
      const { error = '', item } = await reply.json();
      const bad = batch.filter((tap) => tap.item === item || (!item && error.includes(tap.item)));
      this.setAside((bad.length ? bad : batch).map((tap) => tap.item));
    } else {
      throw new Error(`${reply.status}`);
    }
  }

  // The page may be gone in a moment: send what is open now, even beside a call that is on its way.
  flush() {
    if (!this.pending.size || this.stopped) return;
    const batch = [...this.pending.values()].slice(0, MOST);
    this.post(this.data.url, { answers: batch }).then((reply) => this.hear(reply, batch), () => {});
  }

  post(url, body) {
    return fetch(url, {
      method: 'POST',
      keepalive: true,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(LONGEST_WAIT),
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'carefit' },
      body: JSON.stringify({ ...body, sitting: this.data.sitting }), // another person's link may be open in this browser
    });
  }

  async finish(skip) {
    this.tries = 0;
    await this.send();
    const { words } = this.data;
    try {
      if (this.pending.size) throw new Error('answers are still on their way');
      if (this.data.adaptive && this.wantsMore(skip)) return false;
      const reply = await this.post(this.data.submit_url, { skip });
      if (!reply.ok && reply.status !== 409) throw new Error(`${reply.status}`);
      try {
        localStorage.removeItem(this.name);
      } catch {
        this.shelfWorks = false;
      }
      this.done();
    } catch {
      this.notice = this.stopped ? words[this.stopped] : words.later;
      this.say();
      return false;
    }
    return true;
  }
}

// The pages ------------------------------------------------------------------------------------------------

function inPages(ids, perPage) {
  return Array.from({ length: Math.ceil(ids.length / perPage) }, (_, at) => ids.slice(at * perPage, (at + 1) * perPage));
}

function pagesOf(data, lines, late) {
  const { words } = data;
  const byId = new Map(data.items.map((item) => [item.id, item]));
  const statements = (ids) => ({
    kind: 'statements',
    heading: words.ask,
    said: [],
    fields: ids,
    draw: (sheet) => ids.map((id) => statement(sheet, byId.get(id))),
  });
  const pages = lines.map(statements);
  data.scenarios.forEach((scene, at) => {
    pages.push({
      kind: 'scene',
      heading: words.question,
      count: put(words.scene, { at: at + 1, all: data.scenarios.length }),
      said: at ? [] : [words.intro],
      fields: [`${scene.id}.best`, `${scene.id}.worst`],
      draw: (sheet) => [sceneOf(sheet, scene)],
    });
  });
  pages.push(...late.map(statements));
  pages.push({ kind: 'review', heading: words.review, said: [], fields: [], draw: review });
  return pages;
}

function statement(sheet, item) {
  const { labels, words } = sheet.data;
  const chosen = sheet.answers.get(item.id);
  const fieldset = make('fieldset');
  const clear = make('button', { type: 'button', className: 'clear', textContent: words.clear });
  clear.setAttribute('aria-label', `${words.clear}: ${item.text}`);
  clear.hidden = !sheet.has(item.id);
  const options = labels.map((words, at) => option(item.id, at + 1, words, chosen === at + 1));
  const scale = make('div', { className: 'scale' });
  scale.append(...options);
  scale.addEventListener('change', (event) => {
    clear.hidden = false;
    sheet.keep(item.id, Number(event.target.value));
  });
  clear.addEventListener('click', () => {
    for (const input of scale.querySelectorAll('input')) input.checked = false;
    clear.hidden = true;
    scale.querySelector('input').focus();
    sheet.keep(item.id, null);
  });
  fieldset.append(make('legend', { textContent: item.text }), scale, clear);
  return fieldset;
}

function sceneOf(sheet, scene) {
  const { words } = sheet.data;
  const fieldset = make('fieldset', { className: 'scene' });
  fieldset.append(make('legend', { textContent: scene.stem }));
  for (const { letter, text } of scene.options) {
    const card = make('div', { className: 'card' });
    const said = make('p', { textContent: text, id: `${scene.id}-${letter}` });
    const picks = make('div', { className: 'picks' });
    for (const which of ['best', 'worst']) {
      const field = `${scene.id}.${which}`;
      const label = option(field, letter, words[which], sheet.answers.get(field) === letter);
      label.querySelector('input').setAttribute('aria-describedby', said.id);
      picks.append(label);
    }
    card.append(said, picks);
    fieldset.append(card);
  }
  fieldset.addEventListener('change', ({ target }) => {
    const [best, worst] = [`${scene.id}.best`, `${scene.id}.worst`];
    const other = target.name === best ? worst : best;
    if (sheet.answers.get(other) === target.value) {
      for (const input of fieldset.querySelectorAll('input')) if (input.name === other) input.checked = false;
      sheet.keep(other, null);
    }
    sheet.keep(target.name, target.value);
  });
  return fieldset;
}

function review(sheet) {
  const { words } = sheet.data;
  const open = sheet.openFields();
  const places = [...new Map(open.map(({ field, at }) => [field.split('.')[0], at]))];
  const parts = [make('p', { textContent: open.length ? put(words.skipped, { n: places.length }) : words.whole })];
  if (places.length) {
    const list = make('ul');
    for (const [id, at] of places) {
      const text = sheet.data.items.find((item) => item.id === id)?.text ?? sheet.data.scenarios.find((s) => s.id === id)?.stem ?? id;
      const line = make('li');
      const go = make('button', { type: 'button', className: 'second', textContent: words.go });
      go.setAttribute('aria-label', `${words.go}: ${text}`);
      go.addEventListener('click', () => sheet.turn(at));
      line.append(make('span', { textContent: text }), go);
      list.append(line);
    }
    parts.push(list, make('p', { textContent: words.may_skip }));
  }
  const finish = make('button', { type: 'button', textContent: open.length ? words.finish_anyway : words.finish });
  finish.addEventListener('click', async () => {
    if (finish.ariaBusy === 'true') return; // a second tap changes nothing
    finish.ariaBusy = 'true';
    finish.textContent = words.finishing;
    if (await sheet.finish(open.length > 0)) return;
    finish.ariaBusy = 'false';
    finish.textContent = open.length ? words.finish_anyway : words.finish;
  });
  parts.push(finish);
  return parts;
}

function option(name, value, words, checked) {
  const label = make('label');
  label.append(make('input', { type: 'radio', name, value, checked }), make('span', { textContent: words }));
  return label;
}

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

function put(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}
