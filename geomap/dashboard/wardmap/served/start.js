// Starts the map once per place on the page and repaints it at every run of the script.
const address = (path) => new URL(path, document.baseURI).href;
const styled = (parent, href) => new Promise((done, failed) => {
  const link = document.createElement('link');
  link.rel = 'stylesheet'; link.href = href; link.onload = done; link.onerror = () => failed(Error('its style sheet did not arrive'));
  parent.appendChild(link);
});
const fetched = async (url) => {
  const answer = await fetch(address(url));
  if (!answer.ok) throw Error(`its shapes did not arrive (${answer.status})`);
  return answer.json();
};

const groups = new Map();
// Maps of one group move together: the others are only shifted while one is dragged, and drawn anew when it rests.
const together = (name, view) => {
  const all = groups.get(name) ?? groups.set(name, new Set()).get(name);
  const leave = view.remove;
  const follow = (rests) => () => {
    if (view.led) return;
    const [centre, zoom] = [view.map.getCenter(), view.map.getZoom()];
    all.forEach((other) => {
      if (other === view) return;
      other.led = true;
      const away = other.map.project(centre, zoom).subtract(other.map.project(other.map.getCenter(), zoom)).round();  // setView would cut off what is nearly a dot
      if (other.map.getZoom() !== zoom) other.map.setView(centre, zoom, { animate: false });
      else if (rests) other.map.panBy(away, { animate: false });
      else other.map._rawPanBy(away);
      other.led = false;
    });
  };
  all.add(view);
  view.map.on('move', follow(false)).on('moveend', follow(true));
  view.remove = () => { all.delete(view); leave(); };
};

const BLOCK = 256;
const asked = new Map();
const block = (base, number) => {
  const url = `${base}/${number}.json`;
  if (asked.size > 500) asked.clear();
  if (!asked.has(url)) asked.set(url, fetch(address(url)).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []));
  return asked.get(url);
};
const lines = (base) => (i) => block(base, Math.floor(i / BLOCK)).then((some) => some[i % BLOCK] || '');

const laid = (addresses) => Promise.all((addresses || []).map((url) => {
  if (!asked.has(url)) asked.set(url, fetched(url).catch(() => { asked.delete(url); return null; }));
  return asked.get(url);
})).then((some) => some.filter(Boolean));

const unpacked = (text) => new Response(new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream('deflate'))).text();

export default async function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector('.gm');
  const mine = (root._geomap ??= { shapes: null, view: null });
  mine.data = data;
  mine.send = (code) => setStateValue('selected', code);
  if (mine.shapes !== data.shapes) {
    mine.shapes = data.shapes;
    mine.ready = (async () => {
      const [L, { geomapView }, shapes] = await Promise.all([import(address('geomap/vendor/leaflet-src.esm.js')), import(address(data.script)), fetched(data.shapes), mine.view ? null : styled(parentElement, address('geomap/vendor/leaflet.css'))]);
      if (mine.view) mine.view.remove();
      mine.view = geomapView(L, root, shapes, (code) => mine.send(code));
      if (data.linked) mine.joins = true;
    })();
  }
  try {
    const [signs, over] = await Promise.all([unpacked(data.packed), laid(data.laid), mine.ready]);
    if (mine.data === data) mine.view.draw({ ...data, signs, overlays: over, line: lines(data.lines) });
    if (mine.joins) { together(data.linked, mine.view); mine.joins = false; }
  } catch (wrong) {
    const box = root.querySelector('.gm-error');
    box.hidden = false;
    box.textContent = data.words.broken.replace('{why}', () => wrong.message);
  }
  if (data.tell && mine.data === data && !mine.told) {
    mine.told = true;
    requestIdleCallback(() => setTriggerValue('painted', true), { timeout: 1000 });
  }
}
