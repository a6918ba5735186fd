// Convolutions of each channel by itself. Sixteen channels, which are a line of the cache, stay in registers over all taps of
// a place; a picture is gone through in blocks of channels, so that what its taps share is in the first cache. Filters that
// make several channels of one go by one number at a time.
import { tapTable } from './scratch'
import { Sliding, Taps } from './sliding'

/** Bytes of the channels of a block. */
export const blockBytes: usize = 256

const tapsY = changetype<Taps>(tapTable(0))
const tapsX = changetype<Taps>(tapTable(1))

/** What is read: one picture, its height and width, and bytes from pixel to pixel. */
let picture: usize = 0
let height = 0
let width = 0
let pixelBytes: usize = 0
/** The filter, taps in a row of it, and bytes from tap to tap. */
let filter: usize = 0
let filterWidth = 0
let tapBytes: usize = 0

export function depthwise(geometry: usize, x: usize, weights: usize, y: usize): void {
  const at = changetype<Sliding>(geometry)
  height = at.inputHeight
  width = at.inputWidth
  pixelBytes = (<usize>at.inputs) << 2
  useFilter(at, weights)
  const multiplier = at.outputs / at.inputs
  tapsY.ofOutputs(at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
  tapsX.ofOutputs(at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
  for (let index = 0; index < at.batch; index++) {
    picture = x + <usize>(index * height * width) * pixelBytes
    for (let channel: usize = 0; channel < tapBytes; channel += blockBytes) {
      let target = y + channel
      for (let placeY = 0; placeY < at.outputHeight; placeY++) {
        tapsY.look(placeY, height)
        for (let placeX = 0; placeX < at.outputWidth; placeX++) {
          tapsX.look(placeX, width)
          if (multiplier == 1) place(target, channel, false)
          else placeOfMany(target, channel, multiplier)
          target += tapBytes
        }
      }
    }
    y += <usize>(at.outputHeight * at.outputWidth) * tapBytes
  }
}

/** Places whose distances are whole strides have the same taps, and are gone through together. */
export function depthwiseToInput(geometry: usize, dy: usize, weights: usize, dx: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  height = at.outputHeight
  width = at.outputWidth
  pixelBytes = (<usize>at.outputs) << 2
  useFilter(at, weights)
  for (let phaseY = 0; phaseY < at.strideY; phaseY++) {
    tapsY.ofInputs(phaseY, at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
    for (let phaseX = 0; phaseX < at.strideX; phaseX++) {
      tapsX.ofInputs(phaseX, at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
      for (let index = 0; index < at.batch; index++) {
        picture = dy + <usize>(index * height * width) * pixelBytes
        inputsOfPhase(at, phaseY, phaseX, dx, accumulate)
        dx += (<usize>(at.inputHeight * at.inputWidth) * <usize>at.inputs) << 2
      }
      dx -= (<usize>(at.batch * at.inputHeight * at.inputWidth) * <usize>at.inputs) << 2
    }
  }
}

function inputsOfPhase(at: Sliding, phaseY: i32, phaseX: i32, dx: usize, accumulate: bool): void {
  const bytes = (<usize>at.inputs) << 2
  const multiplier = at.outputs / at.inputs
  for (let channel: usize = 0; channel < bytes; channel += blockBytes) {
    for (let y = phaseY, placeY = 0; y < at.inputHeight; y += at.strideY, placeY++) {
      tapsY.look(placeY, height)
      for (let x = phaseX, placeX = 0; x < at.inputWidth; x += at.strideX, placeX++) {
        tapsX.look(placeX, width)
        const target = dx + <usize>(y * at.inputWidth + x) * bytes + channel
        if (multiplier == 1) place(target, channel, accumulate)
        else inputOfMany(target, channel, bytes, multiplier, accumulate)
      }
    }
  }
}

function useFilter(at: Sliding, weights: usize): void {
  filter = weights
  filterWidth = at.kernelWidth
  tapBytes = (<usize>at.outputs) << 2
}

/** Where the source stands under a tap of the place last looked at. */
function pixelUnder(tapY: i32, tapX: i32): usize {
  const y = tapsY.start + tapY * tapsY.move
  const x = tapsX.start + tapX * tapsX.move
  return picture + <usize>(y * width + x) * pixelBytes
}

function filterOf(tapY: i32, tapX: i32): usize {
  const y = tapsY.first + tapY * tapsY.step
  return filter + <usize>(y * filterWidth + tapsX.first + tapX * tapsX.step) * tapBytes
}

/** target (+)= Σ source · filter over the taps of the place last looked at, each channel of a block for itself. */
function place(target: usize, channel: usize, accumulate: bool): void {
  const moved = <usize>tapsX.move * pixelBytes
  const stepped = <usize>tapsX.step * tapBytes
  const end = min(channel + blockBytes, tapBytes)
  for (; channel + 64 <= end; channel += 64) {
    sixteen(target, channel, moved, stepped, accumulate)
    target += 64
  }
  for (; channel + 16 <= end; channel += 16) {
    four(target, channel, moved, stepped, accumulate)
    target += 16
  }
  for (; channel < end; channel += 4) {
    one(target, channel, moved, stepped, accumulate)
    target += 4
  }
}

function sixteen(target: usize, channel: usize, moved: usize, stepped: usize, accumulate: bool): void {
  let a = accumulate ? v128.load(target) : f32x4.splat(0)
  let b = accumulate ? v128.load(target, 16) : f32x4.splat(0)
  let c = accumulate ? v128.load(target, 32) : f32x4.splat(0)
  let d = accumulate ? v128.load(target, 48) : f32x4.splat(0)
  const taps = tapsX.to - tapsX.from
  for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
    let from = pixelUnder(tapY, tapsX.from) + channel
    let by = filterOf(tapY, tapsX.from) + channel
    for (let tap = 0; tap < taps; tap++) {
      a = f32x4.add(a, f32x4.mul(v128.load(from), v128.load(by)))
      b = f32x4.add(b, f32x4.mul(v128.load(from, 16), v128.load(by, 16)))
      c = f32x4.add(c, f32x4.mul(v128.load(from, 32), v128.load(by, 32)))
      d = f32x4.add(d, f32x4.mul(v128.load(from, 48), v128.load(by, 48)))
      from += moved
      by += stepped
    }
  }
  v128.store(target, a)
  v128.store(target, b, 16)
  v128.store(target, c, 32)
  v128.store(target, d, 48)
}

function four(target: usize, channel: usize, moved: usize, stepped: usize, accumulate: bool): void {
  let sum = accumulate ? v128.load(target) : f32x4.splat(0)
  const taps = tapsX.to - tapsX.from
  for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
    let from = pixelUnder(tapY, tapsX.from) + channel
    let by = filterOf(tapY, tapsX.from) + channel
    for (let tap = 0; tap < taps; tap++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load(by)))
      from += moved
      by += stepped
    }
  }
  v128.store(target, sum)
}

function one(target: usize, channel: usize, moved: usize, stepped: usize, accumulate: bool): void {
  let sum: f32 = accumulate ? load<f32>(target) : 0
  for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
    let from = pixelUnder(tapY, tapsX.from) + channel
    let by = filterOf(tapY, tapsX.from) + channel
    for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
      sum += load<f32>(from) * load<f32>(by)
      from += moved
      by += stepped
    }
  }
  store<f32>(target, sum)
}

/** As `place`, where each channel of the source makes several. */
function placeOfMany(target: usize, channel: usize, multiplier: i32): void {
  for (const end = min(channel + blockBytes, tapBytes); channel < end; channel += 4) {
    const from = (<usize>(<i32>(channel >> 2) / multiplier)) << 2
    let sum: f32 = 0
    for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
      for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
        sum += load<f32>(pixelUnder(tapY, tapX) + from) * load<f32>(filterOf(tapY, tapX) + channel)
      }
    }
    store<f32>(target, sum)
    target += 4
  }
}

/** As `place`, where several channels of the source were made of one of the target. */
function inputOfMany(target: usize, channel: usize, bytes: usize, multiplier: i32, accumulate: bool): void {
  for (const end = min(channel + blockBytes, bytes); channel < end; channel += 4) {
    const first = channel * <usize>multiplier
    let sum: f32 = accumulate ? load<f32>(target) : 0
    for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
      for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
        const from = pixelUnder(tapY, tapX) + first
        const by = filterOf(tapY, tapX) + first
        for (let output: usize = 0; output < (<usize>multiplier) << 2; output += 4) {
          sum += load<f32>(from + output) * load<f32>(by + output)
        }
      }
    }
    store<f32>(target, sum)
    target += 4
  }
}
