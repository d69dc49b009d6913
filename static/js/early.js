// Runs before the first paint: parts that need scripts may show, parts that stand in for them may not.
document.documentElement.classList.add("has-js");
