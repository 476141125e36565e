// Prints Telegram's API schema as TL, from teleproto's generated definitions (the wanted layer, but with names in camel
// case) and @mtcute/tl's (an older layer, with the schema's own names). Usage: schema-to-tl.mjs TELEPROTO MTCUTE_TL
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [teleproto, mtcute] = process.argv.slice(2).map((folder) => resolve(folder));
const definitions = createRequire(import.meta.url)(`${teleproto}/tl/generated/api-definitions.js`);
const version = JSON.parse(readFileSync(`${teleproto}/package.json`, 'utf8')).version;
const older = JSON.parse(readFileSync(`${mtcute}/api-schema.json`, 'utf8')).e;

const unsigned = (id) => id >>> 0;
const camel = (name) => name.replace(/_+([a-zA-Z0-9])/g, (_, letter) => letter.toUpperCase());
const olderById = new Map(older.map((entry) => [unsigned(entry.id), entry]));
const fieldNames = new Map();
for (const entry of older) {
  for (const field of entry.arguments) {
    if (!fieldNames.has(camel(field.name))) fieldNames.set(camel(field.name), field.name);
  }
}

const snake = (name) =>
  fieldNames.get(name) ?? (name.includes('_') ? name : name.replace(/(?<!^)([A-Z])/g, (letter) => `_${letter.toLowerCase()}`));

function constructorName(definition, known) {
  if (known) return known.name;
  const name = definition.name[0].toLowerCase() + definition.name.slice(1);
  return definition.namespace ? `${definition.namespace}.${name}` : name;
}

function fieldText(key, field, known) {
  const name = known?.arguments.find((other) => camel(other.name) === key)?.name ?? snake(key);
  if (field.flagIndicator) return `${name}:#`;
  const type = field.type === 'X' || field.type === '!X' ? '!X' : field.type;
  const shaped = field.isVector ? `Vector<${type}>` : type;
  return field.isFlag ? `${name}:${snake(field.flagName)}.${field.flagIndex}?${shaped}` : `${name}:${shaped}`;
}

function line(definition) {
  const known = olderById.get(unsigned(definition.constructorId));
  const id = unsigned(definition.constructorId).toString(16);
  const fields = Object.entries(definition.argsConfig).map(([key, field]) => fieldText(key, field, known));
  return `${[`${constructorName(definition, known)}#${id}`, ...fields].join(' ')} = ${definition.result};`;
}

const lines = [`// LAYER ${version.split('.')[1]}`];
lines.push(...definitions.filter((definition) => !definition.isFunction).map(line));
lines.push('---functions---');
lines.push(...definitions.filter((definition) => definition.isFunction).map(line));
console.log(lines.join('\n'));
