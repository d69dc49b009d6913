// Country shapes out of a TopoJSON file, as paths in the unit square of web Mercator. Pure.

const LIMIT = 85.0511;

/** Longitude and latitude in degrees to x, y in 0..1 (x to the east, y to the south). */
export function unit(lon, lat) {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function decodeArcs(topology) {
  const { scale, translate } = topology.transform ?? { scale: [1, 1], translate: [0, 0] };
  return topology.arcs.map((arc) => {
    const points = new Float64Array(arc.length * 2);
    let [x, y] = [0, 0];
    arc.forEach(([dx, dy], index) => {
      [x, y] = topology.transform ? [x + dx, y + dy] : [dx, dy];
      points.set(unit(x * scale[0] + translate[0], y * scale[1] + translate[1]), index * 2);
    });
    return points;
  });
}

function joined(indexes, arcs) {
  const parts = indexes.map((index) => (index >= 0 ? arcs[index] : reversed(arcs[~index])));
  const ring = new Float32Array(parts.reduce((sum, part) => sum + part.length - 2, 2));
  ring.set(parts[0].subarray(0, 2));
  let at = 2;
  for (const part of parts) {
    ring.set(part.subarray(2), at);
    at += part.length - 2;
  }
  return ring;
}

function reversed(points) {
  const back = new Float64Array(points.length);
  for (let index = 0; index < points.length; index += 2) back.set(points.subarray(index, index + 2), points.length - 2 - index);
  return back;
}

// A ring that crosses the date line jumps from one side of the map to the other: carry it on instead, beyond 0 or 1.
// The polar edge of Antarctica is the one straight run along the whole map that is meant.
function unwrapped(ring) {
  let shift = 0;
  let last = ring[0];
  for (let index = 2; index < ring.length; index += 2) {
    const jump = ring[index] - last;
    last = ring[index];
    if (Math.abs(jump) > 0.5 && ring[index + 1] < 0.99) shift -= Math.sign(jump);
    ring[index] += shift;
  }
  return ring;
}

function bounds(ring) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let index = 0; index < ring.length; index += 2) {
    box.left = Math.min(box.left, ring[index]);
    box.right = Math.max(box.right, ring[index]);
    box.top = Math.min(box.top, ring[index + 1]);
    box.bottom = Math.max(box.bottom, ring[index + 1]);
  }
  return box;
}

/** Every country's rings with their boxes: `[{name, rings: [{points: Float32Array, left, top, right, bottom}]}]`. */
export function countries(topology) {
  const arcs = decodeArcs(topology);
  const geometries = topology.objects.countries?.geometries ?? Object.values(topology.objects)[0].geometries;
  return geometries.map((geometry) => {
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.type === "MultiPolygon" ? geometry.arcs : [];
    const rings = polygons.flat().map((indexes) => {
      const points = unwrapped(joined(indexes, arcs));
      return { points, ...bounds(points) };
    });
    return { id: geometry.id, name: geometry.properties?.name ?? "", rings };
  });
}
