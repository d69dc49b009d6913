// Comparing two incidents: M merges, X says that they are not the same, S leaves it.

import { on } from "./keys.js";

const press = (id) => () => document.getElementById(id)?.click();

on("m", press("merge"));
on("x", press("not-same"));
on("s", press("later"));
