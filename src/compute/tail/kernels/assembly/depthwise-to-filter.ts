import { blockBytes, mostPixels, packBlock } from './block'
import { blockOfPicture } from './scratch'
import { Sliding } from './sliding'

/**
 * The slopes of the filter of a convolution of each channel by itself, picture by picture. Of a picture they are added up
 * line by line, so that sums stay short.
 */
export function depthwiseToFilter(geometry: usize, x: usize, dy: usize, filter: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  const bytes = (<usize>at.outputs) << 2
  if (!accumulate) memory.fill(filter, 0, <usize>(at.kernelHeight * at.kernelWidth) * bytes)
  for (let channel: usize = 0; channel < bytes; channel += blockBytes) {
    const block = min(blockBytes, bytes - channel)
    for (let index = 0; index < at.batch; index++) {
      takePictures(at, x, dy, index, channel, block)
      for (let tapY = 0; tapY < at.kernelHeight; tapY++) {
        look(at.outputHeight, at.inputHeight, at.strideY, tapY * at.dilationY - at.beforeY)
        lines = found
        const line = (firstInput * at.inputWidth) as usize
        const outputLine = (firstOutput * at.outputWidth) as usize
        for (let tapX = 0; tapX < at.kernelWidth; tapX++) {
          look(at.outputWidth, at.inputWidth, at.strideX, tapX * at.dilationX - at.beforeX)
          places = found
          if (lines <= 0 || places <= 0) continue
          const target = filter + <usize>(tapY * at.kernelWidth + tapX) * bytes + channel
          const from = picture + (line + <usize>firstInput) * pixelBytes
          const by = slopes + (outputLine + <usize>firstOutput) * slopeBytes
          if (at.inputs == at.outputs) tapOfBlock(from, by, target, block)
          else tapOfMany(from, by, target, channel, block, at.outputs / at.inputs)
        }
      }
    }
  }
}

/** What is read of a picture: of its input (all channels where each makes several) and of its output. */
let picture: usize = 0
let pixelBytes: usize = 0
let slopes: usize = 0
let slopeBytes: usize = 0
/** Bytes from place to place of a tap and from line to line. */
let stepX: usize = 0
let lineX: usize = 0
let lineY: usize = 0

function takePictures(at: Sliding, x: usize, dy: usize, index: i32, channel: usize, block: usize): void {
  const pixels = at.inputHeight * at.inputWidth
  const outputs = at.outputHeight * at.outputWidth
  const many = at.inputs != at.outputs
  pixelBytes = (<usize>at.inputs) << 2
  slopeBytes = (<usize>at.outputs) << 2
  picture = x + <usize>(index * pixels) * pixelBytes + (many ? 0 : channel)
  slopes = dy + <usize>(index * outputs) * slopeBytes + channel
  if (!many && pixels <= mostPixels && outputs <= mostPixels) {
    packBlock(picture, pixelBytes, pixels, block, blockOfPicture(0))
    packBlock(slopes, slopeBytes, outputs, block, blockOfPicture(1))
    picture = blockOfPicture(0)
    slopes = blockOfPicture(1)
    pixelBytes = slopeBytes = blockBytes
  }
  stepX = <usize>at.strideX * pixelBytes
  lineX = <usize>(at.strideY * at.inputWidth) * pixelBytes
  lineY = <usize>at.outputWidth * slopeBytes
}

/** Lines that a tap sees, and places of each. */
let lines = 0
let places = 0
/** Of the places of an axis, i of `count` with 0 ≤ i · stride + move < size: how many, the first, and what it reads. */
let found = 0
let firstOutput = 0
let firstInput = 0

function look(count: i32, size: i32, stride: i32, move: i32): void {
  firstOutput = move >= 0 ? 0 : (stride - 1 - move) / stride
  firstInput = firstOutput * stride + move
  found = size > move ? min(count, (size - move + stride - 1) / stride) - firstOutput : 0
}

/** What a picture adds to the slopes of one tap, of the channels of the block. */
function tapOfBlock(x: usize, dy: usize, filter: usize, block: usize): void {
  let channel: usize = 0
  for (; channel + 64 <= block; channel += 64) sixteen(x + channel, dy + channel, filter + channel)
  for (; channel + 16 <= block; channel += 16) four(x + channel, dy + channel, filter + channel)
  for (; channel < block; channel += 4) one(x + channel, dy + channel, filter + channel)
}

/** As `tapOfBlock`, where each channel of the input made several. */
function tapOfMany(x: usize, dy: usize, filter: usize, first: usize, block: usize, multiplier: i32): void {
  for (let channel: usize = 0; channel < block; channel += 4) {
    const input = (<usize>(<i32>((first + channel) >> 2) / multiplier)) << 2
    one(x + input, dy + channel, filter + channel)
  }
}

function sixteen(x: usize, dy: usize, filter: usize): void {
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
      by += slopeBytes
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

function four(x: usize, dy: usize, filter: usize): void {
  let sum = f32x4.splat(0)
  for (let line = 0; line < lines; line++) {
    let own = f32x4.splat(0)
    let from = x
    let by = dy
    for (let place = 0; place < places; place++) {
      own = f32x4.add(own, f32x4.mul(v128.load(from), v128.load(by)))
      from += stepX
      by += slopeBytes
    }
    sum = f32x4.add(sum, own)
    x += lineX
    dy += lineY
  }
  v128.store(filter, f32x4.add(v128.load(filter), sum))
}

function one(x: usize, dy: usize, filter: usize): void {
  let sum: f64 = 0
  for (let line = 0; line < lines; line++) {
    let from = x
    let by = dy
    for (let place = 0; place < places; place++) {
      sum += <f64>load<f32>(from) * <f64>load<f32>(by)
      from += stepX
      by += slopeBytes
    }
    x += lineX
    dy += lineY
  }
  store<f32>(filter, <f32>(<f64>load<f32>(filter) + sum))
}
