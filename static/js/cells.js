// What the map's address answers, as the marks want it. Pure.

/**
 * `clusters`: `{key, lat, lon, count, killed, families, bounds}`; `singles`: one incident each,
 * `{key, id, lat, lon, family, precision, radius, headline, when, where, killed}`.
 */
export function readCells(answer) {
  return {
    clusters: (answer.clusters ?? []).map((cluster) => ({ key: `c${cluster.lat.toFixed(3)}/${cluster.lon.toFixed(3)}/${cluster.count}`, ...cluster })),
    singles: (answer.pins ?? []).map((pin) => ({ key: `i${pin.id}`, ...pin, id: String(pin.id), radius: pin.radius_km })),
  };
}
