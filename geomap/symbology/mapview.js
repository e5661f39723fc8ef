// One Leaflet canvas map, for the dashboard and for the stand-alone page alike.
// Shapes come once; a repaint brings one sign per place. Text reaches the page only through textContent.
function geomapView(L, root, shapes, send) {
  const find = (name) => root.querySelector('.gm-' + name);
  const make = (tag, name, text) => { const node = document.createElement(tag); if (name) node.className = name; if (text != null) node.textContent = text; return node; };
  const codes = shapes.features.map((feature) => feature.properties.code);
  const order = new Map(codes.map((code, i) => [code, i]));
  const state = { data: null, only: null, colours: {}, selected: null, overlays: [] };
  const map = L.map(find('map'), { renderer: L.canvas({ tolerance: 1 }), zoomSnap: 0.25, attributionControl: false, zoomControl: false, trackResize: false });
  L.control.zoom({ position: 'topright' }).addTo(map);
  L.control.scale({ imperial: false, position: 'bottomright' }).addTo(map);
  const home = () => {
    const beside = getComputedStyle(find('legend')).position === 'absolute' && map.getSize().x > 700 ? 262 : 10;  // a legend over the map keeps its own side
    map.fitBounds(state.data.bounds, { paddingTopLeft: [beside, 10], paddingBottomRight: [root.closest('.gm-swipe') ? beside : 10, 10], animate: false });
    state.home = [map.getCenter(), map.getZoom()];
  };
  const hatches = {};
  const hatch = (colour, inks) => {
    const key = colour + inks;
    if (hatches[key]) return hatches[key];
    const tile = Object.assign(document.createElement('canvas'), { width: 8, height: 8 }), pen = tile.getContext('2d');
    pen.fillStyle = colour; pen.fillRect(0, 0, 8, 8);
    inks.forEach(([ink, width]) => { pen.strokeStyle = ink; pen.lineWidth = width; pen.beginPath(); [-8, 0, 8].forEach((x) => { pen.moveTo(x - 1, 9); pen.lineTo(x + 9, -1); }); pen.stroke(); });
    return (hatches[key] = pen.createPattern(tile, 'repeat'));
  };
  const RESTING = [['#ffffff', 1.9], ['#4a4640', 1.1]], BARE = [['#8d8a82', 0.9]]; // on withheld numbers; without a number, as the legend has it
  const style = (i) => {
    const told = state.data.signs[i], sure = told < 'a', resting = /[A-Jk-t]/.test(told), sign = !sure || resting ? String((told.charCodeAt(0) - (sure ? 65 : 97)) % 10) : told;
    const entry = state.colours[sign], off = state.only != null && state.only !== sign, unsure = state.data.fade && !sure;
    return { color: entry && entry.hatched ? '#8d8a82' : '#ffffff', weight: codes.length > 1500 ? 0.15 : entry && entry.hatched ? 0.8 : 0.6, dashArray: entry && entry.hatched ? '3 3' : null,
      fillColor: !entry ? '#eeeeee' : resting ? hatch(entry.colour, RESTING) : entry.hatched ? hatch(entry.colour, BARE) : entry.colour, fillOpacity: (off ? 0.07 : unsure ? 0.42 : 1) * (state.data.basemap ? 0.78 : 1) };
  };
  L.Polyline.mergeOptions({ smoothFactor: 0 });  // neighbours that are thinned each by itself leave hairlines between them, in which a click finds no place
  const layers = [];
  const layer = L.geoJSON(shapes, { bubblingMouseEvents: false, onEachFeature: (feature, one) => { layers[order.get(feature.properties.code)] = one; } });
  const ring = L.geoJSON(null, { interactive: false, style: { color: '#12262d', weight: 3, fill: false } });
  const tip = find('tip'), say = (text) => { find('say').textContent = text; };
  const line = (i) => (state.data.line ? state.data.line(i) : Promise.resolve(state.data.hover[i] || ''));
  const fill = (word, name, text) => state.data.words[word].replace(/\{(name|text)\}/g, (gap, which) => (which === 'name' ? name : text));
  const label = (node, text, title) => { if (node) { node.setAttribute('aria-label', text); if (title) node.title = text; } };
  const speak = (words) => {
    root.lang = words.language; root.dir = words.direction;
    label(root, words.region); label(find('map'), words.how); label(find('legend'), words.legend); label(find('home'), words.home, true);
    find('map').setAttribute('aria-roledescription', words.kind);
    label(root.querySelector('.leaflet-control-zoom-in'), words.zoom_in, true); label(root.querySelector('.leaflet-control-zoom-out'), words.zoom_out, true);
  };
  const laid = L.layerGroup();
  const swatch = (mark) => { const one = make('i', 'gm-as-' + mark.look); if (mark.look === 'line') { one.style.borderColor = mark.colour; one.style.borderStyle = mark.dash ? (mark.dash[0] === '2' ? 'dotted' : 'dashed') : 'solid'; } else one.style.backgroundColor = mark.colour; return one; };
  const notes = (code) => state.overlays.map((one) => one.notes[code]).filter(Boolean);
  const show = (event, head, text, small) => {
    const at = event.containerPoint, size = map.getSize();
    tip.replaceChildren(make('b', '', head), make('span', '', text), make('small', '', small));
    tip.style.opacity = 1;
    tip.style.transform = `translate(${Math.max(4, Math.min(at.x + 14, size.x - 270))}px, ${Math.max(4, Math.min(at.y + 14, size.y - 130))}px)`;
  };
  const lay = (overlays) => {
    if (state.overlays.length === overlays.length && overlays.every((one, i) => one === state.overlays[i])) return;
    state.overlays = overlays; laid.clearLayers();
    const under = (shapes, style) => { const one = L.geoJSON(shapes, { interactive: false, style }); laid.addLayer(one); one.bringToBack(); };
    overlays.filter((one) => one.shapes).forEach((one) => {
      const mark = (feature) => one.marks[feature.properties.mark];
      if (one.marks.some(({ look }) => look === 'area')) {
        if (!state.data.basemap) under(shapes, { stroke: false, fillColor: '#eef2f2', fillOpacity: 1 });  // nothing shines through a pale class
        under(one.shapes, (feature) => ({ stroke: false, fillColor: mark(feature).colour, fillOpacity: mark(feature).look === 'area' ? 0.5 : 0 }));
      }
      laid.addLayer(L.geoJSON(one.shapes, { interactive: false, style: (feature) => ({ color: mark(feature).colour, weight: 1.3, dashArray: mark(feature).dash || null, fill: false }) }));
    });
    overlays.forEach((one) => one.outlines.forEach(([at, some]) => [['#ffffff', 4.5, null], [one.marks[at].colour, 2.5, one.marks[at].dash || null]].forEach(([color, weight, dashArray]) => laid.addLayer(
      L.geoJSON(some.map((code) => layers[order.get(code)]).filter(Boolean).map((place) => place.feature), { interactive: false, style: { color, weight, dashArray, fill: false } })))));
    overlays.forEach((one) => Object.entries(one.labels).forEach(([code, count], i, all) => {
      const place = layers[order.get(code)];
      if (place && all.length <= 300) laid.addLayer(L.marker(place.getBounds().getCenter(), { interactive: false, keyboard: false, icon: L.divIcon({ className: 'gm-number', iconSize: [20, 20], html: make('span', '', count) }) }));
    }));
    overlays.forEach((one) => one.points.forEach(([lat, lng, code, at, head, text]) => {
      const dot = L.circleMarker([lat, lng], { radius: size(one.points.length), color: '#ffffff', weight: size(one.points.length) / 4, fillColor: one.marks[at].colour, fillOpacity: 1, bubblingMouseEvents: false });
      dot.on('mousemove', (event) => { over = -1; show(event, head, text, one.about); });
      dot.on('mouseout', () => { tip.style.opacity = 0; });
      dot.on('click', () => { if (order.has(code)) { choose(code); send(code); } });
      dot._many = one.points.length; laid.addLayer(dot);
    }));
  };
  const size = (many) => (many > 300 ? Math.max(1.8, Math.min(5, map.getZoom() - 8.5)) : 5);
  map.on('zoomend', () => laid.eachLayer((one) => { if (one._many) one.setRadius(size(one._many)); }));
  const beside = () => {
    const middle = map.latLngToLayerPoint(map.getCenter()), found = [];
    state.overlays.forEach((one) => one.points.forEach(([lat, lng, , , head, text]) => { if (map.latLngToLayerPoint([lat, lng]).distanceTo(middle) <= 13) found.push(head + (text ? ', ' + text : '')); }));
    return found.slice(0, 5);
  };
  let over = -1;
  layer.on('mousemove', (event) => {
    const i = order.get(event.layer.feature.properties.code), at = event.containerPoint, size = map.getSize();
    if (i !== over) {
      const words = make('span'), data = state.data;
      over = i;
      tip.replaceChildren(make('b', '', event.layer.feature.properties.name), words, ...notes(codes[i]).map((note) => make('span', '', note)), make('small', '', data.about));
      line(i).then((text) => { if (data === state.data) words.textContent = text; });
    }
    tip.style.opacity = 1;
    tip.style.transform = `translate(${Math.max(4, Math.min(at.x + 14, size.x - 270))}px, ${Math.max(4, Math.min(at.y + 14, size.y - 130))}px)`;
  });
  layer.on('mouseout', () => { tip.style.opacity = 0; over = -1; });
  layer.on('click', (event) => { choose(event.layer.feature.properties.code); send(event.layer.feature.properties.code); });
  const choose = (code) => {
    state.selected = code; ring.clearLayers();
    const one = layers[order.get(code)];
    if (!one) return;
    ring.addData(one.feature);
    line(order.get(code)).then((text) => { if (state.selected === code) say([fill('chosen', one.feature.properties.name, text), ...notes(code)].join(' ')); });
  };
  const under = () => { const p = map.latLngToLayerPoint(map.getCenter()); return layers.find((one) => one && one._pxBounds && one._pxBounds.contains(p) && one._containsPoint(p)); };
  const ended = (words) => (/[.!?؟…]\s*$/.test(words) ? words : `${words}.`);
  const tell = () => { const one = under(); if (one) line(order.get(one.feature.properties.code)).then((text) => say([fill('under', one.feature.properties.name, text), ...notes(one.feature.properties.code), ...beside()].map(ended).join(' '))); };
  let keyboard = false;
  find('map').addEventListener('focus', () => { keyboard = true; if (state.data) tell(); });
  find('map').addEventListener('blur', () => { keyboard = false; });
  map.on('moveend', () => { if (keyboard) tell(); });
  find('map').addEventListener('keydown', (event) => {
    const one = event.key === 'Enter' && under();
    if (one) { choose(one.feature.properties.code); send(one.feature.properties.code); }
  });
  find('home').addEventListener('click', home);
  const whole = (node) => {  // a map that is half a dot high is dragged by parts of dots, and another that moves with it cannot be
    node.style.marginBottom = '';
    node.style.marginBottom = `${node.getBoundingClientRect().height % 1}px`;
  };
  const watch = new ResizeObserver(() => {
    whole(find('map'));
    const still = state.home && map.getZoom() === state.home[1] && map.getCenter().equals(state.home[0]);  // nobody moved it: the whole city stays in sight
    map.invalidateSize();
    if (still) home();
  });
  watch.observe(find('map'));
  const many = (count) => (typeof count === 'number' ? count.toLocaleString(`${state.data.words.language}-u-nu-latn`) : count);
  const button = (entry, inside) => {
    const count = many(entry.count);
    const node = make('button', inside ? 'gm-cell' : 'gm-line');
    node.type = 'button'; node.title = `${entry.label}: ${count}`;
    const swatch = make('i', entry.hatched ? 'gm-hatched' : ''); swatch.style.backgroundColor = entry.colour;
    node.append(swatch);
    if (inside) node.setAttribute('aria-label', `${entry.label}: ${count}`); else node.append(make('span', '', entry.label), make('em', '', count));
    node.setAttribute('aria-pressed', state.only === entry.sign);
    node.addEventListener('click', () => { state.only = state.only === entry.sign ? null : entry.sign; legend(); paint(); });
    return node;
  };
  const legend = () => {
    const box = find('legend'), data = state.data, grid = data.grid ? data.legend.filter((entry) => !entry.hatched) : [];
    box.replaceChildren(make('p', 'gm-title', data.legend_title));
    if (grid.length) {
      const square = make('div', 'gm-grid');
      square.append(make('span', 'gm-up', data.grid[1]), ...grid.map((entry) => button(entry, true)), make('span', 'gm-across', data.grid[0]));
      box.append(square);
    }
    data.legend.filter((entry) => !grid.includes(entry)).forEach((entry) => box.append(button(entry, false)));
    state.overlays.forEach((one) => {
      const some = make('div', 'gm-laid');
      some.append(make('p', 'gm-title', one.title));
      one.marks.forEach((mark) => { const row = make('div', 'gm-mark'); row.append(swatch(mark), make('span', '', mark.label), make('em', '', many(mark.count))); some.append(row); });
      if (!one.marks.length) some.append(make('p', 'gm-note', one.about));
      box.append(some);
    });
    box.append(make('p', 'gm-note', data.legend_note + (data.fade && /[a-t]/.test(data.signs) ? ' ' + data.words.paler : '') + (/[A-Jk-t]/.test(data.signs) ? ' ' + data.words.resting : '')));
  };
  const paint = () => layers.forEach((one, i) => one && one.setStyle(style(i)));
  return {
    map,
    remove() { watch.disconnect(); find('home').removeEventListener('click', home); map.remove(); },
    draw(data) {
      const first = !state.data;
      state.data = data; over = -1; speak(data.words); state.colours = Object.fromEntries(data.legend.map((entry) => [entry.sign, entry]));
      if (state.only != null && !state.colours[state.only]) state.only = null;
      if (first && data.basemap) {
        L.tileLayer(data.basemap.tiles, { maxNativeZoom: data.basemap.largest_zoom, maxZoom: 24 }).addTo(map);
        find('map').append(make('span', 'gm-credit', data.basemap.credit));
      }
      if (first) { legend(); home(); layers.forEach((one, i) => one && one.setStyle(style(i))); layer.addTo(map); laid.addTo(map); ring.addTo(map); } else paint();
      lay(data.overlays || []); ring.bringToFront();
      legend();
      if (data.selected !== state.selected) { if (data.selected) choose(data.selected); else { state.selected = null; ring.clearLayers(); } }
      root.dataset.painted = data.title + '|' + (data.selected || '');
    },
  };
}
