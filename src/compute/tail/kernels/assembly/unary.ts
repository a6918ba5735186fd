// Functions of each number for itself, and their slopes from what they gave. Kinks have TensorFlow's slopes.
import { exponential, logarithmOfOneAnd } from './functions'
import { edge } from './scratch'

/** The kinds of `Unary` in ../types.ts, in the order of ../simd.ts. */
enum Kind {
  relu,
  relu6,
  leakyRelu,
  elu,
  selu,
  sigmoid,
  tanh,
  softplus,
  exp,
  sqrt,
  rsqrt,
}

const seluScale: f32 = 1.0507009873554805
const seluReach: f32 = 1.7580993408473766

export function unary(kind: i32, alpha: f32, x: usize, target: usize, count: i32): void {
  const bytes = (<usize>count) << 2
  const whole = bytes & ~15
  if (kind == Kind.relu) rectify(x, target, whole, Infinity)
  else if (kind == Kind.relu6) rectify(x, target, whole, 6)
  else for (let at: usize = 0; at < whole; at += 16) v128.store(target + at, value(kind, alpha, v128.load(x + at)))
  if (whole == bytes) return
  memory.copy(edge(0), x + whole, bytes - whole)
  v128.store(edge(0), value(kind, alpha, v128.load(edge(0))))
  memory.copy(target + whole, edge(0), bytes - whole)
}

function rectify(x: usize, target: usize, bytes: usize, most: f32): void {
  const zero = f32x4.splat(0)
  const bound = f32x4.splat(most)
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.pmin(f32x4.pmax(v128.load(x + at), zero), bound))
  }
}

/** target (+)= dy · the slope where the function gave y */
export function unaryBack(
  kind: i32,
  alpha: f32,
  y: usize,
  dy: usize,
  target: usize,
  count: i32,
  accumulate: bool,
): void {
  const bytes = (<usize>count) << 2
  const whole = bytes & ~15
  if (kind <= Kind.relu6) rectifyBack(y, dy, target, whole, kind == Kind.relu ? Infinity : 6, accumulate)
  else {
    for (let at: usize = 0; at < whole; at += 16) {
      let own = f32x4.mul(v128.load(dy + at), slope(kind, alpha, v128.load(y + at)))
      if (accumulate) own = f32x4.add(own, v128.load(target + at))
      v128.store(target + at, own)
    }
  }
  if (whole == bytes) return
  memory.copy(edge(0), y + whole, bytes - whole)
  memory.copy(edge(1), dy + whole, bytes - whole)
  v128.store(edge(0), f32x4.mul(v128.load(edge(1)), slope(kind, alpha, v128.load(edge(0)))))
  for (let at = whole; at < bytes; at += 4) {
    const own = load<f32>(edge(0) + at - whole)
    store<f32>(target + at, accumulate ? load<f32>(target + at) + own : own)
  }
}

function rectifyBack(y: usize, dy: usize, target: usize, bytes: usize, most: f32, accumulate: bool): void {
  const zero = f32x4.splat(0)
  const bound = f32x4.splat(most)
  for (let at: usize = 0; at < bytes; at += 16) {
    const own = v128.load(y + at)
    const within = v128.and(f32x4.gt(own, zero), f32x4.lt(own, bound))
    let given = v128.and(v128.load(dy + at), within)
    if (accumulate) given = f32x4.add(given, v128.load(target + at))
    v128.store(target + at, given)
  }
}

function value(kind: i32, alpha: f32, x: v128): v128 {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  switch (kind) {
    case Kind.relu:
      return f32x4.pmax(x, zero)
    case Kind.relu6:
      return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6))
    case Kind.leakyRelu:
      return v128.bitselect(x, f32x4.mul(x, f32x4.splat(alpha)), f32x4.gt(x, zero))
    case Kind.elu:
      return v128.bitselect(exponential(x, true), x, f32x4.lt(x, zero))
    case Kind.selu: {
      const below = f32x4.mul(f32x4.splat(seluReach), exponential(x, true))
      return v128.bitselect(below, f32x4.mul(f32x4.splat(seluScale), x), f32x4.lt(x, zero))
    }
    case Kind.sigmoid:
      return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x), false)))
    case Kind.tanh: {
      const grown = exponential(f32x4.min(f32x4.add(x, x), f32x4.splat(40)), true)
      return f32x4.div(grown, f32x4.add(grown, f32x4.splat(2)))
    }
    case Kind.softplus: {
      const rest = logarithmOfOneAnd(exponential(f32x4.neg(f32x4.abs(x)), false))
      return f32x4.add(f32x4.pmax(x, zero), rest)
    }
    case Kind.exp:
      return exponential(x, false)
    case Kind.sqrt:
      return f32x4.sqrt(x)
    default:
      return f32x4.div(one, f32x4.sqrt(x))
  }
}

function slope(kind: i32, alpha: f32, y: v128): v128 {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  switch (kind) {
    case Kind.relu:
      return v128.and(one, f32x4.gt(y, zero))
    case Kind.relu6:
      return v128.and(one, v128.and(f32x4.gt(y, zero), f32x4.lt(y, f32x4.splat(6))))
    case Kind.leakyRelu:
      return v128.bitselect(one, f32x4.splat(alpha), f32x4.gt(y, zero))
    case Kind.elu:
      return v128.bitselect(f32x4.add(y, one), one, f32x4.lt(y, zero))
    case Kind.selu: {
      const below = f32x4.add(y, f32x4.splat(seluReach))
      return v128.bitselect(below, f32x4.splat(seluScale), f32x4.lt(y, zero))
    }
    case Kind.sigmoid:
      return f32x4.mul(y, f32x4.sub(one, y))
    case Kind.tanh:
      return f32x4.sub(one, f32x4.mul(y, y))
    case Kind.softplus:
      return f32x4.neg(exponential(f32x4.neg(y), true))
    case Kind.exp:
      return y
    case Kind.sqrt:
      return f32x4.div(f32x4.splat(0.5), y)
    default:
      return f32x4.mul(f32x4.splat(-0.5), f32x4.mul(y, f32x4.mul(y, y)))
  }
}
