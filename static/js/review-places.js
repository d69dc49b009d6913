// Choosing a place: candidates numbered in the list and on a small map, a search box over the gazetteer, a click for a point of one's own.

import { basemapLayer, world } from "./basemap.js";
import { getJSON } from "./request.js";
import { html } from "./svg.js";

const WAIT = 180; // milliseconds after the last letter
const form = document.querySelector('form[data-draft="place"]');
const list = document.getElementById("candidates");
let map = null;
let layer = null;
let own = null;
let places = [];

function icon(place, number) {
  const chosen = form.elements.candidate && selected() === place.id;
  const mark = html("span", { class: `num${chosen ? " on" : ""}` }, String(number));
  return L.divIcon({ html: mark, className: "", iconSize: [22, 22], iconAnchor: [11, 11] });
}

const selected = () => form.querySelector("input[name=candidate]:checked")?.value ?? "";

function draw() {
  if (!map) return;
  layer.clearLayers();
  places.forEach((place, index) => {
    const marker = L.marker([place.lat, place.lon], { icon: icon(place, index + 1), keyboard: false, title: place.name });
    marker.on("click", () => pick(place.id));
    marker.addTo(layer);
  });
}

function frame() {
  if (!map || !places.length) return;
  map.fitBounds(L.latLngBounds(places.map(({ lat, lon }) => [lat, lon])).pad(0.25), { maxZoom: 8, animate: false });
}

function pick(id) {
  const radio = [...form.querySelectorAll("input[name=candidate]")].find(({ value }) => value === id);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
}

function item(place, index, chosen) {
  const radio = html("input", { type: "radio", name: "candidate", value: place.id });
  radio.checked = place.id === chosen;
  const people = place.population ? ` · ${place.population.toLocaleString()}` : "";
  const about = html("small", {}, `${place.around} · ${place.kind}${people}`);
  return html("li", {}, html("label", {}, radio, html("kbd", {}, String(index + 1)), html("b", {}, html("bdi", {}, place.name)), about));
}

function offer(found, chosen = "") {
  places = found;
  list.replaceChildren(...found.map((place, index) => item(place, index, chosen)));
  draw();
  frame();
}

// A point of one's own: the gazetteer's entries are set aside, the numbers follow the mark.
function point(latlng) {
  const { lat, lng } = latlng.wrap();
  form.elements.lat.value = lat.toFixed(5);
  form.elements.lon.value = lng.toFixed(5);
  mark(lat, lng);
  form.elements.place.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "point" }));
}

function mark(lat, lng) {
  for (const radio of form.querySelectorAll("input[name=candidate]")) radio.checked = false;
  form.classList.add("has-point");
  if (!map) return;
  if (!own) {
    own = L.marker([lat, lng], { draggable: true, icon: L.divIcon({ html: html("span", { class: "num own" }, "+"), className: "", iconSize: [22, 22], iconAnchor: [11, 11] }) });
    own.on("dragend", () => point(own.getLatLng()));
    own.addTo(map);
  } else own.setLatLng([lat, lng]);
}

// Numbers typed, or sent before and not accepted: the mark follows them.
function followNumbers() {
  const [lat, lon] = [form.elements.lat, form.elements.lon].map(({ value }) => (value.trim() ? Number(value) : NaN));
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) mark(lat, lon);
}

function forgetPoint() {
  if (!form.classList.contains("has-point")) return;
  own?.remove();
  own = null;
  form.elements.lat.value = form.elements.lon.value = "";
  form.classList.remove("has-point");
}

async function ground(element) {
  if (!element.dataset.basemap) return;
  try {
    basemapLayer(await world(element.dataset.basemap)).addTo(map);
  } catch {
    element.dataset.ground = "none"; // the numbers still stand where they are
  }
}

function startMap() {
  const element = document.getElementById("casemap");
  if (!element || map || !window.L || !element.offsetParent) return;
  map = L.map(element, { attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: 12 }).setView([20, 20], 2);
  layer = L.layerGroup().addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  map.on("click", ({ latlng }) => point(latlng));
  ground(element);
  draw();
  frame();
  followNumbers();
}

function startSearch(address) {
  let timer = 0;
  let turn = 0;
  form.elements.place.addEventListener("input", (event) => {
    if (event.detail === "point") return;
    clearTimeout(timer);
    const asked = event.target.value.trim();
    const mine = ++turn;
    timer = setTimeout(async () => {
      if (asked.length < 2) return;
      try {
        const { places: found } = await getJSON(`${address}?${new URLSearchParams({ q: asked })}`);
        if (mine === turn) offer(found, found[0]?.id);
      } catch {
        // The form itself looks the name up when it is sent.
      }
    }, WAIT);
  });
  form.elements.place.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    (list.querySelector("input:checked") ?? list.querySelector("input"))?.focus();
  });
}

/** Start the list, the search box and, as soon as the field is open, the map. */
export function startPlaces() {
  if (!form || !list) return;
  places = JSON.parse(document.getElementById("case-places")?.textContent ?? "[]");
  startSearch(document.getElementById("case").dataset.places);
  form.addEventListener("candidates", ({ detail }) => { forgetPoint(); offer(detail.places, detail.chosen); });
  form.addEventListener("input", (event) => {
    if (event.target.name !== "candidate") return;
    forgetPoint();
    const chosen = places.find(({ id }) => id === event.target.value);
    if (chosen && form.elements.place.value !== chosen.name) form.elements.place.value = chosen.name;
    draw();
  });
  form.addEventListener("input", ({ target }) => { if (["lat", "lon"].includes(target.name)) followNumbers(); });
  document.getElementById("own-point").addEventListener("click", () => {
    startMap();
    point(map ? map.getCenter() : L.latLng(0, 0));
    form.elements.lat.select();
  });
  form.closest("details").addEventListener("toggle", startMap);
  startMap();
}
