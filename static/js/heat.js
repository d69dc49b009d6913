// Heat: soft discs by number, an alternative to marks. Seen, not clicked; the list holds the same incidents.

/** Draw cells into a layer group; `size` is "killed" or "" for incidents. No cells empties it. */
export function drawHeat(layer, cells, size) {
  layer.clearLayers();
  if (!cells) return;
  const spots = [...cells.clusters, ...cells.singles];
  const weigh = (spot) => (size === "killed" ? (spot.count ? spot.killed : spot.killed_best) ?? 0 : spot.count ?? 1);
  const top = Math.max(1, ...spots.map(weigh));
  for (const spot of spots) {
    const share = Math.sqrt(weigh(spot) / top);
    if (!share) continue;
    const look = { radius: 10 + 26 * share, stroke: false, fillOpacity: 0.12 + 0.4 * share, className: "heat", interactive: false };
    L.circleMarker([spot.lat, spot.lon], look).addTo(layer);
  }
}
