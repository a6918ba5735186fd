/** `Sliding` of ../types.ts as 32-bit numbers, in this order. */
@unmanaged
export class Sliding {
  batch: i32
  inputHeight: i32
  inputWidth: i32
  inputs: i32
  outputHeight: i32
  outputWidth: i32
  outputs: i32
  kernelHeight: i32
  kernelWidth: i32
  strideY: i32
  strideX: i32
  dilationY: i32
  dilationX: i32
  beforeY: i32
  beforeX: i32
}

/**
 * The taps of one axis that a series of places has, and where they read: tap j is the kernel's `first + j · step`, and of
 * place i it reads the source at `i · pace + offset + j · move`.
 */
@unmanaged
export class Taps {
  count: i32
  first: i32
  step: i32
  pace: i32
  offset: i32
  move: i32
  /** Of the place last looked at: what its tap 0 reads, and the taps `from` to `to` that lie in the source. */
  start: i32
  from: i32
  to: i32

  /** The outputs of an axis read the input. */
  ofOutputs(kernel: i32, stride: i32, dilation: i32, before: i32): void {
    this.count = kernel
    this.first = 0
    this.step = 1
    this.pace = stride
    this.offset = -before
    this.move = dilation
  }

  /**
   * The inputs `phase + i · stride` of an axis read the outputs: those taps alone that fall on an output, which are the same
   * for all of them.
   */
  ofInputs(phase: i32, kernel: i32, stride: i32, dilation: i32, before: i32): void {
    let period = 1
    while ((period * dilation) % stride) period++
    let first = 0
    while (first < min(kernel, period) && (phase + before - first * dilation) % stride) first++
    this.first = first
    this.step = period
    this.count = first < min(kernel, period) ? (kernel - first + period - 1) / period : 0
    this.pace = 1
    this.offset = (phase + before - first * dilation) / stride
    this.move = -((period * dilation) / stride)
  }

  /** Finds the taps of place i that lie in a source of `size`: they are neighbours. */
  look(place: i32, size: i32): void {
    const start = place * this.pace + this.offset
    let from = 0
    let to = this.count
    while (from < to && <u32>(start + from * this.move) >= <u32>size) from++
    while (to > from && <u32>(start + (to - 1) * this.move) >= <u32>size) to--
    this.start = start
    this.from = from
    this.to = to
  }
}
