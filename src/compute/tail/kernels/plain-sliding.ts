import type { Sliding, TailKernels } from './types'

/** What stands under a kernel's tap: an output, the input it looks at, and the tap, each counted in pixels. */
type Visit = (output: number, input: number, tap: number) => void

/** Calls `visit` for each output and each tap that lies in the picture, output by output, tap by tap. */
function slide(at: Sliding, visit: Visit, before?: (output: number) => void, after?: (output: number) => void): void {
  const { batch, output } = at
  for (let picture = 0; picture < batch; picture++) {
    for (let y = 0; y < output.height; y++) {
      for (let x = 0; x < output.width; x++) {
        const place = (picture * output.height + y) * output.width + x
        before?.(place)
        taps(at, picture, y, x, (input, tap) => visit(place, input, tap))
        after?.(place)
      }
    }
  }
}

function taps(at: Sliding, picture: number, y: number, x: number, visit: (input: number, tap: number) => void): void {
  const { input, kernel, strides, dilations, before } = at
  for (let tapY = 0; tapY < kernel[0]; tapY++) {
    const inputY = y * strides[0] - before[0] + tapY * dilations[0]
    if (inputY < 0 || inputY >= input.height) continue
    for (let tapX = 0; tapX < kernel[1]; tapX++) {
      const inputX = x * strides[1] - before[1] + tapX * dilations[1]
      if (inputX < 0 || inputX >= input.width) continue
      visit((picture * input.height + inputY) * input.width + inputX, tapY * kernel[1] + tapX)
    }
  }
}

type Convolutions = Pick<
  TailKernels,
  'convolution' | 'convolutionToInput' | 'convolutionToFilter' | 'depthwise' | 'depthwiseToInput' | 'depthwiseToFilter'
>

/** The convolutions, as they are defined. Sums are added up as float64 and written once. */
export function plainConvolutions(): Convolutions {
  return {
    convolution(at, x, filter, target) {
      const [inputs, outputs] = [at.input.channels, at.output.channels]
      const sums = new Float64Array(outputs)
      slide(
        at,
        (_, input, tap) => {
          for (let i = 0; i < inputs; i++) {
            const value = x[input * inputs + i]
            const row = (tap * inputs + i) * outputs
            for (let o = 0; o < outputs; o++) sums[o] += value * filter[row + o]
          }
        },
        () => sums.fill(0),
        (output) => target.set(sums, output * outputs),
      )
    },
    convolutionToInput(at, dy, filter, target, accumulate) {
      const [inputs, outputs] = [at.input.channels, at.output.channels]
      collect(target, accumulate, (sums) => {
        slide(at, (output, input, tap) => {
          for (let i = 0; i < inputs; i++) {
            const row = (tap * inputs + i) * outputs
            let sum = 0
            for (let o = 0; o < outputs; o++) sum += dy[output * outputs + o] * filter[row + o]
            sums[input * inputs + i] += sum
          }
        })
      })
    },
    convolutionToFilter(at, x, dy, target, accumulate) {
      const [inputs, outputs] = [at.input.channels, at.output.channels]
      collect(target, accumulate, (sums) => {
        slide(at, (output, input, tap) => {
          for (let i = 0; i < inputs; i++) {
            const value = x[input * inputs + i]
            const row = (tap * inputs + i) * outputs
            for (let o = 0; o < outputs; o++) sums[row + o] += value * dy[output * outputs + o]
          }
        })
      })
    },
    depthwise(at, x, filter, target) {
      collect(target, false, (sums) => eachChannel(at, (i, f, o) => (sums[o] += x[i] * filter[f])))
    },
    depthwiseToInput(at, dy, filter, target, accumulate) {
      collect(target, accumulate, (sums) => eachChannel(at, (i, f, o) => (sums[i] += dy[o] * filter[f])))
    },
    depthwiseToFilter(at, x, dy, target, accumulate) {
      collect(target, accumulate, (sums) => eachChannel(at, (i, f, o) => (sums[f] += x[i] * dy[o])))
    },
  }
}

/** Calls `visit` with the places of input, filter and output of each product of a depthwise convolution. */
function eachChannel(at: Sliding, visit: (input: number, filter: number, output: number) => void): void {
  const [inputs, outputs] = [at.input.channels, at.output.channels]
  const multiplier = outputs / inputs
  slide(at, (output, input, tap) => {
    for (let channel = 0; channel < outputs; channel++) {
      const from = Math.floor(channel / multiplier)
      visit(input * inputs + from, tap * outputs + channel, output * outputs + channel)
    }
  })
}

type Pools = Pick<TailKernels, 'averagePool' | 'averagePoolBack' | 'maxPool' | 'maxPoolBack'>

/** The poolings, as TensorFlow counts their paddings: what lies outside the picture does not count. */
export function plainPools(): Pools {
  return {
    averagePool(at, x, target) {
      const { channels } = at.input
      const counts = tapsIn(at)
      collect(target, false, (sums) => {
        slide(at, (output, input) => {
          for (let c = 0; c < channels; c++) {
            sums[output * channels + c] += x[input * channels + c] / counts[output]
          }
        })
      })
    },
    averagePoolBack(at, dy, target, accumulate) {
      const { channels } = at.input
      const counts = tapsIn(at)
      collect(target, accumulate, (sums) => {
        slide(at, (output, input) => {
          for (let c = 0; c < channels; c++) {
            sums[input * channels + c] += dy[output * channels + c] / counts[output]
          }
        })
      })
    },
    maxPool(at, x, target) {
      const from = greatest(at, x)
      for (let place = 0; place < from.length; place++) target[place] = x[from[place]]
    },
    maxPoolBack(at, x, dy, target, accumulate) {
      const from = greatest(at, x)
      collect(target, accumulate, (sums) => {
        for (let place = 0; place < from.length; place++) sums[from[place]] += dy[place]
      })
    },
  }
}

/** How many taps of each output lie in the picture. */
function tapsIn(at: Sliding): Int32Array {
  const counts = new Int32Array(at.batch * at.output.height * at.output.width)
  slide(at, (output) => counts[output]++)
  return counts
}

/** Where in `x` each output's greatest stands, the first of them. */
function greatest(at: Sliding, x: Float32Array): Int32Array {
  const { channels } = at.input
  const from = new Int32Array(at.batch * at.output.height * at.output.width * channels).fill(-1)
  slide(at, (output, input) => {
    for (let c = 0; c < channels; c++) {
      const [place, own] = [output * channels + c, input * channels + c]
      if (from[place] < 0 || x[own] > x[from[place]]) from[place] = own
    }
  })
  return from
}

/** Adds up as float64 and rounds once. */
function collect(target: Float32Array, accumulate: boolean, fill: (sums: Float64Array) => void): void {
  const sums = accumulate ? Float64Array.from(target) : new Float64Array(target.length)
  fill(sums)
  target.set(sums)
}
