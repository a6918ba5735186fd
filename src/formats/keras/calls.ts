import { isRecord } from '../json'
import type { ArgumentConfig, CallConfig, Reference } from './calls-config'
import type { Argument, Call, Symbolic } from './types'

/** A call with the tensors that its references stand for. */
export function bindCall({ args, kwargs }: CallConfig, find: (reference: Reference) => Symbolic): Call {
  const bind = (argument: ArgumentConfig): Argument => {
    if (argument.kind === 'tensor') return find(argument)
    return argument.kind === 'list' ? argument.items.map(bind) : plainArgument(argument.json)
  }
  return {
    args: args.map(bind),
    kwargs: Object.fromEntries(Object.entries(kwargs).map(([key, argument]) => [key, bind(argument)])),
  }
}

function plainArgument(json: unknown): Argument {
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' || isRecord(json)) return json
  return null
}

/** Whether an argument is a tensor. */
export function isSymbolic(argument: Argument | undefined): argument is Symbolic {
  return isRecord(argument) && typeof argument.tensor === 'string' && 'dtype' in argument && 'shape' in argument
}

/** All tensors of a call's arguments, in order. */
export function tensorsIn(args: readonly (Argument | undefined)[]): Symbolic[] {
  return args.flatMap((argument) => {
    if (isSymbolic(argument)) return [argument]
    return isList(argument) ? tensorsIn(argument) : []
  })
}

function isList(argument: Argument | undefined): argument is readonly Argument[] {
  return Array.isArray(argument)
}

/** All references in arguments, in order. */
export function referencesIn(args: readonly ArgumentConfig[]): Reference[] {
  return args.flatMap((argument) => {
    if (argument.kind === 'tensor') return [argument]
    return argument.kind === 'list' ? referencesIn(argument.items) : []
  })
}
