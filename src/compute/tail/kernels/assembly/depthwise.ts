// Convolutions of each channel by itself: sixteen channels, which are a line of the cache, stay in registers over all taps of
// a place. Filters that make several channels of one are in depthwise-many.ts.
import { blockBytes, mostPixels, packBlock } from './block'
import { inputsOfMany, outputsOfMany } from './depthwise-many'
import { blockOfFilter, blockOfPicture, tapTable } from './scratch'
import { Sliding, Taps } from './sliding'

const tapsY = changetype<Taps>(tapTable(0))
const tapsX = changetype<Taps>(tapTable(1))

/** What is read, and its height and width. */
let source: usize = 0
let height = 0
let width = 0
/** What is written: the places `first + i · pace` of its axes. */
let target: usize = 0
let targetHeight = 0
let targetWidth = 0
let placesY = 0
let placesX = 0
let firstY = 0
let firstX = 0
let paceY = 1
let paceX = 1
let filter: usize = 0
let filterHeight = 0
let filterWidth = 0
/** Bytes of a pixel: as many channels in the source, in the target and in the filter. */
let bytes: usize = 0

/** The block at hand of a picture and of the filter, and bytes from pixel to pixel. */
let picture: usize = 0
let pixelBytes: usize = 0
let weights: usize = 0
let weightBytes: usize = 0

/** The taps of the place at hand: where the first reads, and its weights; steps from tap to tap and from line to line. */
let lines = 0
let taps = 0
let from: usize = 0
let by: usize = 0
let fromStep: usize = 0
let byStep: usize = 0
let fromLine: usize = 0
let byLine: usize = 0

export function depthwise(geometry: usize, x: usize, kernel: usize, y: usize): void {
  const at = changetype<Sliding>(geometry)
  if (at.inputs != at.outputs) return outputsOfMany(at, x, kernel, y)
  source = x
  height = at.inputHeight
  width = at.inputWidth
  target = y
  placesY = targetHeight = at.outputHeight
  placesX = targetWidth = at.outputWidth
  firstY = firstX = 0
  paceY = paceX = 1
  useFilter(at, kernel)
  tapsY.ofOutputs(at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
  tapsX.ofOutputs(at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
  slide(at.batch, false)
}

/** Places whose distances are whole strides have the same taps, and are gone through together. */
export function depthwiseToInput(geometry: usize, dy: usize, kernel: usize, dx: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  if (at.inputs != at.outputs) return inputsOfMany(at, dy, kernel, dx, accumulate)
  source = dy
  height = at.outputHeight
  width = at.outputWidth
  target = dx
  targetHeight = at.inputHeight
  targetWidth = at.inputWidth
  paceY = at.strideY
  paceX = at.strideX
  useFilter(at, kernel)
  for (firstY = 0; firstY < min(paceY, targetHeight); firstY++) {
    tapsY.ofInputs(firstY, at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
    placesY = (targetHeight - firstY + paceY - 1) / paceY
    for (firstX = 0; firstX < min(paceX, targetWidth); firstX++) {
      tapsX.ofInputs(firstX, at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
      placesX = (targetWidth - firstX + paceX - 1) / paceX
      slide(at.batch, accumulate)
    }
  }
}

function useFilter(at: Sliding, kernel: usize): void {
  filter = kernel
  filterHeight = at.kernelHeight
  filterWidth = at.kernelWidth
  bytes = (<usize>at.inputs) << 2
}

function slide(batch: i32, accumulate: bool): void {
  for (let channel: usize = 0; channel < bytes; channel += blockBytes) {
    const block = min(blockBytes, bytes - channel)
    takeFilter(channel, block)
    for (let index = 0; index < batch; index++) {
      takePicture(index, channel, block)
      const start = (index * targetHeight + firstY) * targetWidth + firstX
      let line = target + <usize>start * bytes + channel
      for (let placeY = 0; placeY < placesY; placeY++) {
        tapsY.look(placeY, height)
        let to = line
        for (let placeX = 0; placeX < placesX; placeX++) {
          tapsX.look(placeX, width)
          aim()
          place(to, block, accumulate)
          to += <usize>paceX * bytes
        }
        line += <usize>(paceY * targetWidth) * bytes
      }
    }
  }
}

function takeFilter(channel: usize, block: usize): void {
  weights = filter + channel
  weightBytes = bytes
  if (filterHeight * filterWidth > mostPixels) return
  packBlock(weights, bytes, filterHeight * filterWidth, block, blockOfFilter())
  weights = blockOfFilter()
  weightBytes = blockBytes
}

function takePicture(index: i32, channel: usize, block: usize): void {
  picture = source + <usize>(index * height * width) * bytes + channel
  pixelBytes = bytes
  if (height * width > mostPixels) return
  packBlock(picture, bytes, height * width, block, blockOfPicture(0))
  picture = blockOfPicture(0)
  pixelBytes = blockBytes
}

/** Finds the taps of the place last looked at. */
function aim(): void {
  lines = tapsY.to - tapsY.from
  taps = tapsX.to - tapsX.from
  const y = tapsY.start + tapsY.from * tapsY.move
  const x = tapsX.start + tapsX.from * tapsX.move
  const tapY = tapsY.first + tapsY.from * tapsY.step
  const tapX = tapsX.first + tapsX.from * tapsX.step
  from = picture + <usize>(y * width + x) * pixelBytes
  by = weights + <usize>(tapY * filterWidth + tapX) * weightBytes
  fromStep = <usize>tapsX.move * pixelBytes
  byStep = <usize>tapsX.step * weightBytes
  fromLine = <usize>(tapsY.move * width) * pixelBytes
  byLine = <usize>(tapsY.step * filterWidth) * weightBytes
}

/** to (+)= Σ source · filter over the taps of the place, each channel of the block for itself. */
function place(to: usize, block: usize, accumulate: bool): void {
  let channel: usize = 0
  for (; channel + 64 <= block; channel += 64) sixteen(to + channel, channel, accumulate)
  for (; channel + 16 <= block; channel += 16) four(to + channel, channel, accumulate)
  for (; channel < block; channel += 4) one(to + channel, channel, accumulate)
}

function sixteen(to: usize, channel: usize, accumulate: bool): void {
  let a = accumulate ? v128.load(to) : f32x4.splat(0)
  let b = accumulate ? v128.load(to, 16) : f32x4.splat(0)
  let c = accumulate ? v128.load(to, 32) : f32x4.splat(0)
  let d = accumulate ? v128.load(to, 48) : f32x4.splat(0)
  let lineX = from + channel
  let lineW = by + channel
  for (let line = lines; line > 0; line--) {
    let x = lineX
    let w = lineW
    for (let tap = taps; tap > 0; tap--) {
      a = f32x4.add(a, f32x4.mul(v128.load(x), v128.load(w)))
      b = f32x4.add(b, f32x4.mul(v128.load(x, 16), v128.load(w, 16)))
      c = f32x4.add(c, f32x4.mul(v128.load(x, 32), v128.load(w, 32)))
      d = f32x4.add(d, f32x4.mul(v128.load(x, 48), v128.load(w, 48)))
      x += fromStep
      w += byStep
    }
    lineX += fromLine
    lineW += byLine
  }
  v128.store(to, a)
  v128.store(to, b, 16)
  v128.store(to, c, 32)
  v128.store(to, d, 48)
}

function four(to: usize, channel: usize, accumulate: bool): void {
  let sum = accumulate ? v128.load(to) : f32x4.splat(0)
  let lineX = from + channel
  let lineW = by + channel
  for (let line = lines; line > 0; line--) {
    let x = lineX
    let w = lineW
    for (let tap = taps; tap > 0; tap--) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(w)))
      x += fromStep
      w += byStep
    }
    lineX += fromLine
    lineW += byLine
  }
  v128.store(to, sum)
}

function one(to: usize, channel: usize, accumulate: bool): void {
  let sum: f32 = accumulate ? load<f32>(to) : 0
  let lineX = from + channel
  let lineW = by + channel
  for (let line = lines; line > 0; line--) {
    let x = lineX
    let w = lineW
    for (let tap = taps; tap > 0; tap--) {
      sum += load<f32>(x) * load<f32>(w)
      x += fromStep
      w += byStep
    }
    lineX += fromLine
    lineW += byLine
  }
  store<f32>(to, sum)
}
