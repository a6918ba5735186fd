// Convolutions that make several channels of each: rare, and one number at a time.
import { tapTable } from './scratch'
import { Sliding, Taps } from './sliding'

const tapsY = changetype<Taps>(tapTable(0))
const tapsX = changetype<Taps>(tapTable(1))

/** Pixels before that of the source that a tap of the place last looked at reads, and taps before the tap's own. */
function pixelUnder(width: i32, tapY: i32, tapX: i32): i32 {
  return (tapsY.start + tapY * tapsY.move) * width + tapsX.start + tapX * tapsX.move
}

function tapOf(filterWidth: i32, tapY: i32, tapX: i32): i32 {
  return (tapsY.first + tapY * tapsY.step) * filterWidth + tapsX.first + tapX * tapsX.step
}

function address(start: usize, pixel: i32, channels: i32, channel: i32): usize {
  return start + ((<usize>pixel * <usize>channels + <usize>channel) << 2)
}

export function outputsOfMany(at: Sliding, x: usize, filter: usize, y: usize): void {
  const multiplier = at.outputs / at.inputs
  tapsY.ofOutputs(at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
  tapsX.ofOutputs(at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
  for (let index = 0; index < at.batch; index++) {
    const picture = address(x, index * at.inputHeight * at.inputWidth, at.inputs, 0)
    for (let placeY = 0; placeY < at.outputHeight; placeY++) {
      tapsY.look(placeY, at.inputHeight)
      for (let placeX = 0; placeX < at.outputWidth; placeX++) {
        tapsX.look(placeX, at.inputWidth)
        for (let output = 0; output < at.outputs; output++) {
          store<f32>(y, sumOfOutput(at, picture, filter, output, output / multiplier))
          y += 4
        }
      }
    }
  }
}

function sumOfOutput(at: Sliding, picture: usize, filter: usize, output: i32, input: i32): f32 {
  let sum: f32 = 0
  for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
    for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
      const x = load<f32>(address(picture, pixelUnder(at.inputWidth, tapY, tapX), at.inputs, input))
      sum += x * load<f32>(address(filter, tapOf(at.kernelWidth, tapY, tapX), at.outputs, output))
    }
  }
  return sum
}

export function inputsOfMany(at: Sliding, dy: usize, filter: usize, dx: usize, accumulate: bool): void {
  for (let y = 0; y < at.inputHeight; y++) {
    tapsY.ofInputs(y % at.strideY, at.kernelHeight, at.strideY, at.dilationY, at.beforeY)
    tapsY.look(y / at.strideY, at.outputHeight)
    for (let x = 0; x < at.inputWidth; x++) {
      tapsX.ofInputs(x % at.strideX, at.kernelWidth, at.strideX, at.dilationX, at.beforeX)
      tapsX.look(x / at.strideX, at.outputWidth)
      for (let index = 0; index < at.batch; index++) {
        const picture = address(dy, index * at.outputHeight * at.outputWidth, at.outputs, 0)
        let target = address(dx, (index * at.inputHeight + y) * at.inputWidth + x, at.inputs, 0)
        for (let input = 0; input < at.inputs; input++) {
          const before: f32 = accumulate ? load<f32>(target) : 0
          store<f32>(target, before + sumOfInput(at, picture, filter, input))
          target += 4
        }
      }
    }
  }
}

function sumOfInput(at: Sliding, picture: usize, filter: usize, input: i32): f32 {
  const multiplier = at.outputs / at.inputs
  let sum: f32 = 0
  for (let tapY = tapsY.from; tapY < tapsY.to; tapY++) {
    for (let tapX = tapsX.from; tapX < tapsX.to; tapX++) {
      const slopes = address(picture, pixelUnder(at.outputWidth, tapY, tapX), at.outputs, input * multiplier)
      const weights = address(filter, tapOf(at.kernelWidth, tapY, tapX), at.outputs, input * multiplier)
      for (let output: usize = 0; output < (<usize>multiplier) << 2; output += 4) {
        sum += load<f32>(slopes + output) * load<f32>(weights + output)
      }
    }
  }
  return sum
}
