// Poolings, four channels at a time and the rest one by one. What lies outside the picture does not count.
import { tapTable } from './scratch'
import { Sliding, Taps } from './sliding'

const tapsY = changetype<Taps>(tapTable(0))
const tapsX = changetype<Taps>(tapTable(1))

/** Bytes of a pixel, and of a picture of the input. */
let pixelBytes: usize = 0
let pictureBytes: usize = 0
let inputWidth = 0

function begin(at: Sliding): void {
  pixelBytes = (<usize>at.inputs) << 2
  pictureBytes = <usize>(at.inputHeight * at.inputWidth) * pixelBytes
  inputWidth = at.inputWidth
  tapsY.ofOutputs(at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
  tapsX.ofOutputs(at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
}

/** Where a picture of the input stands under a tap of the place last looked at. */
function pixelUnder(picture: usize, tapY: i32, tapX: i32): usize {
  const y = tapsY.start + tapY * tapsY.move
  const x = tapsX.start + tapX * tapsX.move
  return picture + <usize>(y * inputWidth + x) * pixelBytes
}

export function averagePool(geometry: usize, x: usize, y: usize): void {
  const at = changetype<Sliding>(geometry)
  begin(at)
  memory.fill(y, 0, <usize>(at.batch * at.outputHeight * at.outputWidth) * pixelBytes)
  average(at, x, y, false)
}

export function averagePoolBack(geometry: usize, dy: usize, dx: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  begin(at)
  if (!accumulate) memory.fill(dx, 0, <usize>at.batch * pictureBytes)
  average(at, dx, dy, true)
}

/** Adds the share of each tap of each window to what is pooled, or the other way round. */
function average(at: Sliding, picture: usize, pooled: usize, back: bool): void {
  for (let index = 0; index < at.batch; index++) {
    for (let placeY = 0; placeY < at.outputHeight; placeY++) {
      tapsY.look(placeY, at.inputHeight)
      for (let placeX = 0; placeX < at.outputWidth; placeX++) {
        tapsX.look(placeX, at.inputWidth)
        const share = <f32>1 / <f32>((tapsY.to - tapsY.from) * (tapsX.to - tapsX.from))
        for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
          for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
            const pixel = pixelUnder(picture, tapY, tapX)
            if (back) addShare(pooled, share, pixel)
            else addShare(pixel, share, pooled)
          }
        }
        pooled += pixelBytes
      }
    }
    picture += pictureBytes
  }
}

function addShare(source: usize, share: f32, target: usize): void {
  const shares = f32x4.splat(share)
  let channel: usize = 0
  for (; channel + 16 <= pixelBytes; channel += 16) {
    const to = target + channel
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(source + channel), shares)))
  }
  for (; channel < pixelBytes; channel += 4) {
    const to = target + channel
    store<f32>(to, load<f32>(to) + load<f32>(source + channel) * share)
  }
}

export function maxPool(geometry: usize, x: usize, y: usize): void {
  const at = changetype<Sliding>(geometry)
  begin(at)
  for (let index = 0; index < at.batch; index++) {
    for (let placeY = 0; placeY < at.outputHeight; placeY++) {
      tapsY.look(placeY, at.inputHeight)
      for (let placeX = 0; placeX < at.outputWidth; placeX++) {
        tapsX.look(placeX, at.inputWidth)
        greatest(x, y)
        y += pixelBytes
      }
    }
    x += pictureBytes
  }
}

/** The greatest of each channel in the window last looked at: the first of them stays, also where it is not a number. */
function greatest(picture: usize, target: usize): void {
  memory.copy(target, pixelUnder(picture, tapsY.from, tapsX.from), pixelBytes)
  for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
    for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
      const pixel = pixelUnder(picture, tapY, tapX)
      let channel: usize = 0
      for (; channel + 16 <= pixelBytes; channel += 16) {
        const value = v128.load(pixel + channel)
        const best = v128.load(target + channel)
        v128.store(target + channel, v128.bitselect(value, best, f32x4.gt(value, best)))
      }
      for (; channel < pixelBytes; channel += 4) {
        const value = load<f32>(pixel + channel)
        if (value > load<f32>(target + channel)) store<f32>(target + channel, value)
      }
    }
  }
}

export function maxPoolBack(geometry: usize, x: usize, dy: usize, dx: usize, accumulate: bool): void {
  const at = changetype<Sliding>(geometry)
  begin(at)
  if (!accumulate) memory.fill(dx, 0, <usize>at.batch * pictureBytes)
  for (let index = 0; index < at.batch; index++) {
    for (let placeY = 0; placeY < at.outputHeight; placeY++) {
      tapsY.look(placeY, at.inputHeight)
      for (let placeX = 0; placeX < at.outputWidth; placeX++) {
        tapsX.look(placeX, at.inputWidth)
        giveBack(x, dy, dx - x)
        dy += pixelBytes
      }
    }
    x += pictureBytes
    dx += pictureBytes
  }
}

/** Adds each channel's slope where the greatest of the window last looked at stands, which is `away` from it. */
function giveBack(picture: usize, dy: usize, away: usize): void {
  let channel: usize = 0
  for (; channel + 16 <= pixelBytes; channel += 16) {
    let best = f32x4.splat(0)
    let places = i32x4.splat(0)
    for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
      for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
        const pixel = pixelUnder(picture, tapY, tapX) + channel
        const value = v128.load(pixel)
        const first = tapY == tapsY.from && tapX == tapsX.from
        const better = first ? i32x4.splat(-1) : f32x4.gt(value, best)
        best = v128.bitselect(value, best, better)
        places = v128.bitselect(i32x4.splat(<i32>pixel), places, better)
      }
    }
    addTo(<usize>(<u32>i32x4.extract_lane(places, 0)) + away, dy + channel)
    addTo(<usize>(<u32>i32x4.extract_lane(places, 1)) + away + 4, dy + channel + 4)
    addTo(<usize>(<u32>i32x4.extract_lane(places, 2)) + away + 8, dy + channel + 8)
    addTo(<usize>(<u32>i32x4.extract_lane(places, 3)) + away + 12, dy + channel + 12)
  }
  for (; channel < pixelBytes; channel += 4) {
    let place = pixelUnder(picture, tapsY.from, tapsX.from) + channel
    for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
      for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
        const pixel = pixelUnder(picture, tapY, tapX) + channel
        if (load<f32>(pixel) > load<f32>(place)) place = pixel
      }
    }
    addTo(place + away, dy + channel)
  }
}

function addTo(target: usize, source: usize): void {
  store<f32>(target, load<f32>(target) + load<f32>(source))
}
