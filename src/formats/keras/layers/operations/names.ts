const otherNames: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    absolute: 'abs',
    negative: 'neg',
    neg: 'neg',
    true_divide: 'divide',
    truediv: 'divide',
    div: 'divide',
    sub: 'subtract',
    mul: 'multiply',
    pow: 'power',
    floor_divide: 'floor_div',
    floordiv: 'floor_div',
    reduce_mean: 'mean',
    reduce_max: 'max',
    reduce_min: 'min',
    reduce_sum: 'sum',
    reduce_prod: 'prod',
    reduce_variance: 'var',
    reduce_std: 'std',
    amax: 'max',
    amin: 'min',
    swish: 'silu',
    clip_by_value: 'clip',
    l2_normalize: 'normalize',
    where_v2: 'where',
    concat: 'concatenate',
    pack: 'stack',
    getitem: 'get_item',
    permute_dimensions: 'transpose',
    resize_v2: 'resize',
    pad_v2: 'pad',
    permute: 'transpose',
  }),
])

/** `LogicalAnd` as `logical_and`. */
export function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()
}

/** `compat.v1.nn.relu6`, `math.reduce_mean` and `GetItem` as the table of operations has them. */
export function operationName(name: string): string {
  const last = snake(name.split('.').at(-1) ?? name)
  return otherNames.get(last) ?? last
}
