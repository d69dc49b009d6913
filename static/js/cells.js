// What the map's address answers, as the marks want it. Pure.

const AREAS = new Set(["adm2", "adm1", "area", "sea"]);

/**
 * `clusters`: `{key, lat, lon, count, killed, families, bounds, area, radius}`; `singles`: one incident each,
 * `{key, id, lat, lon, family, precision, radius, area, headline, when, where, killed}`. Radii in km.
 */
export function readCells(answer) {
  return {
    clusters: (answer.clusters ?? []).map((cluster) => ({
      ...cluster, key: `c${cluster.lat.toFixed(3)}/${cluster.lon.toFixed(3)}/${cluster.count}`, area: cluster.precision === "area", radius: cluster.radius_km,
    })),
    singles: (answer.pins ?? []).map((pin) => ({ ...pin, key: `i${pin.id}`, id: String(pin.id), radius: pin.radius_km, area: AREAS.has(pin.precision) })),
  };
}

/** The same marks on the copy of the world that is seen: longitudes within half a turn of the centre's. */
export function inView({ clusters, singles }, centre) {
  const moved = (item) => {
    const turn = 360 * Math.round((centre - item.lon) / 360);
    const bounds = item.bounds?.map(([lat, lon]) => [lat, lon + turn]);
    return turn ? { ...item, lon: item.lon + turn, bounds } : item;
  };
  return { clusters: clusters.map(moved), singles: singles.map(moved) };
}

/** The outermost points `[lat, lon]` that the marks stand for: of a cluster where its incidents are, not where it is drawn. */
export function reach({ clusters, singles }) {
  return [...clusters.flatMap(({ bounds, lat, lon }) => bounds ?? [[lat, lon]]), ...singles.map(({ lat, lon }) => [lat, lon])];
}

const ACROSS = 60; // degrees that a view across the date line must be narrower, to be shown in place of the world as it is known

/** The same points `[lat, lon]` with longitudes moved by whole turns so that they lie close together: about the date line where that tells. */
export function compact(points) {
  const lons = points.map(([, lon]) => lon).sort((a, b) => a - b);
  let [start, widest] = [lons[0], lons[0] + 360 - lons.at(-1) + ACROSS];
  for (let index = 1; index < lons.length; index += 1) {
    if (lons[index] - lons[index - 1] > widest) [start, widest] = [lons[index], lons[index] - lons[index - 1]];
  }
  return points.map(([lat, lon]) => [lat, lon < start ? lon + 360 : lon]);
}

const NEAR = 1; // times the sum of two radii: nearer marks are drawn as one
const PIN = 11; // pixels, the radius a single mark takes up
const DISC = 26; // pixels: an area that is drawn smaller is one mark among the others

/**
 * The same marks with those that would cover each other joined, until none does: nothing is left out, the numbers add up.
 * `project(item)` gives the middle of a mark in pixels `{x, y}`, `radius(item)` a donut's size, `extent(area)` an area's, in pixels.
 * Areas large enough to be seen as such stand for themselves, their number lifted to the rim where a mark is in its way.
 */
export function parted({ clusters, singles }, measures) {
  const { project, extent } = measures;
  const isDisc = (item) => item.area && extent(item) >= DISC;
  const discs = [...clusters, ...singles].filter(isDisc);
  const loose = [...clusters, ...singles].filter((item) => !isDisc(item)).sort((a, b) => (b.count ?? 1) - (a.count ?? 1));
  const groups = [];
  for (const item of loose) groups.push(grown(group(item.area && item.count ? together([item]) : item, measures), groups, measures));
  const joined = groups.map(({ mark }) => mark).sort((a, b) => (b.count ?? 1) - (a.count ?? 1));
  const lifted = discs.map((item) => ({ ...item, lift: groups.some((each) => near(each, { at: project(item), size: 18 })) ? extent(item) : 0 }));
  const all = [...joined, ...lifted];
  return { clusters: all.filter((item) => item.count), singles: all.filter((item) => !item.count) };
}

// Takes in whatever stands too near, again and again: what it has become stands elsewhere and is larger.
function grown(one, groups, measures) {
  let whole = one;
  for (let index = 0; index < groups.length; index += 1) {
    if (!near(groups[index], whole)) continue;
    whole = group(together([groups[index].mark, whole.mark]), measures);
    groups[index] = groups.at(-1);
    groups.pop();
    index = -1;
  }
  return whole;
}

// A mark, where it stands and how large it is.
function group(mark, { project, radius }) {
  return { mark, at: project(mark), size: mark.count ? radius(mark) : PIN };
}

function near(a, b) {
  const [x, y, apart] = [a.at.x - b.at.x, a.at.y - b.at.y, (a.size + b.size) * NEAR];
  return x * x + y * y < apart * apart;
}

function together(items) {
  const families = {};
  let [count, killed, lat, lon] = [0, 0, 0, 0];
  const bounds = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const item of items) {
    const number = item.count ?? 1;
    count += number;
    killed += item.count ? item.killed ?? 0 : item.killed_best ?? 0;
    lat += item.lat * number;
    lon += item.lon * number;
    for (const [family, n] of Object.entries(item.families ?? { [item.family]: 1 })) families[family] = (families[family] ?? 0) + n;
    const box = item.bounds ?? [[item.lat, item.lon], [item.lat, item.lon]];
    bounds[0] = [Math.min(bounds[0][0], box[0][0]), Math.min(bounds[0][1], box[0][1])];
    bounds[1] = [Math.max(bounds[1][0], box[1][0]), Math.max(bounds[1][1], box[1][1])];
  }
  const first = items[0].first ?? items[0].key;
  return { key: `j${first}+${count}`, first, count, killed, families, bounds, lat: lat / count, lon: lon / count };
}
