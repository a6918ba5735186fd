import { isArray, isRecord } from '../json'
import { mostNested, type ArgumentConfig, type CallConfig, type Reference } from './config/calls'
import { isSymbolic, type Argument, type Call, type Symbolic } from './types'

/** A call with the tensors that its references stand for. */
export function bindCall({ args, kwargs }: CallConfig, find: (reference: Reference) => Symbolic): Call {
  const bind = (argument: ArgumentConfig): Argument => {
    if (argument.kind === 'tensor') return find(argument)
    if (argument.kind === 'list') return argument.items.map(bind)
    return argument.kind === 'record' ? bindAll(argument.items) : plainArgument(argument.json)
  }
  const bindAll = (named: CallConfig['kwargs']): Record<string, Argument> =>
    Object.fromEntries(Object.entries(named).map(([key, argument]) => [key, bind(argument)]))
  return { args: args.map(bind), kwargs: bindAll(kwargs) }
}

function plainArgument(json: unknown): Argument {
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' || isRecord(json)) return json
  return null
}

/** All tensors of a call's arguments, in order. */
export function tensorsIn(args: readonly unknown[], depth = 0): Symbolic[] {
  if (depth > mostNested) return []
  return args.flatMap((argument) => {
    if (isSymbolic(argument)) return [argument]
    if (isArray(argument)) return tensorsIn(argument, depth + 1)
    return isRecord(argument) ? tensorsIn(Object.values(argument), depth + 1) : []
  })
}

/** All references in arguments, in order. */
export function referencesIn(args: readonly ArgumentConfig[]): Reference[] {
  return args.flatMap((argument) => {
    switch (argument.kind) {
      case 'tensor':
        return [argument]
      case 'list':
        return referencesIn(argument.items)
      case 'record':
        return referencesIn(Object.values(argument.items))
      case 'plain':
        return []
    }
  })
}
