import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

/** Writes `labels` folders of `perLabel` tiny PNGs: each label of a colour of its own, each picture with noise of its own. */
export async function writePhotos(folder, labels, perLabel, side = 24) {
  const random = generator(1)
  for (let label = 0; label < labels; label++) {
    const colour = [random(256), random(256), random(256)]
    const own = join(folder, `person ${String(label).padStart(5, '0')}`)
    await mkdir(own, { recursive: true })
    for (let picture = 0; picture < perLabel; picture++) {
      const value = (at) => Math.max(0, Math.min(255, colour[at % 3] + random(24) - 12))
      await writeFile(join(own, `${picture}.png`), png(side, value))
    }
  }
  return folder
}

/** Whole numbers below `limit`, the same in every run. */
function generator(seed) {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** A square picture; `value` gives 0 to 255 for the place of each number, RGB by RGB, row by row. */
export function png(side, value) {
  const rows = Buffer.alloc(side * (1 + side * 3))
  for (let row = 0; row < side; row++) {
    for (let at = 0; at < side * 3; at++) rows[row * (1 + side * 3) + 1 + at] = value(row * side * 3 + at)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // 8 bits, RGB.
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
