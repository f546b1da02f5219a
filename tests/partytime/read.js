// Reads a feed on standard input with podcast-partytime, from the folder named first; prints what it found as JSON.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const { parseFeed } = createRequire(`${process.argv[2]}/`)("podcast-partytime");
const found = parseFeed(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(found));
