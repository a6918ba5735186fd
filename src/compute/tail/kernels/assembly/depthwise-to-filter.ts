import { blockBytes } from './depthwise'
import { Sliding } from './sliding'

/**
 * The slopes of the filter of a convolution of each channel by itself, picture by picture. Of a picture they are added up
 * line by line, so that sums stay short.
 */
export function depthwiseToFilter(geometry: usize, x: usize, dy: usize, filter: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  const outputs = (<usize>at.outputs) << 2
  if (!accumulate) memory.fill(filter, 0, <usize>(at.kernelHeight * at.kernelWidth) * outputs)
  const multiplier = at.outputs / at.inputs
  for (let index = 0; index < at.batch; index++) {
    for (let channel: usize = 0; channel < outputs; channel += blockBytes) {
      const end = min(channel + blockBytes, outputs)
      for (let tapY = 0; tapY < at.kernelHeight; tapY++) {
        lookY(at, index, tapY * at.dilationY - at.beforeY)
        for (let tapX = 0; tapX < at.kernelWidth; tapX++) {
          lookX(at, tapX * at.dilationX - at.beforeX)
          if (lines <= 0 || places <= 0) continue
          const slopes = dy + <usize>(firstOutputLine + firstOutput) * outputs
          const from = x + ((<usize>(firstInputLine + firstInput) * <usize>at.inputs) << 2)
          const target = filter + <usize>(tapY * at.kernelWidth + tapX) * outputs
          if (multiplier == 1) tapOfBlock(at, from, slopes, target, channel, end)
          else tapOfMany(at, from, slopes, target, channel, end)
        }
      }
    }
  }
}

/** Of the places of an axis, i of `count` with 0 ≤ i · stride + move < size, the first, and how many there are. */
let first = 0
let found = 0

function look(count: i32, size: i32, stride: i32, move: i32): void {
  first = move >= 0 ? 0 : (stride - 1 - move) / stride
  found = size > move ? min(count, (size - move + stride - 1) / stride) - first : 0
}

/** The lines that a tap sees: how many, and the pixels before the first, in the outputs and in the inputs. */
let lines = 0
let firstOutputLine = 0
let firstInputLine = 0

function lookY(at: Sliding, index: i32, move: i32): void {
  look(at.outputHeight, at.inputHeight, at.strideY, move)
  lines = found
  firstOutputLine = (index * at.outputHeight + first) * at.outputWidth
  firstInputLine = (index * at.inputHeight + first * at.strideY + move) * at.inputWidth
}

/** The places of a line that a tap sees: how many, and which is the first, in the outputs and in the inputs. */
let places = 0
let firstOutput = 0
let firstInput = 0

function lookX(at: Sliding, move: i32): void {
  look(at.outputWidth, at.inputWidth, at.strideX, move)
  places = found
  firstOutput = first
  firstInput = first * at.strideX + move
}

/** What a picture adds to the slopes of one tap, of the channels from `channel` to `end`. */
function tapOfBlock(at: Sliding, x: usize, dy: usize, filter: usize, channel: usize, end: usize): void {
  const bytes = (<usize>at.inputs) << 2
  const stepX = <usize>at.strideX * bytes
  const lineX = <usize>(at.strideY * at.inputWidth) * bytes
  const lineY = <usize>at.outputWidth * bytes
  for (; channel + 64 <= end; channel += 64) {
    sixteen(x + channel, stepX, lineX, dy + channel, bytes, lineY, filter + channel)
  }
  for (; channel + 16 <= end; channel += 16) {
    four(x + channel, stepX, lineX, dy + channel, bytes, lineY, filter + channel)
  }
  for (; channel < end; channel += 4) {
    one(x + channel, stepX, lineX, dy + channel, bytes, lineY, filter + channel)
  }
}

function sixteen(x: usize, stepX: usize, lineX: usize, dy: usize, stepY: usize, lineY: usize, filter: usize): void {
  let a = f32x4.splat(0)
  let b = a
  let c = a
  let d = a
  for (let line = 0; line < lines; line++) {
    let ownA = f32x4.splat(0)
    let ownB = ownA
    let ownC = ownA
    let ownD = ownA
    let from = x
    let by = dy
    for (let place = 0; place < places; place++) {
      ownA = f32x4.add(ownA, f32x4.mul(v128.load(from), v128.load(by)))
      ownB = f32x4.add(ownB, f32x4.mul(v128.load(from, 16), v128.load(by, 16)))
      ownC = f32x4.add(ownC, f32x4.mul(v128.load(from, 32), v128.load(by, 32)))
      ownD = f32x4.add(ownD, f32x4.mul(v128.load(from, 48), v128.load(by, 48)))
      from += stepX
      by += stepY
    }
    a = f32x4.add(a, ownA)
    b = f32x4.add(b, ownB)
    c = f32x4.add(c, ownC)
    d = f32x4.add(d, ownD)
    x += lineX
    dy += lineY
  }
  v128.store(filter, f32x4.add(v128.load(filter), a))
  v128.store(filter, f32x4.add(v128.load(filter, 16), b), 16)
  v128.store(filter, f32x4.add(v128.load(filter, 32), c), 32)
  v128.store(filter, f32x4.add(v128.load(filter, 48), d), 48)
}

function four(x: usize, stepX: usize, lineX: usize, dy: usize, stepY: usize, lineY: usize, filter: usize): void {
  let sum = f32x4.splat(0)
  for (let line = 0; line < lines; line++) {
    let own = f32x4.splat(0)
    let from = x
    let by = dy
    for (let place = 0; place < places; place++) {
      own = f32x4.add(own, f32x4.mul(v128.load(from), v128.load(by)))
      from += stepX
      by += stepY
    }
    sum = f32x4.add(sum, own)
    x += lineX
    dy += lineY
  }
  v128.store(filter, f32x4.add(v128.load(filter), sum))
}

function one(x: usize, stepX: usize, lineX: usize, dy: usize, stepY: usize, lineY: usize, filter: usize): void {
  let sum: f64 = 0
  for (let line = 0; line < lines; line++) {
    let from = x
    let by = dy
    for (let place = 0; place < places; place++) {
      sum += <f64>load<f32>(from) * <f64>load<f32>(by)
      from += stepX
      by += stepY
    }
    x += lineX
    dy += lineY
  }
  store<f32>(filter, <f32>(<f64>load<f32>(filter) + sum))
}

/** As `tapOfBlock`, where each channel of the input made several. */
function tapOfMany(at: Sliding, x: usize, dy: usize, filter: usize, channel: usize, end: usize): void {
  const multiplier = at.outputs / at.inputs
  const bytes = (<usize>at.inputs) << 2
  const outputs = (<usize>at.outputs) << 2
  const stepX = <usize>at.strideX * bytes
  const lineX = <usize>(at.strideY * at.inputWidth) * bytes
  const lineY = <usize>at.outputWidth * outputs
  for (; channel < end; channel += 4) {
    const from = (<usize>(<i32>(channel >> 2) / multiplier)) << 2
    one(x + from, stepX, lineX, dy + channel, outputs, lineY, filter + channel)
  }
}
