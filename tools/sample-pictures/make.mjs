/** Draws public/samples from the emoji drawings of several projects. See README.md. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { labels, MIT, otherNames, sets, written } from './drawings.mjs'

const SIZE = 192
/** Drawn this many times larger and then reduced: filters and clipped edges come out smooth. */
const OVERSAMPLING = 3
const QUALITY = 82
/** The least distance in RGB between a ground and the mean colour of its drawing. */
const CONTRAST = 110
const TEST_SHARE = 1 / 4
const TRY_OUT = 2

const require = createRequire(import.meta.url)
const here = path.dirname(fileURLToPath(import.meta.url))
const { values: options } = parseArgs({
  options: { out: { type: 'string', default: path.join(here, '..', '..', 'public', 'samples') } },
})

/** Numbers in [0, 1) that depend on `seed` alone, so that one picture does not change when others are added. */
function randomFrom(seed) {
  // FNV-1a hash of the text, then the mulberry32 generator.
  let state = 0x811c9dc5
  for (const character of seed) state = Math.imul(state ^ character.codePointAt(0), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { between: (low, high) => low + next() * (high - low), chance: (share) => next() < share, next }
}

function shuffled(items, seed) {
  const random = randomFrom(seed)
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

async function readSet(set) {
  const icons = JSON.parse(await readFile(require.resolve(`@iconify-json/${set.id}/icons.json`), 'utf8'))
  const info = JSON.parse(await readFile(require.resolve(`@iconify-json/${set.id}/info.json`), 'utf8'))
  const { version } = JSON.parse(await readFile(require.resolve(`@iconify-json/${set.id}/package.json`), 'utf8'))
  const expected = set.licenceInPackage ?? set.licence
  if (info.license.spdx !== expected) throw new Error(`${set.id} is now under ${info.license.spdx}, not ${expected}`)
  return { ...set, icons, version, link: info.author.url }
}

/** The drawing as a box and the SVG inside it, or null where the set has none. */
function findDrawing({ id, icons }, name) {
  const names = [name, name.replaceAll('-', ''), ...(otherNames[name] ?? [])]
  const icon = names.map((one) => icons.icons[one]).find((found) => found !== undefined)
  if (icon === undefined) return null
  return {
    left: icon.left ?? icons.left ?? 0,
    top: icon.top ?? icons.top ?? 0,
    width: icon.width ?? icons.width ?? 16,
    height: icon.height ?? icons.height ?? 16,
    body: icon.body,
    id: `${id}/${name}`,
  }
}

/** Hue, saturation and lightness to the three channels, 0 to 255. */
function rgb({ hue, saturation, lightness }) {
  const amplitude = saturation * Math.min(lightness, 1 - lightness)
  return [0, 8, 4].map((offset) => {
    const sector = (offset + hue / 30) % 12
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(sector - 3, 9 - sector, 1)))
  })
}

/** The mean colour of what the drawing covers. */
async function meanColour(drawing) {
  const pixels = await sharp(Buffer.from(svg(drawing.width, drawing.height, 64, drawn(drawing))))
    .ensureAlpha()
    .raw()
    .toBuffer()
  const sums = [0, 0, 0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]
    for (let channel = 0; channel < 3; channel++) sums[channel] += pixels[at + channel] * alpha
    sums[3] += alpha
  }
  return sums.slice(0, 3).map((sum) => sum / sums[3])
}

/** A colour for the ground, which has nothing to do with the label but stands out from the drawing's mean colour. */
function groundColour(random, mean) {
  for (;;) {
    const lightness = random.chance(0.2) ? random.between(0.24, 0.42) : random.between(0.62, 0.92)
    const colour = { hue: random.between(0, 360), saturation: random.between(0.25, 0.75), lightness }
    if (Math.hypot(...rgb(colour).map((value, channel) => value - mean[channel])) > CONTRAST) return colour
  }
}

/** A plain or softly graded ground. */
function ground(random, mean) {
  const { hue, saturation, lightness } = groundColour(random, mean)
  const colour = (turn, lighter) =>
    `hsl(${(hue + turn).toFixed(1)}, ${(saturation * 100).toFixed(1)}%, ${(Math.min(0.96, lightness + lighter) * 100).toFixed(1)}%)`
  const kind = random.next()
  if (kind < 0.4) return { defs: '', fill: colour(0, 0) }
  const stops = `<stop offset="0" stop-color="${colour(0, 0.1)}"/><stop offset="1" stop-color="${colour(random.between(-30, 30), -0.08)}"/>`
  const defs =
    kind < 0.75
      ? `<linearGradient id="ground" gradientTransform="rotate(${random.between(0, 90).toFixed(1)})">${stops}</linearGradient>`
      : `<radialGradient id="ground" cx="${random.between(0.3, 0.7).toFixed(3)}" cy="${random.between(0.2, 0.6).toFixed(3)}" r="0.8">${stops}</radialGradient>`
  return { defs, fill: 'url(#ground)' }
}

function svg(width, height, pixels, content) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${pixels}" height="${pixels}" viewBox="0 0 ${width} ${height}">${content}</svg>`
  )
}

/** The drawing with its top left corner at the origin, nothing outside its box. */
function drawn({ left, top, width, height, body }) {
  return `<svg width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${body}</svg>`
}

/** One picture as SVG: the drawing a little turned, moved, scaled and perhaps mirrored, on its ground. */
function scene(drawing, mean, seed) {
  const random = randomFrom(seed)
  const { width, height } = drawing
  const { defs, fill } = ground(random, mean)
  const side = SIZE * random.between(0.58, 0.84)
  const scale = side / Math.max(width, height)
  const play = ((SIZE - side) / 2) * 0.8
  const x = SIZE / 2 + random.between(-play, play)
  const y = SIZE / 2 + random.between(-play, play)
  const turn = random.between(-16, 16)
  const mirror = random.chance(0.5) && !written.includes(drawing.id) ? -1 : 1
  const place = [
    `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
    `rotate(${turn.toFixed(2)})`,
    `scale(${(mirror * scale).toFixed(5)} ${scale.toFixed(5)})`,
    `translate(${-width / 2} ${-height / 2})`,
  ].join(' ')
  const content =
    `<defs>${defs}</defs><rect width="${SIZE}" height="${SIZE}" fill="${fill}"/>` +
    `<g transform="${place}">${drawn(drawing)}</g>`
  return svg(SIZE, SIZE, SIZE * OVERSAMPLING, content)
}

/** Every drawing of a label: { file, label, group, drawing }. */
function drawingsOf(label, names, loaded) {
  return names.flatMap((name) =>
    loaded.flatMap((set) => {
      const drawing = findDrawing(set, name)
      if (drawing === null) return []
      const file = `${label}/${set.id}-${name}.webp`
      return [{ file, label, group: `${set.family}/${name}`, drawing, set: set.id, name }]
    }),
  )
}

/** Divides a label's groups: a few of one picture, of different things, to try out; a quarter of the rest for the test. */
function divide(pictures, label) {
  const groups = byGroup(pictures)
  const order = shuffled([...groups.keys()], `division of ${label}`)
  const thing = (group) => groups.get(group)[0].name
  const single = order.filter((group) => groups.get(group).length === 1)
  const different = single.filter((group, at) => single.findIndex((other) => thing(other) === thing(group)) === at)
  const tryOut = new Set(different.slice(0, TRY_OUT))
  const rest = order.filter((group) => !tryOut.has(group))
  const test = new Set(rest.slice(0, Math.round(rest.length * TEST_SHARE)))
  return pictures.map((picture) => ({
    ...picture,
    part: tryOut.has(picture.group) ? 'tryOut' : test.has(picture.group) ? 'test' : 'train',
  }))
}

function byGroup(pictures) {
  const groups = new Map()
  for (const picture of pictures) groups.set(picture.group, [...(groups.get(picture.group) ?? []), picture])
  return groups
}

function notice(loaded, pictures) {
  const sections = loaded.map((set) => {
    const names = [...new Set(pictures.filter((picture) => picture.set === set.id).map(({ name }) => name))]
    const said = set.licenceInPackage
      ? `\n- The package names ${set.licenceInPackage}, which the project gives for its code; its visual design is under ${set.licence}.`
      : ''
    return [
      `## ${set.project}`,
      '',
      `- By ${set.by}: <${set.link}>`,
      `- Licence: ${set.licence}, <${set.licenceText}>${said}`,
      `- From the npm package \`@iconify-json/${set.id}\` ${set.version}`,
      `- Files: \`*/${set.id}-*.webp\`, drawings: ${names.join(', ')}`,
    ].join('\n')
  })
  return `# The sample pictures

Every picture was drawn by \`tools/sample-pictures/make.mjs\` from a drawing of one of the projects below.
Changes made to the drawings: turned, scaled, moved, some mirrored, put on a coloured ground, and turned into
WebP pictures of ${SIZE} × ${SIZE} pixels. The projects have no part in Cutpoint and do not endorse it.

${sections.join('\n\n')}

## The MIT licence, for the Fluent Emoji drawings

${MIT}
`
}

/** One picture a line, so that changes are easy to read. */
function indexText(index) {
  const lines = (items) => `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
  return `{
  "name": ${JSON.stringify(index.name)},
  "labels": ${JSON.stringify(index.labels)},
  "images": ${lines(index.images)},
  "tryOut": ${lines(index.tryOut)}
}
`
}

const loaded = await Promise.all(sets.map(readSet))
const pictures = Object.entries(labels).flatMap(([label, names]) => divide(drawingsOf(label, names, loaded), label))

let bytes = 0
for (const label of Object.keys(labels)) await rm(path.join(options.out, label), { recursive: true, force: true })
for (const { file, drawing } of pictures) {
  const target = path.join(options.out, file)
  await mkdir(path.dirname(target), { recursive: true })
  await sharp(Buffer.from(scene(drawing, await meanColour(drawing), file)))
    .resize(SIZE, SIZE)
    .removeAlpha()
    .webp({ quality: QUALITY, effort: 6, smartSubsample: true })
    .toFile(target)
  bytes += (await stat(target)).size
}

await writeFile(
  path.join(options.out, 'index.json'),
  indexText({
    name: 'Animals, flowers, sweets and vehicles',
    labels: Object.keys(labels),
    images: pictures
      .filter(({ part }) => part !== 'tryOut')
      .map(({ file, label, group, part }) => ({ file, label, group, part })),
    tryOut: pictures.filter(({ part }) => part === 'tryOut').map(({ file, label }) => ({ file, label })),
  }),
)
await writeFile(path.join(options.out, 'NOTICE.md'), notice(loaded, pictures))

for (const label of Object.keys(labels)) {
  const counts = ['train', 'test', 'tryOut'].map((part) => {
    const own = pictures.filter((picture) => picture.label === label && picture.part === part)
    return `${own.length} ${part} (${new Set(own.map(({ group }) => group)).size} groups)`
  })
  console.log(`${label}: ${counts.join(', ')}`)
}
console.log(`${pictures.length} pictures, ${bytes.toLocaleString('en')} bytes`)
