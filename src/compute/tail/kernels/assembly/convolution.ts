// Convolutions as products whose left factor is gathered while it is packed: a row is a place, the inner dimension the taps
// that it has, each with its channels. No matrix of patches is ever made.
import { chunkOf, closeLeft, closeRight, evenDepth, packRight, packRow, packZeros } from './pack'
import { mostColumns, mostInner, packedLeft, packedRight, panelRows, tapTable } from './scratch'
import { Sliding, Taps } from './sliding'
import { panel, rowAt } from './tile'

const tapsY = changetype<Taps>(tapTable(0))
const tapsX = changetype<Taps>(tapTable(1))

/** What is read, `[batch, height, width, channels]`. */
let source: usize = 0
let sourceHeight = 0
let sourceWidth = 0
let sourceChannels = 0
/** What is written: the places `first + i · pace` of the axes of `[batch, height, width, columns]`. */
let target: usize = 0
let targetHeight = 0
let targetWidth = 0
let firstY = 0
let firstX = 0
let paceY = 1
let paceX = 1
let columns = 0
/** How many places a picture has along its axes. */
let placesY = 0
let placesX = 0
/** The filter: bytes from tap to tap, from one of the source's channels to the next, and from column to column. */
let filter: usize = 0
let filterWidth = 0
let tapBytes: usize = 0
let channelBytes: usize = 0
let columnBytes: usize = 0

export function convolution(geometry: usize, x: usize, weights: usize, y: usize): void {
  const at = changetype<Sliding>(geometry)
  source = x
  sourceHeight = at.inputHeight
  sourceWidth = at.inputWidth
  sourceChannels = at.inputs
  target = y
  placesY = targetHeight = at.outputHeight
  placesX = targetWidth = at.outputWidth
  columns = at.outputs
  firstY = firstX = 0
  paceY = paceX = 1
  filter = weights
  filterWidth = at.kernelWidth
  columnBytes = 4
  channelBytes = (<usize>at.outputs) << 2
  tapBytes = channelBytes * <usize>at.inputs
  tapsY.ofOutputs(at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
  tapsX.ofOutputs(at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
  gather(at.batch, false)
}

/** Places whose distances are whole strides have the same taps; each such series is a product of its own. */
export function convolutionToInput(geometry: usize, dy: usize, weights: usize, dx: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  source = dy
  sourceHeight = at.outputHeight
  sourceWidth = at.outputWidth
  sourceChannels = at.outputs
  target = dx
  targetHeight = at.inputHeight
  targetWidth = at.inputWidth
  columns = at.inputs
  paceY = at.strideY
  paceX = at.strideX
  filter = weights
  filterWidth = at.kernelWidth
  channelBytes = 4
  columnBytes = (<usize>at.outputs) << 2
  tapBytes = columnBytes * <usize>at.inputs
  for (firstY = 0; firstY < min(paceY, targetHeight); firstY++) {
    tapsY.ofInputs(firstY, at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
    placesY = (targetHeight - firstY + paceY - 1) / paceY
    for (firstX = 0; firstX < min(paceX, targetWidth); firstX++) {
      tapsX.ofInputs(firstX, at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
      placesX = (targetWidth - firstX + paceX - 1) / paceX
      gather(at.batch, accumulate)
    }
  }
}

function gather(batch: i32, accumulate: bool): void {
  const rows = batch * placesY * placesX
  const inner = tapsY.count * tapsX.count * sourceChannels
  if (inner == 0) {
    if (!accumulate) clear(rows)
    return
  }
  const most = chunkOf(inner, mostInner)
  for (let column = 0; column < columns; column += mostColumns) {
    const width = min(mostColumns, columns - column)
    for (let from = 0; from < inner; from += most) {
      const count = min(most, inner - from)
      const depth = evenDepth(count)
      packFilter(from, count, column, width, depth)
      for (let row = 0; row < rows; row += panelRows) {
        const height = min(panelRows, rows - row)
        for (let at = 0; at < height; at++) findRow(row + at, at)
        packPatches(from, count, height)
        panel(packedLeft(), packedRight(), depth, height, column, width, accumulate || from > 0)
      }
    }
  }
}

/** Zeros at the places that no tap reaches. */
function clear(rows: i32): void {
  for (let row = 0; row < rows; row++) {
    findRow(row, 0)
    memory.fill(rowAt(0).target, 0, (<usize>columns) << 2)
  }
}

/** Puts place `place` of all pictures into the table of rows. */
function findRow(place: i32, index: i32): void {
  const row = rowAt(index)
  const line = place / placesX
  const x = place - line * placesX
  const picture = line / placesY
  const y = line - picture * placesY
  const before = (picture * targetHeight + firstY + y * paceY) * targetWidth + firstX + x * paceX
  row.target = target + ((<usize>before * <usize>columns) << 2)
  row.picture = source + ((<usize>picture * <usize>(sourceHeight * sourceWidth) * <usize>sourceChannels) << 2)
  row.y = y * tapsY.pace + tapsY.offset
  row.x = x * tapsX.pace + tapsX.offset
}

/** Steps `from` to `from + count` of the inner dimension, of the rows in the table. */
function packPatches(from: i32, count: i32, rows: i32): void {
  const left = packedLeft()
  let tap = from / sourceChannels
  let channel = from - tap * sourceChannels
  for (let done = 0; done < count;) {
    const part = min(count - done, sourceChannels - channel)
    const tapY = tap / tapsX.count
    const moveY = tapY * tapsY.move
    const moveX = (tap - tapY * tapsX.count) * tapsX.move
    for (let index = 0; index < rows; index++) {
      const row = rowAt(index)
      const y = row.y + moveY
      const x = row.x + moveX
      const to = left + ((<usize>done) << 6) + ((<usize>index) << 4)
      if (<u32>y < <u32>sourceHeight && <u32>x < <u32>sourceWidth) {
        const place = <usize>(y * sourceWidth + x) * <usize>sourceChannels + <usize>channel
        packRow(row.picture + (place << 2), 4, part, to)
      } else packZeros(part, to)
    }
    done += part
    channel = 0
    tap++
  }
  closeLeft(left, count, rows)
}

/** Steps `from` to `from + count` of the inner dimension of the filter, of `width` columns from `column` on. */
function packFilter(from: i32, count: i32, column: i32, width: i32, depth: i32): void {
  const right = packedRight()
  let tap = from / sourceChannels
  let channel = from - tap * sourceChannels
  for (let done = 0; done < count;) {
    const part = min(count - done, sourceChannels - channel)
    const tapY = tap / tapsX.count
    const tapX = tap - tapY * tapsX.count
    const own = (tapsY.first + tapY * tapsY.step) * filterWidth + tapsX.first + tapX * tapsX.step
    const start = filter + <usize>own * tapBytes + <usize>channel * channelBytes + <usize>column * columnBytes
    packRight(start, channelBytes, columnBytes, part, width, right + ((<usize>done) << 5), depth)
    done += part
    channel = 0
    tap++
  }
  closeRight(right, count, width, depth)
}
