/// What draws the report.
enum ReportScript {
    static let javaScript = """
        'use strict';
        const data = JSON.parse(document.getElementById('data').textContent);
        const byId = id => document.getElementById(id);
        const units = ['B', 'kB', 'MB', 'GB', 'TB'];
        function size(bytes) {
          let unit = 0, value = bytes;
          while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit += 1; }
          return (unit === 0 ? value : Number(value.toPrecision(3))) + ' ' + units[unit];
        }
        function element(name, text, className) {
          const made = document.createElement(name);
          if (text !== undefined && text !== null) made.textContent = text;
          if (className) made.className = className;
          return made;
        }
        // Hues far apart for neighbours, of one lightness so that dark text can be read on each.
        const colour = layer => 'hsl(' + (205 + layer * 137.5) % 360 + ' 62% 68%)';
        function row(table, cells) {
          const made = element('tr');
          for (const cell of cells) made.append(cell instanceof Node ? cell : element('td', cell));
          byId(table).tBodies[0].append(made);
        }
        const number = text => element('td', text, 'number');
        const code = text => element('td', text, 'code');
        function swatch(layer) {
          const cell = element('td'), dot = element('span', '', 'swatch');
          dot.style.background = colour(layer);
          cell.append(dot);
          return cell;
        }
        function facts() {
          byId('title').textContent = document.title = data.title;
          byId('subtitle').textContent = [data.platform, data.created, data.id].filter(Boolean).join(' · ');
          for (const [name, text] of [
            ['Size', size(data.bytes)], ['Layers', data.layers.length], ['Files', data.files.toLocaleString('en')],
            ['Wasted', size(data.waste.bytes)], ['Efficiency', (data.waste.efficiency * 100).toFixed(1) + ' %']]) {
            const pair = element('div');
            pair.append(element('dt', name), element('dd', text));
            byId('facts').append(pair);
          }
        }
        function layers() {
          data.layers.forEach((layer, place) => {
            const part = element('div');
            part.style.background = colour(place);
            part.style.flexGrow = layer.bytes;
            part.title = 'Layer ' + (place + 1) + ', ' + size(layer.bytes) + '\\n' + layer.createdBy;
            if (layer.bytes > 0) byId('bar').append(part);
            row('layers', [swatch(place), element('td', layer.diffID.replace(/^[^:]*:/, '').slice(0, 12), 'code digest'), number(size(layer.bytes)),
              number(layer.files.toLocaleString('en')), code(layer.createdBy)]);
          });
          byId('bar').setAttribute('aria-label', data.layers.map((layer, place) => (place + 1) + ': ' + size(layer.bytes)).join(', '));
        }
        const total = place => Object.values(place.bytes).reduce((sum, bytes) => sum + bytes, 0);
        const main = place => Object.entries(place.bytes).sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
        // Squarified: rows are filled along the shorter side for as long as that makes their cells squarer.
        function lay(items, x, y, width, height, put) {
          let rest = items.filter(item => item.area > 0);
          let left = rest.reduce((sum, item) => sum + item.area, 0);
          while (rest.length > 0 && width > 0 && height > 0) {
            const side = Math.min(width, height), scale = width * height / left;
            const worst = (sum, small, large) => Math.max(side * side * large / (sum * sum), sum * sum / (side * side * small));
            let count = 0, sum = 0, best = Infinity;
            for (const item of rest) {
              const area = item.area * scale, next = worst(sum + area, area, rest[0].area * scale);
              if (next > best) break;
              best = next; sum += area; count += 1;
            }
            const thickness = sum / side;
            let position = 0;
            for (const item of rest.slice(0, count)) {
              const length = item.area * scale / thickness;
              if (width >= height) put(item, x, y + position, thickness, length);
              else put(item, x + position, y, length, thickness);
              position += length; left -= item.area;
            }
            if (width >= height) { x += thickness; width -= thickness; } else { y += thickness; height -= thickness; }
            rest = rest.slice(count);
          }
        }
        function draw(path) {
          shown = path;
          const place = path[path.length - 1], map = byId('map'), crumbs = byId('crumbs');
          map.replaceChildren();
          crumbs.replaceChildren();
          path.forEach((step, depth) => {
            const button = element('button', depth === 0 ? data.title + ' /' : step.name + (step.file ? '' : '/'));
            button.onclick = () => draw(path.slice(0, depth + 1));
            crumbs.append(button);
          });
          crumbs.append(element('span', ' ' + size(total(place))));
          fill(map, path, 0, 0, map.clientWidth, map.clientHeight, 0);
        }
        // A directory with room for it shows what is in it, three levels deep.
        function fill(map, path, x, y, width, height, depth) {
          const place = path[path.length - 1];
          const items = place.children.map(child => ({ child, area: total(child) }));
          const rest = total(place) - items.reduce((sum, item) => sum + item.area, 0);
          if (rest > 0) items.push({ child: { name: 'smaller ones', bytes: { [main(place)]: rest }, children: [], rest: true }, area: rest });
          items.sort((a, b) => b.area - a.area);
          lay(items, x, y, width, height, (item, x, y, width, height) => {
            const child = item.child, opens = child.children.length > 0, isOpen = opens && depth < 2 && width > 70 && height > 50;
            const label = child.name + (isOpen ? '/ ' + size(item.area) : '');
            const cell = element(opens ? 'button' : 'div', width > 34 && height > 15 ? label : '', 'place');
            cell.title = path.slice(1).map(step => '/' + step.name).join('') + '/' + child.name + ', ' + size(item.area) + '\\n'
              + Object.entries(child.bytes).map(([layer, bytes]) => 'layer ' + (Number(layer) + 1) + ': ' + size(bytes)).join('\\n');
            cell.style.cssText = `left:${x}px;top:${y}px;width:${width}px;height:${height}px;background:${colour(Number(main(child)))}`;
            if (!isOpen && width > 60 && height > 34) cell.append(element('div', size(item.area)));
            if (opens) cell.onclick = () => draw([...path, child]);
            map.append(cell);
            if (isOpen) fill(map, [...path, child], x + 3, y + 19, width - 6, height - 22, depth + 1);
          });
        }
        function waste() {
          const left = data.waste.items.length < data.waste.count ? ', the largest ' + data.waste.items.length + ' are shown' : '';
          byId('waste-summary').textContent = data.waste.count === 0 ? 'Nothing is stored in vain.'
            : size(data.waste.bytes) + ' in ' + data.waste.count.toLocaleString('en') + ' places' + left + '.';
          for (const item of data.waste.items) {
            row('waste', [element('td', item.kind), number(size(item.bytes)), number(item.count.toLocaleString('en')), code(item.path)]);
          }
          if (data.waste.items.length === 0) byId('waste').remove();
        }
        function history() {
          for (const step of data.history) {
            row('history', [element('td', step.created), number(step.bytes === null ? '' : size(step.bytes)), code(step.createdBy),
              element('td', step.comment)]);
          }
          for (const [key, value] of data.config) row('config', [element('th', key), code(value)]);
        }
        let shown;
        facts();
        layers();
        waste();
        history();
        draw([data.root]);
        addEventListener('resize', () => draw(shown));
        document.body.dataset.drawn = String(byId('map').children.length);
        """
}
