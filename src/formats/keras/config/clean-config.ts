import { isArray, isRecord, own, type JsonRecord } from '../../json'

/**
 * The class of a serialised object without its package (`Custom>Swish` is `Swish`), and the module or package it says it
 * is of.
 */
export function plainClass(json: JsonRecord): { className: string; module: string } {
  const stated = own(json, 'class_name')
  const registered = own(json, 'registered_name')
  const module = own(json, 'module')
  const [className, ...packages] = (typeof stated === 'string' ? stated : 'Layer').split('>').reverse()
  const known = typeof module === 'string' ? module : null
  return { className, module: known ?? packages.at(0) ?? packageOf(registered, module) }
}

/** Keras 3 names no module, but the class itself, for one of the script that saved the model. */
function packageOf(registered: unknown, module: unknown): string {
  if (typeof registered !== 'string') return ''
  const [first, ...rest] = registered.split('>')
  return rest.length > 0 ? first : module === null ? '__main__' : ''
}

/**
 * A layer's configuration with the same thing always written the same way: keys in snake case, a dtype policy by its
 * name, a built-in function by its name. The rest stays as it is.
 */
export function cleanConfig(config: JsonRecord): JsonRecord {
  const clean: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(config)) clean[snakeKey(key)] = cleanValue(value)
  return clean
}

/** TensorFlow.js configurations may be in camelCase. */
function snakeKey(key: string): string {
  return /^[a-z]+([A-Z][a-z]*)+$/.test(key) ? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : key
}

function cleanValue(value: unknown): unknown {
  if (value === 'channelsLast') return 'channels_last'
  if (value === 'channelsFirst') return 'channels_first'
  if (!isRecord(value)) return value
  const inner = own(value, 'config')
  if (own(value, 'class_name') === 'function' && typeof inner === 'string') return inner
  if (own(value, 'class_name') === '__tuple__' && isArray(own(value, 'items'))) return own(value, 'items')
  const className = own(value, 'class_name')
  if (typeof className === 'string' && className.endsWith('Policy') && isRecord(inner))
    return own(inner, 'name') ?? value
  return value
}
