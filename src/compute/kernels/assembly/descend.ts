// Changes weights by their gradient, four at a time, and leaves the gradient at zero for the next sum. The rules and
// their names are those of `Descent` in ../kernel.ts; `bytes` is what one of the arrays takes, a multiple of 16.

export function sgd(weights: usize, gradient: usize, bytes: usize, rate: f32): void {
  const pace = f32x4.splat(rate)
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const slope = taken(gradient + offset)
    change(weights + offset, f32x4.mul(pace, slope))
  }
}

export function momentum(weights: usize, gradient: usize, velocity: usize, bytes: usize, rate: f32, decay: f64): void {
  const pace = f32x4.splat(rate)
  const kept = f32x4.splat(<f32>decay)
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const slope = taken(gradient + offset)
    const remembered = f32x4.mul(kept, v128.load(velocity + offset))
    const velocityNow = atLeast(f32x4.sub(remembered, f32x4.mul(pace, slope)), 1e-30)
    v128.store(velocity + offset, velocityNow)
    v128.store(weights + offset, f32x4.add(v128.load(weights + offset), velocityNow))
  }
}

export function rmsprop(
  weights: usize,
  gradient: usize,
  squares: usize,
  bytes: usize,
  rate: f32,
  decay: f64,
  epsilon: f32,
): void {
  const pace = f32x4.splat(rate)
  const kept = f32x4.splat(<f32>decay)
  const fresh = f32x4.splat(<f32>(1 - decay))
  const least = f32x4.splat(epsilon)
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const slope = taken(gradient + offset)
    const square = mixed(squares + offset, kept, f32x4.mul(slope, slope), fresh)
    change(weights + offset, f32x4.div(f32x4.mul(pace, slope), f32x4.sqrt(f32x4.add(square, least))))
  }
}

export function adam(
  weights: usize,
  gradient: usize,
  means: usize,
  squares: usize,
  bytes: usize,
  rate: f32,
  first: f64,
  second: f64,
  epsilon: f32,
): void {
  const pace = f32x4.splat(rate)
  const keptMean = f32x4.splat(<f32>first)
  const freshMean = f32x4.splat(<f32>(1 - first))
  const keptSquare = f32x4.splat(<f32>second)
  const freshSquare = f32x4.splat(<f32>(1 - second))
  const least = f32x4.splat(epsilon)
  for (let offset: usize = 0; offset < bytes; offset += 16) {
    const slope = taken(gradient + offset)
    const mean = mixed(means + offset, keptMean, slope, freshMean)
    const square = mixed(squares + offset, keptSquare, f32x4.mul(slope, slope), freshSquare)
    change(weights + offset, f32x4.div(f32x4.mul(pace, mean), f32x4.add(f32x4.sqrt(square), least)))
  }
}

/** What stands at `gradient`, which becomes zero; what is far too small to matter counts as zero. */
function taken(gradient: usize): v128 {
  const slope = v128.load(gradient)
  v128.store(gradient, f32x4.splat(0))
  return atLeast(slope, 1e-16)
}

/** Zero in place of what is smaller than `least`, as processors take many times as long for numbers below 1e-38. */
function atLeast(value: v128, least: f32): v128 {
  return v128.andnot(value, f32x4.lt(f32x4.abs(value), f32x4.splat(least)))
}

/** Writes and gives kept · what is remembered + fresh · value. */
function mixed(memory: usize, kept: v128, value: v128, fresh: v128): v128 {
  const average = atLeast(f32x4.add(f32x4.mul(kept, v128.load(memory)), f32x4.mul(fresh, value)), 1e-30)
  v128.store(memory, average)
  return average
}

function change(weights: usize, step: v128): void {
  v128.store(weights, f32x4.sub(v128.load(weights), step))
}
